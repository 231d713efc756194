//! Forms are corrected.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::About,
    forms::{Forms, Place},
    when::When,
};
use crate::{
    codes::{CorrectionReason, SubjectStatus, TrialEntry},
    host::{Host, Stop},
    interfaces::ITrials::Correction,
    refusals::Refusal,
};

/// Corrects forms, all or none; each is an entry, and what stood before stays.
///
/// # Errors
/// In this order: of [`Forms::begin`]; for each form of [`Forms::subject`], `CommitmentMissing` (of the root),
/// `ItemCountMalformed`, `UnknownReason`, of [`When::checked`], `SubjectErased`, `CellEmpty`, `EntryNotNewest`.
pub(super) fn correct(
    host: &mut dyn Host,
    caller: Address,
    (study, corrections): (B256, &[Correction]),
) -> Result<(), Stop> {
    let place = |form: &Correction| Place {
        slot: form.slot,
        cell: form.cell,
        beacon: form.when.beaconHeight,
    };
    let places: Vec<_> = corrections.iter().map(place).collect();
    let mut forms = Forms::begin(host, caller, (study, &places))?;
    for form in corrections {
        one(host, &mut forms, form)?;
    }
    Ok(forms.draft.write(host, &[])?)
}

fn one(host: &mut dyn Host, forms: &mut Forms, correction: &Correction) -> Result<(), Stop> {
    let mut subject = forms.subject(host, correction.slot)?;
    check_form(correction)?;
    let when = When::checked(host, &correction.when)?;
    if subject.status() == SubjectStatus::Erased {
        return Err(Refusal::SubjectErased.into());
    }
    let draft = &mut forms.draft;
    match draft.newest(host, correction.slot, correction.cell)? {
        0 => return Err(Refusal::CellEmpty.into()),
        newest if newest != correction.entry => return Err(Refusal::EntryNotNewest.into()),
        _ => {}
    }
    subject.items += u64::from(correction.items);
    subject.unsigned = 1;
    let about = About {
        when,
        ..About::subject(correction.slot, subject.site)
    };
    draft.set_subject(correction.slot, subject);
    draft.fill(correction.slot, correction.cell);
    draft.enter(host, TrialEntry::Corrected, about, body(correction))?;
    Ok(())
}

fn check_form(correction: &Correction) -> Result<(), Refusal> {
    if correction.root.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    if correction.items == 0 {
        return Err(Refusal::ItemCountMalformed);
    }
    match CorrectionReason::from_code(correction.reasonCode) {
        Some(_) => Ok(()),
        None => Err(Refusal::UnknownReason),
    }
}

pub(super) fn body(correction: &Correction) -> Vec<u8> {
    let fields = (
        correction.cell,
        correction.entry,
        correction.root,
        correction.items,
        u16::from(correction.reasonCode),
    );
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
