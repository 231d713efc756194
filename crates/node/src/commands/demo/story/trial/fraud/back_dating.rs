//! A form is entered as though it had been captured long before.

use super::{begin, refused, refuted};
use crate::commands::demo::story::trial::{Trial, evidence, parts::Parts};
use alloy_primitives::B256;
use anyhow::Context as _;
use theriac_contracts::interfaces::ITrials::captureCall;
use theriac_evidence::trial::{bundle::Selection, verify::ClaimId};
use theriac_sdk::trials::{Capture, When};

const CAPTURED: u8 = 7;

/// Tries a block that the device cannot have known, and a bundle with another time.
pub(in super::super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    begin(
        trial,
        "back-dating",
        "a form is to look as though it had been captured before it was.",
    );
    let party = &trial.team.sites[0].party;
    let slot = party
        .book()
        .subjects()?
        .first()
        .context("the site has a participant")?
        .slot;
    let capture = Capture {
        slot,
        cell: 0,
        root: B256::repeat_byte(1),
        items: 1,
        nulls: 0,
        when: When {
            observed: 0,
            beaconHeight: 1,
            beaconHash: B256::repeat_byte(2),
        },
    };
    let study = party.study()?;
    let call = captureCall {
        study,
        captures: vec![capture],
    };
    let outcome = party.client().enter_trial(&call).await;
    refused(trial, outcome.map_err(Into::into), "BeaconDiffers")?;
    let bytes = evidence::make(
        &mut trial.team.sponsor.party().await?,
        &Selection::Regulator,
    )
    .await?;
    let mut parts = Parts::of(&bytes)?;
    let mut entries = parts.entries()?;
    let first = entries
        .first()
        .context("the log begins with the registration")?
        .0;
    let place = entries.iter().position(|(entry, _)| entry.kind == CAPTURED);
    let (entry, _) = &mut entries[place.context("a form was captured")?];
    (entry.height, entry.time_ms) = (first.height, first.time_ms);
    let moved = entry.number;
    parts.forge(entries)?;
    trial.narrator.detail(
        "forged",
        format!("entry {moved} is moved to the block of the registration"),
    );
    trial.narrator.detail(
        "verifier",
        "judges fifteen claims, C1 to C15, which are listed after the lock",
    );
    let expected = [(ClaimId::C7, "time-disorder"), (ClaimId::C2, "log-differs")];
    refuted(trial, ("back-dating", parts), &expected)
}
