//! The sealed entries of a list are fixed.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    lists, roles, state,
    state::List,
};
use crate::{
    codes::{ListStatus, TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::sealListCall,
    refusals::Refusal,
};

/// Fixes the root over a drawn list's sealed entries.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `ListUnknown`, `CommitmentMissing`, `ListNotDrawn`, `ListSealedAlready`.
pub(super) fn seal_list(
    host: &mut dyn Host,
    caller: Address,
    call: &sealListCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let allowed = &[TrialRole::UnblindedStatistician];
    roles::check(host, caller, (call.study, 0), allowed)?;
    let list = lists::find(host, call.study, call.list)?;
    if call.root.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    match list.status() {
        ListStatus::Committed => return Err(Refusal::ListNotDrawn.into()),
        ListStatus::Drawn => {}
        ListStatus::Sealed => return Err(Refusal::ListSealedAlready.into()),
    }
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.enter(host, TrialEntry::ListSealed, About::study(), body(call))?;
    let list = List {
        status: ListStatus::Sealed.code(),
        ..list
    };
    lists::save(host, (call.study, call.list), &list)?;
    Ok(draft.write(host, &[])?)
}

/// The body of the entry.
pub(super) fn body(call: &sealListCall) -> Vec<u8> {
    (call.list, call.root).abi_encode_params()
}

#[cfg(test)]
mod tests;
