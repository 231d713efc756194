//! The results are published with another outcome than was registered.

use super::{By, begin, caught, refuted};
use crate::commands::demo::story::trial::{Trial, evidence, parts::Parts};
use anyhow::Context as _;
use std::fs;
use theriac_evidence::trial::{bundle::Selection, verify::ClaimId};
use theriac_gateway::trials::definition::{Level, OutcomeText};
use theriac_standards::outcomes::page;

/// Publishes a primary outcome at an earlier time, since the results at the registered one disappointed.
pub(in super::super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    begin(
        trial,
        "a switched outcome",
        "a paper reports the primary outcome at week 8 instead of week 24.",
    );
    let switched = switched(&trial.sample.definition.outcomes)?;
    let mut sponsor = trial.team.sponsor.party().await?;
    let paper = b"A paper that tells of week 8 alone.";
    sponsor.publish(paper, &switched).await.context("publish")?;
    let bytes = evidence::make(&mut sponsor, &Selection::Public).await?;
    refuted(
        trial,
        ("switched-outcome", Parts::of(&bytes)?),
        &[(ClaimId::C6, "outcome-switched")],
    )?;
    let diffs = sponsor.outcome_diffs().await?;
    let last = diffs.last().context("a publication is compared")?;
    fs::write(trial.folder.join("outcomes.html"), page(last))?;
    fs::write(
        trial.folder.join("outcomes.json"),
        serde_json::to_vec_pretty(last)?,
    )?;
    let changes = last.rows.iter().flat_map(|row| &row.changes);
    let classes: Vec<_> = changes.map(|change| change.class.name()).collect();
    let first = classes.first().context("the comparison sees no change")?;
    caught(
        trial,
        By::Outcomes,
        format!(
            "{} against {}, {}: {first}",
            last.after,
            last.before,
            last.phase.name()
        ),
    );
    Ok(())
}

fn switched(outcomes: &[OutcomeText]) -> anyhow::Result<Vec<OutcomeText>> {
    let mut switched = outcomes.to_vec();
    let primary = switched
        .iter_mut()
        .find(|outcome| outcome.level == Level::Primary);
    primary.context("an outcome is primary")?.time_point = "Week 8".to_owned();
    Ok(switched)
}
