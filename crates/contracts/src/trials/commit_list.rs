//! A randomisation list is committed to.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    lists, roles,
    state::{self, List},
};
use crate::{
    codes::{ListStatus, TrialEntry, TrialRole},
    host::{Host, Stop},
    interfaces::ITrials::commitListCall,
    refusals::Refusal,
};

/// Longest list.
const LENGTH_MAX: u32 = 1_000_000;
/// Blocks until that whose random value orders the list: late enough that nobody knows it, early enough that someone waits for it.
const DELAYS: std::ops::RangeInclusive<u32> = 8..=8_191;

/// Commits to a list before the first consent.
///
/// # Errors
/// In this order: `StudyUnknown`, of [`roles::check`], `StudyLocked`, `ConsentBegun`, `NumberNotNext`, `CommitmentMissing` (of the base root or the secret),
/// `ListMalformed`, `ListDelayOutOfRange`.
pub(super) fn commit_list(
    host: &mut dyn Host,
    caller: Address,
    call: &commitListCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let allowed = &[TrialRole::UnblindedStatistician];
    roles::check(host, caller, (call.study, 0), allowed)?;
    head.check_unlocked()?;
    if head.subjects != 0 {
        return Err(Refusal::ConsentBegun.into());
    }
    if head.lists.checked_add(1) != Some(call.list) {
        return Err(Refusal::NumberNotNext.into());
    }
    check_form(call)?;
    let list = List {
        height: host.height() + u64::from(call.delay),
        length: call.length,
        next: 0,
        status: ListStatus::Committed.code(),
    };
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    draft.head.lists = call.list;
    draft.enter(host, TrialEntry::ListCommitted, About::study(), body(call))?;
    lists::save(host, (call.study, call.list), &list)?;
    Ok(draft.write(host, &[])?)
}

fn check_form(call: &commitListCall) -> Result<(), Refusal> {
    if call.baseRoot.is_zero() || call.secret.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    let whole = call.blockLength != 0 && call.length.is_multiple_of(call.blockLength);
    if !whole || !(1..=LENGTH_MAX).contains(&call.length) {
        return Err(Refusal::ListMalformed);
    }
    match DELAYS.contains(&call.delay) {
        true => Ok(()),
        false => Err(Refusal::ListDelayOutOfRange),
    }
}

pub(super) fn body(call: &commitListCall) -> Vec<u8> {
    let fields = (
        call.list,
        call.stratum,
        call.baseRoot,
        call.length,
        call.blockLength,
        call.delay,
        call.secret,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
