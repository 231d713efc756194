//! Copies between the sponsor and the sites.

use super::Trial;
use anyhow::{Context as _, ensure};
use std::{fs, path::Path};
use theriac_gateway::trials::{Party, book::Card};

/// Each site's copy goes to the sponsor.
pub(super) async fn copies_to_sponsor(trial: &mut Trial<'_>) -> anyhow::Result<usize> {
    let mut sponsor = trial.team.sponsor.party().await?;
    let card = sponsor.card()?;
    let mut forms = 0;
    for site in &mut trial.team.sites {
        forms += hand_over(&mut site.party, &mut sponsor, &trial.folder, &card).await?;
    }
    Ok(forms)
}

/// The sponsor's copy goes to each site.
pub(super) async fn copies_to_sites(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let mut sponsor = trial.team.sponsor.party().await?;
    for site in &mut trial.team.sites {
        let card = site.party.card()?;
        hand_over(&mut sponsor, &mut site.party, &trial.folder, &card).await?;
    }
    Ok(())
}

/// One side's copy goes to the other, which compares it with the ledger; the forms that came.
pub(super) async fn hand_over(
    from: &mut Party,
    to: &mut Party,
    folder: &Path,
    card: &Card,
) -> anyhow::Result<usize> {
    let package = package(from, folder, card).await?;
    let taken = to.receive(&package).await.context("receive a copy")?;
    ensure!(
        taken.differences.is_empty(),
        "the copy differs from the ledger"
    );
    Ok(taken.forms)
}

/// What one side sends of its book, encrypted to who has the card; the file of it is removed.
pub(super) async fn package(
    from: &mut Party,
    folder: &Path,
    card: &Card,
) -> anyhow::Result<Vec<u8>> {
    let file = folder.join("copy.theriac");
    from.send_copy(card, 0, &file)
        .await
        .context("send a copy")?;
    let package = fs::read(&file).context("read the copy")?;
    fs::remove_file(&file).context("remove the copy")?;
    Ok(package)
}
