//! A subject takes the next index of a list.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    lists, roles,
    state::{self, List, PLACES, Subject},
};
use crate::{
    codes::{ListStatus, SubjectStatus, TrialEntry, TrialRole},
    host::{Halt, Host, Stop},
    interfaces::ITrials::allocateCall,
    refusals::Refusal,
};

/// Gives a subject the next index of a list, and returns the index. Nobody chooses it.
///
/// # Errors
/// In this order: `StudyUnknown`, `SubjectUnknown`, of [`roles::check`] at the subject's site, `StudyLocked`, `ListUnknown`, `ListNotSealed`,
/// `SubjectEnded`, `ConsentOutdated`, `AllocatedAlready`, `ListExhausted`.
pub(super) fn allocate(
    host: &mut dyn Host,
    caller: Address,
    call: &allocateCall,
) -> Result<u32, Stop> {
    let head = state::head(host, call.study)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let subject = draft.subject(host, call.slot)?;
    let allowed = &[TrialRole::Investigator, TrialRole::TrialPharmacist];
    roles::check(host, caller, (call.study, subject.site), allowed)?;
    draft.head.check_unlocked()?;
    let list = lists::find(host, call.study, call.list)?;
    if list.status() != ListStatus::Sealed {
        return Err(Refusal::ListNotSealed.into());
    }
    check_subject(host, call, &subject)?;
    if list.next >= list.length {
        return Err(Refusal::ListExhausted.into());
    }
    let about = About::subject(call.slot, subject.site);
    let status = SubjectStatus::Randomised.code();
    draft.set_subject(call.slot, Subject { status, ..subject });
    let body = (call.list, list.next).abi_encode_params();
    draft.enter(host, TrialEntry::Allocated, about, body)?;
    let index = take(host, call, &list)?;
    draft.write(host, &[])?;
    Ok(index)
}

fn check_subject(host: &mut dyn Host, call: &allocateCall, subject: &Subject) -> Result<(), Stop> {
    match subject.status() {
        SubjectStatus::Consented | SubjectStatus::Randomised => {}
        SubjectStatus::Withdrawn
        | SubjectStatus::WithdrawnFully
        | SubjectStatus::Completed
        | SubjectStatus::ScreenFailure
        | SubjectStatus::Erased => return Err(Refusal::SubjectEnded.into()),
    }
    if subject.consent < state::terms(host, call.study)?.consent {
        return Err(Refusal::ConsentOutdated.into());
    }
    match lists::place(host, (call.study, call.list), call.slot)? {
        0 => Ok(()),
        _ => Err(Refusal::AllocatedAlready.into()),
    }
}

fn take(host: &mut dyn Host, call: &allocateCall, list: &List) -> Result<u32, Halt> {
    let next = list.next + 1;
    lists::save(
        host,
        (call.study, call.list),
        &List {
            next,
            ..list.clone()
        },
    )?;
    let state = &mut state::state(host);
    PLACES
        .at(state, call.study)?
        .at(state, call.list)?
        .at(state, call.slot)?
        .save(state, &next)?;
    Ok(list.next)
}

#[cfg(test)]
mod tests;
