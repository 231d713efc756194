//! Who gets what: a list that nobody can know or choose, and one opening of it.

use super::{Trial, copy::copies_to_sites};
use anyhow::{Context as _, ensure};
use futures::future::try_join_all;
use std::time::Duration;
use theriac_contracts::codes::OpeningReason;
use theriac_gateway::trials::{Error, NewList, Party, Refusal};

/// The only list.
pub(super) const LIST: u16 = 1;
const ARMS: [&str; 4] = ["Placebo", "Placebo", "Low dose", "High dose"];
const BLOCKS: u32 = 8;
/// Blocks of the chain between the commitment and the block that orders the list.
const DELAY: u32 = 8;
const PAUSE: Duration = Duration::from_millis(50);

/// The unblinded statistician commits to the list.
pub(super) async fn commit(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("Before the first consent the randomisation list is committed to; a later block, which nobody knows yet, will order it.");
    let mut party = trial.team.unblinded.party().await?;
    let list = NewList {
        stratum: "all".to_owned(),
        block: ARMS.map(str::to_owned).to_vec(),
        blocks: BLOCKS,
        kit_prefix: "K".to_owned(),
        delay: DELAY,
    };
    let number = party
        .commit_list(&list)
        .await
        .context("commit to the list")?;
    let told = party.client().trial_list(party.study()?, number).await?;
    narrator.detail(
        "list",
        format!(
            "{} entries in blocks of {}, to be ordered by block {}",
            told.length,
            ARMS.len(),
            told.height
        ),
    );
    ensure!(number == LIST, "there is another list");
    Ok(())
}

/// The list is drawn and sealed, each participant takes the next index, and one allocation is opened to the pharmacist.
pub(super) async fn allocate(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("The list is drawn and sealed. Each participant takes the next index; what it is stays sealed, but to the pharmacist who dispenses.");
    let mut party = trial.team.unblinded.party().await?;
    let study = party.study()?;
    let height = party.client().trial_list(study, LIST).await?.height;
    while party.client().height().await? <= height {
        tokio::time::sleep(PAUSE).await;
    }
    party.draw_list(LIST).await.context("draw the list")?;
    party.seal_list(LIST).await.context("seal the list")?;
    copies_to_sites(trial).await?;
    let sites = trial.team.sites.iter_mut();
    let counts = try_join_all(sites.map(|site| allocate_all(&mut site.party))).await?;
    narrator.detail(
        "allocated",
        format!("{} participants", counts.iter().sum::<usize>()),
    );
    open(trial).await
}

async fn allocate_all(party: &mut Party) -> anyhow::Result<usize> {
    let subjects = party.book().subjects()?;
    for subject in &subjects {
        party
            .allocate(subject.slot, LIST)
            .await
            .context("allocate")?;
    }
    Ok(subjects.len())
}

async fn open(trial: &Trial<'_>) -> anyhow::Result<()> {
    let mut pharmacist = trial.team.pharmacist.party().await?;
    let slot = pharmacist
        .book()
        .subjects()?
        .first()
        .context("the site has a participant")?
        .slot;
    let why = (false, OpeningReason::Dispensing.code());
    let reason = ("first kit", &trial.team.pharmacist_keys);
    let opened = pharmacist
        .open_allocation((slot, LIST), why, reason)
        .await
        .context("open an allocation")?;
    trial.narrator.detail(
        "opened",
        format!(
            "participant {slot}: the keepers tell the pharmacist, to dispense kit {}",
            opened.allocation.kit
        ),
    );
    match trial.team.sites[0].party.allocation(slot, LIST).await {
        Err(Error::Refused(refusal @ Refusal::Blinded)) => {
            trial
                .narrator
                .detail("investigator", format!("refused: {}", refusal.code()));
            Ok(())
        }
        other => anyhow::bail!("the investigator was not refused: {other:?}"),
    }
}
