//! Functions of recovery by selector.

use alloy_primitives::Bytes;

use super::{
    approve, cancel, execute, freeze, hand_over, move_charts, propose, set_guardians, veto, views,
};
use crate::{
    addresses::RECOVERY,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IRecovery::{self, IRecoveryCalls, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        IRecoveryCalls::setGuardians(c) => {
            mutating(call)?;
            done(set_guardians::set_guardians(host, caller, &c))
        }
        IRecoveryCalls::propose(c) => {
            mutating(call)?;
            done(propose::propose(host, caller, c.account, c.successor))
        }
        IRecoveryCalls::approve(c) => {
            mutating(call)?;
            done(approve::approve(host, caller, c.account, c.successor))
        }
        IRecoveryCalls::veto(_) => {
            mutating(call)?;
            done(veto::veto(host, caller))
        }
        IRecoveryCalls::freeze(c) => {
            mutating(call)?;
            done(freeze::freeze(host, caller, c.account))
        }
        IRecoveryCalls::cancel(c) => {
            mutating(call)?;
            done(cancel::cancel(host, caller, c.account))
        }
        IRecoveryCalls::execute(c) => {
            mutating(call)?;
            let value = execute::execute(host, caller, c.account)?;
            returns::<IRecovery::executeCall>(host, &value)
        }
        IRecoveryCalls::moveCharts(c) => {
            mutating(call)?;
            let value = move_charts::move_charts(host, c.account)?;
            returns::<IRecovery::moveChartsCall>(host, &value)
        }
        IRecoveryCalls::handOver(c) => {
            mutating(call)?;
            let value = hand_over::hand_over(host, caller, &c)?;
            returns::<IRecovery::handOverCall>(host, &value)
        }
        IRecoveryCalls::guardians(c) => {
            let value = views::guardians(host, caller, c.account)?;
            returns::<IRecovery::guardiansCall>(host, &value)
        }
        IRecoveryCalls::recovery(c) => {
            let value = views::recovery(host, caller, c.account)?;
            returns::<IRecovery::recoveryCall>(host, &value)
        }
        IRecoveryCalls::wards(c) => {
            let value = views::wards(host, caller, c.from, c.limit)?;
            returns::<IRecovery::wardsCall>(host, &value)
        }
        IRecoveryCalls::succession(c) => {
            let value = views::succession(host, c.account)?;
            returns::<IRecovery::successionCall>(host, &value)
        }
        IRecoveryCalls::successionDigest(c) => {
            let value = views::succession_digest(host, &c)?;
            returns::<IRecovery::successionDigestCall>(host, &value)
        }
        IRecoveryCalls::eip712Domain(_) => {
            let value = domain(host);
            returns::<IRecovery::eip712DomainCall>(host, &value)
        }
    }
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, RECOVERY);
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
