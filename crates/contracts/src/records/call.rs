//! Functions of records by selector.

use alloy_primitives::Bytes;

use super::{
    amend, amend_sealed, author, erase, hold, open_chart, register, register_sealed, views,
    withdraw,
};
use crate::{
    addresses::RECORDS,
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IRecords::{self, IRecordsCalls, eip712DomainReturn},
    signing,
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    let caller = call.caller;
    match enter(host, call)? {
        IRecordsCalls::openChart(c) => {
            mutating(call)?;
            done(open_chart::open_chart(host, caller, &c))
        }
        IRecordsCalls::register(c) => {
            mutating(call)?;
            done(register::register(host, caller, &c))
        }
        IRecordsCalls::amend(c) => {
            mutating(call)?;
            done(amend::amend(host, caller, &c))
        }
        IRecordsCalls::withdraw(c) => {
            mutating(call)?;
            done(withdraw::withdraw(host, caller, c.record))
        }
        IRecordsCalls::registerSigned(c) => {
            mutating(call)?;
            done(register::register_signed(host, &c))
        }
        IRecordsCalls::amendSigned(c) => {
            mutating(call)?;
            done(amend::amend_signed(host, &c))
        }
        IRecordsCalls::registerSealed(c) => {
            mutating(call)?;
            done(register_sealed::register_sealed(host, caller, &c))
        }
        IRecordsCalls::amendSealed(c) => {
            mutating(call)?;
            done(amend_sealed::amend_sealed(host, caller, &c))
        }
        IRecordsCalls::registerSealedSigned(c) => {
            mutating(call)?;
            done(register_sealed::register_sealed_signed(host, &c))
        }
        IRecordsCalls::amendSealedSigned(c) => {
            mutating(call)?;
            done(amend_sealed::amend_sealed_signed(host, &c))
        }
        IRecordsCalls::withdrawSigned(c) => {
            mutating(call)?;
            done(withdraw::withdraw_signed(host, &c))
        }
        IRecordsCalls::erase(c) => {
            mutating(call)?;
            done(erase::erase(host, caller, c.record))
        }
        IRecordsCalls::setHold(c) => {
            mutating(call)?;
            done(hold::set_hold(host, caller, c.record, c.until))
        }
        IRecordsCalls::releaseHold(c) => {
            mutating(call)?;
            done(hold::release_hold(host, caller, c.record))
        }
        IRecordsCalls::heldUntil(c) => {
            let value = views::held_until(host, caller, c.record)?;
            returns::<IRecords::heldUntilCall>(host, &value)
        }
        IRecordsCalls::chart(c) => {
            let value = views::chart(host, caller, c.id)?;
            returns::<IRecords::chartCall>(host, &value)
        }
        IRecordsCalls::charts(c) => {
            let value = views::charts(host, caller, c.from, c.limit)?;
            returns::<IRecords::chartsCall>(host, &value)
        }
        IRecordsCalls::record(c) => {
            let value = views::record(host, caller, c.id)?;
            returns::<IRecords::recordCall>(host, &value)
        }
        IRecordsCalls::records(c) => {
            let value = views::records(host, caller, &c)?;
            returns::<IRecords::recordsCall>(host, &value)
        }
        IRecordsCalls::nonce(c) => {
            let value = author::next_nonce(host, c.author)?;
            returns::<IRecords::nonceCall>(host, &value)
        }
        IRecordsCalls::eip712Domain(_) => {
            let value = domain(host);
            returns::<IRecords::eip712DomainCall>(host, &value)
        }
    }
}

fn domain(host: &dyn Host) -> eip712DomainReturn {
    let (fields, name, version, chain_id, contract) = signing::domain_fields(host, RECORDS);
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
