//! Forms are captured.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::About,
    forms::{Forms, Place},
    schedule::UNSCHEDULED,
    state::{Subject, Terms},
    when::When,
};
use crate::{
    codes::{SubjectStatus, TrialEntry},
    host::{Host, Stop},
    interfaces::ITrials::Capture,
    refusals::Refusal,
};

/// Captures forms, all or none; each is an entry.
///
/// # Errors
/// In this order: of [`Forms::begin`]; for each form of [`Forms::subject`], `CommitmentMissing` (of the root), `ItemCountMalformed`, of [`When::checked`], `SubjectEnded`, `ConsentOutdated`, `CellUnknown`, `CellNotDue`,
/// `CellNotNext`, `CellCaptured`.
pub(super) fn capture(
    host: &mut dyn Host,
    caller: Address,
    (study, captures): (B256, &[Capture]),
) -> Result<(), Stop> {
    let place = |form: &Capture| Place {
        slot: form.slot,
        cell: form.cell,
        beacon: form.when.beaconHeight,
    };
    let places: Vec<_> = captures.iter().map(place).collect();
    let mut forms = Forms::begin(host, caller, (study, &places))?;
    for capture in captures {
        one(host, &mut forms, capture)?;
    }
    Ok(forms.draft.write(host, &[])?)
}

fn one(host: &mut dyn Host, forms: &mut Forms, capture: &Capture) -> Result<(), Stop> {
    let mut subject = forms.subject(host, capture.slot)?;
    if capture.root.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    if capture.items == 0 || capture.nulls > capture.items {
        return Err(Refusal::ItemCountMalformed.into());
    }
    let when = When::checked(host, &capture.when)?;
    check_subject(&subject, &forms.terms)?;
    check_cell(forms, &subject, capture.cell)?;
    let draft = &mut forms.draft;
    if draft.newest(host, capture.slot, capture.cell)? != 0 {
        return Err(Refusal::CellCaptured.into());
    }
    match capture.cell >= UNSCHEDULED {
        true => subject.unscheduled += 1,
        false => subject.missing -= 1,
    }
    subject.items += u64::from(capture.items);
    subject.nulls += u64::from(capture.nulls);
    subject.unsigned = 1;
    let about = About {
        when,
        ..About::subject(capture.slot, subject.site)
    };
    draft.set_subject(capture.slot, subject);
    draft.fill(capture.slot, capture.cell);
    draft.enter(host, TrialEntry::Captured, about, body(capture))?;
    Ok(())
}

/// Nothing new is captured of who withdrew fully, failed the screening or was erased, or whose consent is outdated.
///
/// # Errors
/// `SubjectEnded`, `ConsentOutdated`.
fn check_subject(subject: &Subject, terms: &Terms) -> Result<(), Refusal> {
    match subject.status() {
        SubjectStatus::Consented
        | SubjectStatus::Randomised
        | SubjectStatus::Withdrawn
        | SubjectStatus::Completed => {}
        SubjectStatus::WithdrawnFully | SubjectStatus::ScreenFailure | SubjectStatus::Erased => {
            return Err(Refusal::SubjectEnded);
        }
    }
    match subject.consent < terms.consent {
        true => Err(Refusal::ConsentOutdated),
        false => Ok(()),
    }
}

fn check_cell(forms: &Forms, subject: &Subject, cell: u32) -> Result<(), Refusal> {
    if cell >= UNSCHEDULED {
        let next = UNSCHEDULED.checked_add(subject.unscheduled);
        return match next == Some(cell) {
            true => Ok(()),
            false => Err(Refusal::CellNotNext),
        };
    }
    forms.check_due(subject, cell)
}

pub(super) fn body(capture: &Capture) -> Vec<u8> {
    let fields = (capture.cell, capture.root, capture.items, capture.nulls);
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
