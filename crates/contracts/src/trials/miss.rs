//! Forms are declared missed.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::About,
    forms::{Forms, Place},
    when::When,
};
use crate::{
    codes::{MissedReason, SubjectStatus, TrialEntry},
    host::{Host, Stop},
    interfaces::ITrials::Missed,
    refusals::Refusal,
};

/// Declares forms missed, all or none; each is an entry.
///
/// # Errors
/// In this order: of [`Forms::begin`]; for each form of [`Forms::subject`], `UnknownReason`, `CommitmentMissing` (of the
/// reason), of [`When::checked`], `SubjectErased`, `CellUnknown`, `CellNotDue`, `CellCaptured`.
pub(super) fn miss(
    host: &mut dyn Host,
    caller: Address,
    (study, missed): (B256, &[Missed]),
) -> Result<(), Stop> {
    let place = |form: &Missed| Place {
        slot: form.slot,
        cell: form.cell,
        beacon: form.when.beaconHeight,
    };
    let places: Vec<_> = missed.iter().map(place).collect();
    let mut forms = Forms::begin(host, caller, (study, &places))?;
    for form in missed {
        one(host, &mut forms, form)?;
    }
    Ok(forms.draft.write(host, &[])?)
}

fn one(host: &mut dyn Host, forms: &mut Forms, form: &Missed) -> Result<(), Stop> {
    let mut subject = forms.subject(host, form.slot)?;
    if MissedReason::from_code(form.reasonCode).is_none() {
        return Err(Refusal::UnknownReason.into());
    }
    if form.reason.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let when = When::checked(host, &form.when)?;
    if subject.status() == SubjectStatus::Erased {
        return Err(Refusal::SubjectErased.into());
    }
    forms.check_due(&subject, form.cell)?;
    let draft = &mut forms.draft;
    if draft.newest(host, form.slot, form.cell)? != 0 {
        return Err(Refusal::CellCaptured.into());
    }
    subject.missing -= 1;
    subject.unsigned = 1;
    let about = About {
        when,
        ..About::subject(form.slot, subject.site)
    };
    draft.set_subject(form.slot, subject);
    draft.fill(form.slot, form.cell);
    draft.enter(host, TrialEntry::Missed, about, body(form))?;
    Ok(())
}

pub(super) fn body(form: &Missed) -> Vec<u8> {
    let fields = (form.cell, u16::from(form.reasonCode), form.reason);
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
