//! Functions of prescriptions by selector.

use alloy_primitives::Bytes;

use super::{cancel, fill, prescribe, views};
use crate::{
    addresses::PRESCRIPTIONS,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IPrescriptions::{self, IPrescriptionsCalls, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        IPrescriptionsCalls::prescribe(c) => {
            mutating(call)?;
            done(prescribe::prescribe(host, caller, &c))
        }
        IPrescriptionsCalls::fill(c) => {
            mutating(call)?;
            done(fill::fill(host, caller, &c))
        }
        IPrescriptionsCalls::cancel(c) => {
            mutating(call)?;
            done(cancel::cancel(host, caller, c.key))
        }
        IPrescriptionsCalls::prescription(c) => {
            let value = views::prescription(host, c.key)?;
            returns::<IPrescriptions::prescriptionCall>(host, &value)
        }
        IPrescriptionsCalls::fillOf(c) => {
            let value = views::fill_of(host, c.key)?;
            returns::<IPrescriptions::fillOfCall>(host, &value)
        }
        IPrescriptionsCalls::eip712Domain(_) => {
            let value = domain(host);
            returns::<IPrescriptions::eip712DomainCall>(host, &value)
        }
    }
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, PRESCRIPTIONS);
    eip712DomainReturn {
        fields,
        name,
        version,
        chainId: chain_id,
        verifyingContract: contract,
        salt: Default::default(),
        extensions: Vec::new(),
    }
}
