//! Lock, plan, unblinding, analysis and publication, in the only order that the ledger takes.

use super::{
    Trial,
    randomise::LIST,
    sample::{SCORE, VISITS},
};
use anyhow::Context as _;
use serde_json::json;
use std::{collections::BTreeMap, fs};
use theriac_gateway::trials::{
    NewAnalysis, Party,
    dataset::{ColumnDefinition, ColumnSource, DatasetDefinition, NewDataset},
};

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
    let dataset = unblinded
        .make_dataset(&definition())
        .await
        .context("make the dataset")?;
    narrator.detail(
        "dataset",
        format!(
            "{}: score by visit with the arm, each value traced to the item that was locked",
            dataset.name
        ),
    );
    let datasets = [NewDataset {
        name: &dataset.name,
        rows: &dataset.rows,
        lineage: &dataset.lineage,
    }];
    let new = NewAnalysis {
        plan,
        datasets: &datasets,
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

/// Score and arm of each participant at each visit.
fn definition() -> DatasetDefinition {
    let column =
        |(name, label, data_type, from): (&str, &str, &str, ColumnSource)| ColumnDefinition {
            name: name.to_owned(),
            label: label.to_owned(),
            data_type: data_type.to_owned(),
            from,
        };
    let score = ColumnSource::Item {
        visit: None,
        form: "QS".to_owned(),
        item: SCORE.to_owned(),
    };
    let columns = [
        ("SUBJID", "Subject", "integer", ColumnSource::Slot),
        (
            "TRT01P",
            "Planned arm",
            "string",
            ColumnSource::Arm { list: LIST },
        ),
        ("AVISIT", "Visit", "string", ColumnSource::Visit),
        ("AVAL", "ADAS-Cog (11)", "float", score),
    ];
    DatasetDefinition {
        format: "theriac-dataset/1".to_owned(),
        name: "ADQSADAS".to_owned(),
        label: "ADAS-Cog by visit".to_owned(),
        visits: VISITS.map(str::to_owned).to_vec(),
        columns: columns.map(column).to_vec(),
    }
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
