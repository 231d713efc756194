//! An allocation is opened.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    lists, roles, state,
};
use crate::{
    codes::{OpeningReason, SubjectStatus, TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::openCall,
    refusals::Refusal,
};

/// Enters that a subject's allocation is opened to the caller: to dispense by a pharmacist, in an emergency by an investigator too, with reason and reader for
/// ever.
///
/// # Errors
/// In this order: `StudyUnknown`, `SubjectUnknown`, of [`roles::check`] at the subject's site, `UnknownReason`, `CommitmentMissing` (of the reason),
/// `KeyMissing`, `SubjectErased`, `ListUnknown`, `NotAllocated`.
pub(super) fn open(host: &mut dyn Host, caller: Address, call: &openCall) -> Result<(), Stop> {
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
    let about = About::subject(call.slot, subject.site);
    draft.enter(host, TrialEntry::Opened, about, body(call, index))?;
    Ok(draft.write(host, &[])?)
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
