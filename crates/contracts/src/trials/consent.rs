//! A participant consents.

use alloy_primitives::Address;
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles, schedule,
    schedule::Visits,
    state::{self, PARTICIPANTS, Subject, Terms},
    when::When,
};
use crate::{
    codes::{SiteStatus, StudyMilestone, StudyStatus, SubjectStatus, TrialEntry},
    host::{Halt, Host, Stop},
    interfaces::ITrials::consentCall,
    refusals::Refusal,
};

/// Most subjects of a study: what the packed sums can hold.
pub(super) const SUBJECTS_MAX: u32 = 1_000_000;

/// Gives out the next slot, or enters that a subject consents again: then the visits that the schedule has got since become due.
///
/// # Errors
/// In this order: `StudyUnknown`, `SiteUnknown`, of [`roles::check`], `StudyLocked`, `CommitmentMissing` (of the document or the signature),
/// `ConsentVersionUnknown`, `ConsentOutdated`, of [`When::checked`]; for a new subject `NumberNotNext`, `StudyFull`, `SiteClosed`; for one who consents again
/// `SiteOfSubjectDiffers`, `SubjectEnded`, `ConsentRepeated`.
pub(super) fn consent(
    host: &mut dyn Host,
    caller: Address,
    call: &consentCall,
) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let site = state::site(host, call.study, call.site)?;
    roles::check(host, caller, (call.study, call.site), roles::ENTERING)?;
    head.check_unlocked()?;
    let terms = state::terms(host, call.study)?;
    check_form(call, &terms)?;
    let when = When::checked(host, &call.when)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let is_first = draft.head.subjects == 0;
    let subject = match call.slot == 0 || call.slot > draft.head.subjects {
        true => {
            check_new(&draft, call, site.status)?;
            draft.head.subjects = call.slot;
            draft.head.status = StudyStatus::Enrolling.code();
            first(host, call, &terms)?
        }
        false => again(host, &mut draft, call, &terms)?,
    };
    draft.set_subject(call.slot, subject);
    let about = About {
        slot: call.slot,
        site: call.site,
        when,
    };
    draft.enter(host, TrialEntry::Consented, about, body(call))?;
    save_participant(host, call)?;
    let milestones: &[_] = match is_first {
        true => &[StudyMilestone::FirstConsent],
        false => &[],
    };
    Ok(draft.write(host, milestones)?)
}

fn check_form(call: &consentCall, terms: &Terms) -> Result<(), Refusal> {
    if call.document.is_zero() || call.signature.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    if call.version == 0 || call.version > terms.version {
        return Err(Refusal::ConsentVersionUnknown);
    }
    match call.version < terms.consent {
        true => Err(Refusal::ConsentOutdated),
        false => Ok(()),
    }
}

fn check_new(draft: &Draft, call: &consentCall, site_status: u8) -> Result<(), Refusal> {
    if draft.head.subjects.checked_add(1) != Some(call.slot) {
        return Err(Refusal::NumberNotNext);
    }
    if call.slot > SUBJECTS_MAX {
        return Err(Refusal::StudyFull);
    }
    match site_status == SiteStatus::Open.code() {
        true => Ok(()),
        false => Err(Refusal::SiteClosed),
    }
}

fn first(host: &mut dyn Host, call: &consentCall, terms: &Terms) -> Result<Subject, Halt> {
    let due = schedule::due_now(host, call.study, terms)?;
    let visits = Visits::load(host, call.study, terms.visits)?;
    Ok(Subject {
        tip: Default::default(),
        site: call.site,
        status: SubjectStatus::Consented.code(),
        schedule: terms.schedule,
        entries: 0,
        missing: visits.forms_of(due),
        open_queries: 0,
        unsigned: 0,
        due,
        consent: call.version,
        items: 0,
        nulls: 0,
        unscheduled: 0,
    })
}

fn again(
    host: &mut dyn Host,
    draft: &mut Draft,
    call: &consentCall,
    terms: &Terms,
) -> Result<Subject, Stop> {
    let subject = draft.subject(host, call.slot)?;
    if subject.site != call.site {
        return Err(Refusal::SiteOfSubjectDiffers.into());
    }
    match subject.status() {
        SubjectStatus::Consented | SubjectStatus::Randomised => {}
        SubjectStatus::Withdrawn
        | SubjectStatus::WithdrawnFully
        | SubjectStatus::Completed
        | SubjectStatus::ScreenFailure
        | SubjectStatus::Erased => return Err(Refusal::SubjectEnded.into()),
    }
    if call.version <= subject.consent {
        return Err(Refusal::ConsentRepeated.into());
    }
    let appended = schedule::appended_since(host, (call.study, terms), subject.schedule)?;
    let visits = Visits::load(host, call.study, terms.visits)?;
    Ok(Subject {
        schedule: terms.schedule,
        due: subject.due | appended,
        missing: subject.missing + visits.forms_of(appended),
        consent: call.version,
        ..subject
    })
}

/// A consent without an account leaves the one that was given before.
fn save_participant(host: &mut dyn Host, call: &consentCall) -> Result<(), Halt> {
    if call.participant.is_zero() {
        return Ok(());
    }
    let state = &mut state::state(host);
    PARTICIPANTS
        .at(state, call.study)?
        .at(state, call.slot)?
        .save(state, &call.participant)
}

pub(super) fn body(call: &consentCall) -> Vec<u8> {
    let fields = (
        call.document,
        call.version,
        call.signature,
        call.participant,
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
