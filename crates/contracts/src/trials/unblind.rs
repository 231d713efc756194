//! A study is unblinded.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft, has_come},
    roles, state,
};
use crate::{
    codes::{StudyMilestone, StudyStatus, TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::unblindCall,
    refusals::Refusal,
};

/// Unblinds a study whose data are locked and whose analysis is planned.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `NotLocked`, `PlanUnknown`, `CommitmentMissing`.
pub(super) fn unblind(
    host: &mut dyn Host,
    caller: Address,
    call: &unblindCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let allowed = &[TrialRole::UnblindedStatistician];
    roles::check(host, caller, (call.study, 0), allowed)?;
    if !head.is_locked() {
        return Err(Refusal::NotLocked.into());
    }
    if !(1..=head.plans).contains(&call.plan) {
        return Err(Refusal::PlanUnknown.into());
    }
    if call.secrets.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let milestones: &[_] = match has_come(host, call.study, StudyMilestone::Unblinding)? {
        true => &[],
        false => &[StudyMilestone::Unblinding],
    };
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let status = draft.head.status.max(StudyStatus::Unblinded.code());
    draft.head.status = status;
    draft.enter(host, TrialEntry::Unblinded, About::study(), body(call))?;
    Ok(draft.write(host, milestones)?)
}

/// The body of the entry.
pub(super) fn body(call: &unblindCall) -> Vec<u8> {
    (call.plan, call.secrets).abi_encode_params()
}

#[cfg(test)]
mod tests;
