//! An allocation is opened.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    lists, opening, roles,
    state::{self, Opening},
};
use crate::{
    codes::{OpeningReason, SubjectStatus, TrialEntry, TrialRole},
    directory::standing::standing,
    host::{Halt, Host, Stop},
    interfaces::ITrials::{AllocationOpened, openCall},
    members,
    refusals::Refusal,
};

/// Enters that a subject's allocation is opened to the caller: to dispense by a pharmacist, in an emergency by an investigator too, with reason and reader for
/// ever. Returns the number of the opening, which keepers answer.
///
/// # Errors
/// In this order: `StudyUnknown`, `SubjectUnknown`, of [`roles::check`] at the subject's site, `UnknownReason`, `CommitmentMissing` (of the reason),
/// `KeyMissing`, `SubjectErased`, `ListUnknown`, `NotAllocated`.
pub(super) fn open(host: &mut dyn Host, caller: Address, call: &openCall) -> Result<u64, Stop> {
    let head = state::head(host, call.study)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let subject = draft.subject(host, call.slot)?;
    let allowed: &[_] = match call.emergency {
        true => &[TrialRole::TrialPharmacist, TrialRole::Investigator],
        false => &[TrialRole::TrialPharmacist],
    };
    roles::check(host, caller, (call.study, subject.site), allowed)?;
    check_form(call)?;
    if subject.status() == SubjectStatus::Erased {
        return Err(Refusal::SubjectErased.into());
    }
    lists::find(host, call.study, call.list)?;
    let place = lists::place(host, (call.study, call.list), call.slot)?;
    let index = place.checked_sub(1).ok_or(Refusal::NotAllocated)?;
    let opening = compose(host, caller, (call, index))?;
    let about = About::subject(call.slot, subject.site);
    draft.enter(host, TrialEntry::Opened, about, body(call, index))?;
    let number = opening::save(host, &opening)?;
    draft.write(host, &[])?;
    tell(host, number, &opening)?;
    Ok(number)
}

fn compose(
    host: &mut dyn Host,
    reader: Address,
    (call, index): (&openCall, u32),
) -> Result<Opening, Stop> {
    let organisation = standing(host, reader)?.organisation.0;
    let lifetime = members::state::limits(host)?.opening_lifetime;
    Ok(Opening {
        study: call.study,
        key: call.key,
        reader,
        organisation,
        list: call.list,
        index,
        slot: call.slot,
        height: host.height(),
        time_ms: host.time_ms(),
        expiry: (host.time_ms() / 1_000).saturating_add(lifetime),
        emergency: call.emergency,
    })
}

fn tell(host: &mut dyn Host, number: u64, opening: &Opening) -> Result<(), Halt> {
    host.charge(opening::SEAL_GAS)?;
    let entry = (opening.list, opening.index);
    let seal = opening::seal_id(host.chain_id(), opening.study, entry);
    state::state(host).emit(&AllocationOpened {
        opening: number,
        study: opening.study,
        slot: opening.slot,
        seal,
    })
}

fn check_form(call: &openCall) -> Result<(), Refusal> {
    if OpeningReason::from_code(call.reasonCode).is_none() {
        return Err(Refusal::UnknownReason);
    }
    if call.reason.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    match call.key.is_zero() {
        true => Err(Refusal::KeyMissing),
        false => Ok(()),
    }
}

fn body(call: &openCall, index: u32) -> Vec<u8> {
    let fields = (
        call.list,
        index,
        call.emergency,
        u16::from(call.reasonCode),
        call.reason,
        call.key,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
