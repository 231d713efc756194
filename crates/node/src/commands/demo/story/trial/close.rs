//! Lock, plan, unblinding, analysis and publication, in the only order that the ledger takes.

use super::{
    Trial,
    randomise::LIST,
    sample::{SCORE, VISITS},
};
use anyhow::Context as _;
use serde_json::json;
use std::{collections::BTreeMap, fs};
use theriac_evidence::trial::bundle::{DataManifest, canonical};
use theriac_gateway::trials::{NewAnalysis, Party};

const PLAN: &str = "Plan of analysis: mean change of ADAS-Cog (11) from baseline to week 24 by arm, of those with both values.";
const PROGRAM: &str = "crates/node/src/commands/demo/story/trial/close.rs, function by_arm";

/// Plays the chapter.
pub(super) async fn play(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    let narrator = trial.narrator;
    narrator.step("Every form that was due is there or explained, every query closed, everything signed: the data are locked. Then plan, unblinding, analysis.");
    let locked = trial
        .team
        .manager
        .party()
        .await?
        .lock()
        .await
        .context("lock")?;
    let lock = locked.first().context("a lock has an entry")?.entry.number;
    narrator.detail("locked", format!("entry {lock}"));
    let mut statistician = trial.team.statistician.party().await?;
    let plan = statistician.plan(PLAN.as_bytes()).await.context("plan")?;
    let mut unblinded = trial.team.unblinded.party().await?;
    unblinded.unblind(plan).await.context("unblind")?;
    narrator.detail("unblinded", format!("under plan {plan}, after the lock"));
    let result = by_arm(&unblinded).await?;
    fs::write(trial.folder.join("result.json"), &result)?;
    let manifest = DataManifest {
        format: "theriac-analysis/1".to_owned(),
        lock,
        datasets: Vec::new(),
    };
    let manifest = canonical(&serde_json::to_value(manifest)?);
    let new = NewAnalysis {
        plan,
        manifest: manifest.as_bytes(),
        program: PROGRAM.as_bytes(),
        result: result.as_bytes(),
        outcome: 0,
    };
    let number = statistician.analyse(&new).await.context("analyse")?;
    narrator.detail("analysis", format!("{number}, of the data of entry {lock}"));
    narrator.detail(
        "result",
        format!("{result} (arms as drawn here, so that it says nothing of a medicine)"),
    );
    publish(trial, &result).await
}

/// Mean change of the score by arm, with the number of participants.
async fn by_arm(party: &Party) -> anyhow::Result<String> {
    let schedule = party.schedule()?;
    let [baseline, _, last] = VISITS;
    let cells = [schedule.cell(baseline, "QS")?, schedule.cell(last, "QS")?];
    let mut changes: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for subject in party.book().subjects()? {
        let [before, after] = cells.map(|cell| score(party, (subject.slot, cell)));
        let (Some(before), Some(after)) = (before?, after?) else {
            continue;
        };
        let given = party.allocation(subject.slot, LIST).await?;
        let arm = given.context("everyone was allocated")?.arm;
        changes.entry(arm).or_default().push(after - before);
    }
    let mean = |(arm, changes): (&String, &Vec<f64>)| {
        let mean = changes.iter().sum::<f64>() / changes.len() as f64;
        (
            arm.clone(),
            json!({ "n": changes.len(), "mean": format!("{mean:.2}") }),
        )
    };
    let told: serde_json::Map<_, _> = changes.iter().map(mean).collect();
    Ok(serde_json::Value::from(told).to_string())
}

fn score(party: &Party, (slot, cell): (u32, u32)) -> anyhow::Result<Option<f64>> {
    let standing = party.standing(slot, cell)?;
    let current = standing.items.get(SCORE);
    Ok(current.and_then(|current| current.value.parse().ok()))
}

async fn publish(trial: &mut Trial<'_>, result: &str) -> anyhow::Result<()> {
    let paper = format!("Results of the demo: {result}");
    let outcomes = &trial.sample.definition.outcomes;
    let mut sponsor = trial.team.sponsor.party().await?;
    sponsor
        .publish(paper.as_bytes(), outcomes)
        .await
        .context("publish")?;
    trial.narrator.detail(
        "published",
        format!("{} outcomes, as registered", outcomes.len()),
    );
    Ok(())
}
