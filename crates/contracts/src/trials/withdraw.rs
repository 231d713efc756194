//! A subject's part in the study ends.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles,
    schedule::Visits,
    state::{self, PARTICIPANTS, Subject},
    when::When,
};
use crate::{
    codes::{EndScope, SubjectStatus, TrialEntry},
    directory::standing::standing,
    host::{Host, Stop},
    interfaces::ITrials::withdrawCall,
    refusals::Refusal,
};

/// Ends a subject's part; visits that do not remain due leave nothing missing.
///
/// # Errors
/// In this order: `StudyUnknown`, `SubjectUnknown`, for the participant's account of [`standing`], for others of [`roles::check`], `StudyLocked`,
/// `UnknownEndScope`, `CommitmentMissing` (of the reason), of [`When::checked`], `SubjectEnded`, `VisitsNotDue`, `FormsMissing` (of one who completed).
pub(super) fn withdraw(
    host: &mut dyn Host,
    caller: Address,
    call: &withdrawCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let subject = draft.subject(host, call.slot)?;
    check_who(host, caller, (call.study, call.slot), subject.site)?;
    draft.head.check_unlocked()?;
    let scope = EndScope::from_code(call.scope).ok_or(Refusal::UnknownEndScope)?;
    if call.reason.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let when = When::checked(host, &call.when)?;
    check_status(&subject, scope)?;
    if call.due & !subject.due != 0 {
        return Err(Refusal::VisitsNotDue.into());
    }
    let ended = ended(host, &mut draft, call, subject)?;
    if scope == EndScope::Completion && ended.missing != 0 {
        return Err(Refusal::FormsMissing.into());
    }
    let about = About {
        slot: call.slot,
        site: ended.site,
        when,
    };
    let status = status_after(scope).code();
    draft.set_subject(call.slot, Subject { status, ..ended });
    draft.enter(host, TrialEntry::Withdrawn, about, body(call))?;
    Ok(draft.write(host, &[])?)
}

fn check_who(
    host: &mut dyn Host,
    caller: Address,
    (study, slot): (B256, u32),
    site: u16,
) -> Result<(), Stop> {
    let participant = {
        let state = &mut state::state(host);
        PARTICIPANTS
            .at(state, study)?
            .at(state, slot)?
            .load(state)?
    };
    if participant == caller {
        return standing(host, caller).map(|_| ());
    }
    roles::check(host, caller, (study, site), roles::ENTERING).map(|_| ())
}

/// Who left the treatment may withdraw the consent too, and complete what remained due.
fn check_status(subject: &Subject, scope: EndScope) -> Result<(), Refusal> {
    let admitted = match subject.status() {
        SubjectStatus::Consented | SubjectStatus::Randomised => true,
        SubjectStatus::Withdrawn => matches!(scope, EndScope::Consent | EndScope::Completion),
        SubjectStatus::Completed => scope == EndScope::Consent,
        SubjectStatus::WithdrawnFully | SubjectStatus::ScreenFailure | SubjectStatus::Erased => {
            false
        }
    };
    match admitted {
        true => Ok(()),
        false => Err(Refusal::SubjectEnded),
    }
}

fn status_after(scope: EndScope) -> SubjectStatus {
    match scope {
        EndScope::Treatment => SubjectStatus::Withdrawn,
        EndScope::Consent => SubjectStatus::WithdrawnFully,
        EndScope::ScreenFailure => SubjectStatus::ScreenFailure,
        EndScope::Completion => SubjectStatus::Completed,
    }
}

fn ended(
    host: &mut dyn Host,
    draft: &mut Draft,
    call: &withdrawCall,
    subject: Subject,
) -> Result<Subject, Stop> {
    let terms = state::terms(host, call.study)?;
    let visits = Visits::load(host, call.study, terms.visits)?;
    let dropped = subject.due & !call.due;
    let empty = visits.empty_of(host, (draft, call.slot), dropped)?;
    Ok(Subject {
        due: call.due,
        missing: subject.missing - empty,
        unsigned: 1,
        ..subject
    })
}

pub(super) fn body(call: &withdrawCall) -> Vec<u8> {
    (u16::from(call.scope), call.due, call.reason).abi_encode_params()
}

#[cfg(test)]
mod tests;
