//! The audit trail of a site is deleted: corrections and queries from the bundle, and the site's whole book.

use super::{By, begin, caught, refuted};
use crate::commands::demo::story::trial::{Trial, copy::package, parts::Parts};
use anyhow::{Context as _, ensure};
use std::fs;
use theriac_evidence::trial::verify::ClaimId;
use theriac_gateway::trials::Party;

const CORRECTED: u8 = 9;
const QUERIED: u8 = 10;
const SITE: u16 = 1;

/// Tries both.
pub(in super::super) async fn play(trial: &mut Trial<'_>, whole: &[u8]) -> anyhow::Result<()> {
    begin(
        trial,
        "a deleted audit trail",
        "what a site corrected and was asked about is deleted, and its book with it.",
    );
    let mut parts = Parts::of(whole)?;
    let records = parts.subjects()?;
    let dropped = parts
        .drop_entries(|entry| entry.site == SITE && matches!(entry.kind, CORRECTED | QUERIED))?;
    // The records are certified, and stay.
    parts.put_subjects(&records);
    trial.narrator.detail(
        "forged",
        format!("{dropped} entries of site {SITE} are gone: its corrections and queries"),
    );
    refuted(
        trial,
        ("deleted-trail", parts),
        &[(ClaimId::C2, "subject-entries-missing")],
    )?;
    delete_book(trial).await
}

/// The sponsor's copy brings the book back, and the ledger says that it is whole.
async fn delete_book(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let site = &mut trial.team.sites[0];
    let (client, card) = (site.party.client().clone(), site.party.card()?);
    let mut sponsor = trial.team.sponsor.party().await?;
    let package = package(&mut sponsor, &trial.folder, &card).await?;
    let before = site.party.book().log_size()?;
    fs::remove_dir_all(site.party.book().folder()).context("delete the book")?;
    let folder = trial.folder.join("site-1-restored");
    let mut again = Party::restore(client, &folder, &package).await?;
    let differences = again.compare().await?;
    ensure!(differences.is_empty(), "the book did not come back whole");
    ensure!(
        again.book().log_size()? >= before,
        "the log did not come back whole"
    );
    let count = again.book().subjects()?.len();
    site.party = again;
    caught(
        trial,
        By::Copy,
        format!(
            "the site's book is back from the sponsor's copy, {count} participants, no difference from the ledger"
        ),
    );
    Ok(())
}
