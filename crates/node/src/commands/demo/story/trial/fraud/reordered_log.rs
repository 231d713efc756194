//! Two entries of one block change places.

use super::{begin, refuted};
use crate::commands::demo::story::trial::{Trial, parts::Parts};
use anyhow::Context as _;
use theriac_evidence::trial::verify::ClaimId;

/// Tries it in a copy of the bundle.
pub(in super::super) fn play(trial: &mut Trial<'_>, whole: &[u8]) -> anyhow::Result<()> {
    begin(
        trial,
        "a reordered log",
        "two entries of one block, of two participants, change places.",
    );
    let mut parts = Parts::of(whole)?;
    let mut entries = parts.entries()?;
    let is_pair = |pair: &[(theriac_evidence::trial::Entry, Vec<u8>)]| {
        let (one, other) = (&pair[0].0, &pair[1].0);
        one.height == other.height && one.slot != other.slot && one.slot != 0
    };
    let place = entries
        .windows(2)
        .position(is_pair)
        .context("a block has entries of two participants")?;
    entries.swap(place, place + 1);
    parts.forge(entries)?;
    trial.narrator.detail(
        "forged",
        format!(
            "entries {place} and {} are swapped, and the rest made to fit",
            place + 1
        ),
    );
    refuted(
        trial,
        ("reordered-log", parts),
        &[(ClaimId::C2, "log-differs")],
    )
}
