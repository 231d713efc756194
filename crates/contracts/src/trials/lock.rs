//! The data of a study are locked.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    record::Sums,
    roles,
    state::{self, Head, TOTALS},
};
use crate::{
    codes::{StudyMilestone, StudyStatus, TrialEntry, TrialRole},
    host::{Halt, Host, Stop},
    interfaces::ITrials::lockCall,
    refusals::Refusal,
};

/// Locks the data as they stand.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `StudyLocked`, `DataChanged`, `DataMissing`, `QueriesOpen`, `SignaturesMissing`.
pub(super) fn lock(host: &mut dyn Host, caller: Address, call: &lockCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check(host, caller, (call.study, 0), &[TrialRole::DataManager])?;
    head.check_unlocked()?;
    check_shown(call, &head)?;
    check_whole(&totals(host, call)?)?;
    let mut terms = state::terms(host, call.study)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    terms.lock = draft.next();
    terms.approvals = 0;
    draft.head.status = StudyStatus::Locked.code();
    draft.enter(host, TrialEntry::Locked, About::study(), body(call))?;
    state::save_terms(host, call.study, &terms)?;
    Ok(draft.write(host, &[StudyMilestone::LastLock])?)
}

/// Who locks says what is locked, so that nothing slips in between.
fn check_shown(call: &lockCall, head: &Head) -> Result<(), Refusal> {
    match (call.size, call.root, call.sums) == (head.size, head.root, head.sums) {
        true => Ok(()),
        false => Err(Refusal::DataChanged),
    }
}

fn totals(host: &mut dyn Host, call: &lockCall) -> Result<Sums, Halt> {
    let state = &mut state::state(host);
    let packed = TOTALS.at(state, call.study)?.load(state)?;
    Ok(Sums::unpack(packed))
}

fn check_whole(sums: &Sums) -> Result<(), Refusal> {
    if sums.missing != 0 {
        return Err(Refusal::DataMissing);
    }
    if sums.open_queries != 0 {
        return Err(Refusal::QueriesOpen);
    }
    match sums.unsigned {
        0 => Ok(()),
        _ => Err(Refusal::SignaturesMissing),
    }
}

pub(super) fn body(call: &lockCall) -> Vec<u8> {
    (call.size, call.root, call.sums).abi_encode_params()
}

#[cfg(test)]
mod tests;
