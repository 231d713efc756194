//! Someone wants to know the arms while the data are open.

use super::{begin, refused};
use crate::commands::demo::story::trial::{Trial, randomise::LIST};
use anyhow::Context as _;
use theriac_contracts::codes::OpeningReason;

/// Tries three doors before the lock.
pub(in super::super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    begin(
        trial,
        "early unblinding",
        "the arms are to be known while data can still be changed.",
    );
    let mut unblinded = trial.team.unblinded.party().await?;
    let outcome = unblinded.unblind(1).await;
    trial
        .narrator
        .detail("statistician", "unblinds the study before the lock");
    refused(trial, outcome, "NotLocked")?;
    let site = &mut trial.team.sites[0];
    let slot = site
        .party
        .book()
        .subjects()?
        .first()
        .context("the site has a participant")?
        .slot;
    let why = (false, OpeningReason::Other.code());
    let reason = ("curiosity", &site.keys);
    let outcome = site.party.open_allocation((slot, LIST), why, reason).await;
    trial
        .narrator
        .detail("investigator", "opens an allocation without an emergency");
    refused(trial, outcome, "TrialRoleMissing")?;
    let manager = trial.team.manager.party().await?;
    let outcome = manager.allocation(slot, LIST).await;
    trial.narrator.detail(
        "data manager",
        "looks into the sponsor's book, in which the list lies encrypted",
    );
    refused(trial, outcome, "Blinded")
}
