//! A participant is left out, with all that was entered of them.

use super::{begin, refuted};
use crate::commands::demo::story::trial::{Trial, parts::Parts};
use theriac_evidence::trial::verify::ClaimId;

/// Not the last participant, which would only make the study shorter.
const SLOT: u32 = 20;

/// Tries it in a copy of the bundle.
pub(in super::super) fn play(trial: &mut Trial<'_>, whole: &[u8]) -> anyhow::Result<()> {
    begin(
        trial,
        "a dropped subject",
        "participant 20 did badly, and is left out of the bundle.",
    );
    let mut parts = Parts::of(whole)?;
    let dropped = parts.drop_entries(|entry| entry.slot == SLOT)?;
    trial.narrator.detail("forged", format!("{dropped} entries, the values and the record of participant {SLOT} are gone, the rest is numbered anew"));
    let expected = [(ClaimId::C3, "slot-gap"), (ClaimId::C3, "subjects-missing")];
    refuted(trial, ("dropped-subject", parts), &expected)
}
