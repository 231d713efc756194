//! A value is changed in the file of a database, beside every program.

use super::{By, begin, caught};
use crate::commands::demo::story::trial::{
    Trial,
    copy::package,
    sample::VISITS,
    team::{Member, Site},
};
use anyhow::{Context as _, ensure};
use std::{fs, path::Path};
use theriac_gateway::trials::{Party, copy::Fault};

const DATABASE: &str = "trial.sqlite";
/// Bytes of an encrypted form by which it is found in the file.
const MARK: usize = 16;

/// Tries it in the sponsor's book.
pub(in super::super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    begin(
        trial,
        "a value changed in the database file",
        "a byte of a form is changed in the sponsor's database, beside every program.",
    );
    let sponsor = trial.team.sponsor.party().await?;
    let place = place(trial, &sponsor)?;
    let row = sponsor
        .book()
        .forms_of(place.0, place.1)?
        .pop()
        .context("the form is there")?;
    // The database writes all that it has into its one file when the last who uses it leaves.
    drop(sponsor);
    change(&trial.team.sponsor.book.join(DATABASE), &row.sealed)?;
    let mut sponsor = trial.team.sponsor.party().await?;
    let found = sponsor.compare().await?;
    let difference = found.first().context("the change was not seen")?;
    let is_it = (difference.slot, difference.cell, difference.fault)
        == (place.0, place.1, Fault::Unreadable);
    ensure!(is_it && found.len() == 1, "other differences: {found:?}");
    caught(trial, By::Comparison, difference);
    drop(sponsor);
    mend(trial).await
}

/// The first participant of the second site, at the last visit that has values.
pub(super) fn place(trial: &Trial<'_>, party: &Party) -> anyhow::Result<(u32, u32)> {
    let site: &Site = trial.team.sites.last().context("there are sites")?;
    let slot = site
        .party
        .book()
        .subjects()?
        .first()
        .context("the site has a participant")?
        .slot;
    Ok((slot, party.schedule()?.cell(VISITS[0], "QS")?))
}

/// Changes the last byte of an encrypted form where it stands in the file.
fn change(file: &Path, sealed: &[u8]) -> anyhow::Result<()> {
    let mut bytes = fs::read(file).context("read the database")?;
    let mark = sealed.last_chunk::<MARK>().context("a form is longer")?;
    let at = bytes.windows(MARK).position(|window| window == mark);
    let last = at.context("the form is not in the file")? + MARK - 1;
    bytes[last] ^= 1;
    fs::write(file, bytes).context("write the database")
}

/// The site's copy brings back what the sponsor's book had.
pub(super) async fn mend(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let sponsor: &Member = &trial.team.sponsor;
    let mut party = sponsor.party().await?;
    let card = party.card()?;
    let site = trial.team.sites.last_mut().context("there are sites")?;
    let package = package(&mut site.party, &trial.folder, &card).await?;
    let mended = party.mend(&package).await?;
    ensure!(
        mended.forms == 1 && mended.differences.is_empty(),
        "not mended: {mended:?}"
    );
    ensure!(party.compare().await?.is_empty(), "the book still differs");
    caught(
        trial,
        By::Copy,
        "from the site's own copy; the book is as the ledger has it",
    );
    Ok(())
}
