//! Results are published.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft, has_come},
    outcomes, roles, state,
};
use crate::{
    codes::{StudyMilestone, StudyStatus, TrialEntry},
    host::{Host, Stop},
    interfaces::ITrials::publishCall,
    refusals::Refusal,
};

/// Enters a publication with the outcomes that it reports. What differs from those that were registered is refused by nobody, and shown to everybody.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check_sponsor`], `NotLocked`, `CommitmentMissing`, of [`outcomes::check`].
pub(super) fn publish(
    host: &mut dyn Host,
    caller: Address,
    call: &publishCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check_sponsor(host, caller, (call.study, &head))?;
    if !head.is_locked() {
        return Err(Refusal::NotLocked.into());
    }
    if call.document.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    outcomes::check(&call.outcomes)?;
    let milestones: &[_] = match has_come(host, call.study, StudyMilestone::FirstPublication)? {
        true => &[],
        false => &[StudyMilestone::FirstPublication],
    };
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.head.status = StudyStatus::Published.code();
    draft.enter(host, TrialEntry::Published, About::study(), body(call))?;
    Ok(draft.write(host, milestones)?)
}

/// The body of the entry.
pub(super) fn body(call: &publishCall) -> Vec<u8> {
    (call.document, call.outcomes.clone()).abi_encode_params()
}

#[cfg(test)]
mod tests;
