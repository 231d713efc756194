//! An analysis is entered.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft, has_come},
    roles,
    state::{self, Head},
};
use crate::{
    codes::{StudyMilestone, StudyStatus, TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::analyseCall,
    refusals::Refusal,
};

/// Enters the next analysis of the locked data.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `NumberNotNext`, `NotLocked`, `LockDiffers`, `NotUnblinded`, `PlanUnknown`, `CommitmentMissing` (of
/// the manifest, the program or the result), `OutcomeOutOfRange`.
pub(super) fn analyse(
    host: &mut dyn Host,
    caller: Address,
    call: &analyseCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check(host, caller, (call.study, 0), &[TrialRole::Statistician])?;
    if head.analyses.checked_add(1) != Some(call.number) {
        return Err(Refusal::NumberNotNext.into());
    }
    let terms = state::terms(host, call.study)?;
    check_open(host, call, (&head, terms.lock))?;
    check_form(call, terms.outcomes)?;
    let milestones: &[_] = match has_come(host, call.study, StudyMilestone::FirstAnalysis)? {
        true => &[],
        false => &[StudyMilestone::FirstAnalysis],
    };
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.head.analyses = call.number;
    let status = draft.head.status.max(StudyStatus::Analysed.code());
    draft.head.status = status;
    draft.enter(host, TrialEntry::Analysed, About::study(), body(call))?;
    Ok(draft.write(host, milestones)?)
}

/// A study without lists has nothing to unblind.
fn check_open(
    host: &mut dyn Host,
    call: &analyseCall,
    (head, lock): (&Head, u64),
) -> Result<(), Stop> {
    if !head.is_locked() {
        return Err(Refusal::NotLocked.into());
    }
    if call.lockEntry != lock {
        return Err(Refusal::LockDiffers.into());
    }
    if head.lists != 0 && !has_come(host, call.study, StudyMilestone::Unblinding)? {
        return Err(Refusal::NotUnblinded.into());
    }
    match call.plan > head.plans {
        true => Err(Refusal::PlanUnknown.into()),
        false => Ok(()),
    }
}

fn check_form(call: &analyseCall, outcomes: u16) -> Result<(), Refusal> {
    let parts = [call.manifest, call.program, call.result];
    if parts.iter().any(|part| part.is_zero()) {
        return Err(Refusal::CommitmentMissing);
    }
    match call.outcome < outcomes {
        true => Ok(()),
        false => Err(Refusal::OutcomeOutOfRange),
    }
}

pub(super) fn body(call: &analyseCall) -> Vec<u8> {
    let fields = (
        call.number,
        call.plan,
        call.lockEntry,
        call.manifest,
        call.program,
        call.result,
        call.outcome,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
