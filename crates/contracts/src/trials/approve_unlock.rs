//! An approver approves that a lock is undone.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    state::{self, APPROVERS, Head, Terms},
};
use crate::{
    codes::{StudyMilestone, StudyStatus, TrialEntry, UnlockReason},
    directory::standing::standing,
    host::{Host, Stop},
    interfaces::ITrials::approveUnlockCall,
    refusals::Refusal,
};

/// Counts an approval; the one that reaches the threshold unlocks.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`standing`], `NotAnApprover`, `NotLocked`, `LockDiffers`, `UnknownReason`, `CommitmentMissing` (of the reason),
/// `UnlockApprovedAlready`.
pub(super) fn approve_unlock(
    host: &mut dyn Host,
    caller: Address,
    call: &approveUnlockCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let bit = approver(host, call.study, caller)?;
    let mut terms = state::terms(host, call.study)?;
    check_form(call, &head, &terms)?;
    if terms.approvals & bit != 0 {
        return Err(Refusal::UnlockApprovedAlready.into());
    }
    terms.approvals |= bit;
    let approvals = terms.approvals.count_ones();
    let unlocks = approvals >= u32::from(terms.threshold);
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let milestones: &[_] = match unlocks {
        true => {
            undo(&mut draft, &mut terms);
            &[StudyMilestone::LastUnlock]
        }
        false => &[],
    };
    let body = body(call, approvals, unlocks);
    draft.enter(host, TrialEntry::UnlockApproved, About::study(), body)?;
    state::save_terms(host, call.study, &terms)?;
    Ok(draft.write(host, milestones)?)
}

fn approver(host: &mut dyn Host, study: B256, caller: Address) -> Result<u32, Stop> {
    standing(host, caller)?;
    let state = &mut state::state(host);
    let number = APPROVERS.at(state, study)?.at(state, caller)?.load(state)?;
    match number.checked_sub(1) {
        Some(index) => Ok(1 << index),
        None => Err(Refusal::NotAnApprover.into()),
    }
}

fn check_form(call: &approveUnlockCall, head: &Head, terms: &Terms) -> Result<(), Refusal> {
    if !head.is_locked() {
        return Err(Refusal::NotLocked);
    }
    if call.lockEntry != terms.lock {
        return Err(Refusal::LockDiffers);
    }
    if UnlockReason::from_code(call.reasonCode).is_none() {
        return Err(Refusal::UnknownReason);
    }
    match call.reason.is_zero() {
        true => Err(Refusal::CommitmentMissing),
        false => Ok(()),
    }
}

/// The milestones of what was unblinded, analysed and published stay.
fn undo(draft: &mut Draft, terms: &mut Terms) {
    let status = match draft.head.subjects {
        0 => StudyStatus::Registered,
        _ => StudyStatus::Enrolling,
    };
    draft.head.status = status.code();
    terms.lock = 0;
    terms.approvals = 0;
}

fn body(call: &approveUnlockCall, approvals: u32, unlocks: bool) -> Vec<u8> {
    let fields = (
        call.lockEntry,
        u16::from(call.reasonCode),
        call.reason,
        approvals,
        unlocks,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
