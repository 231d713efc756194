//! An analysis plan is registered.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles, state,
};
use crate::{
    codes::{TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::planCall,
    refusals::Refusal,
};

/// Registers the next analysis plan.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `NumberNotNext`, `CommitmentMissing`.
pub(super) fn plan(host: &mut dyn Host, caller: Address, call: &planCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    roles::check(host, caller, (call.study, 0), &[TrialRole::Statistician])?;
    if head.plans.checked_add(1) != Some(call.number) {
        return Err(Refusal::NumberNotNext.into());
    }
    if call.document.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.head.plans = call.number;
    draft.enter(host, TrialEntry::Planned, About::study(), body(call))?;
    Ok(draft.write(host, &[])?)
}

/// The body of the entry.
pub(super) fn body(call: &planCall) -> Vec<u8> {
    (call.document, call.number).abi_encode_params()
}

#[cfg(test)]
mod tests;
