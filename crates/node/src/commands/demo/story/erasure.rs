//! The record is erased everywhere; that it was there can still be proved.

use super::{Cast, Chart, evidence::trusted};
use crate::commands::demo::{cast::Person, narrator::Narrator};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};
use theriac_contracts::codes::Purpose;
use theriac_evidence::bundle::verify;

/// Longest wait for every member's receipts.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(250);
/// Members that must sign.
const MEMBERS: usize = 5;

/// Plays the chapter.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    patient: &Person,
    chart: Chart,
) -> anyhow::Result<()> {
    narrator.step("The author withdraws the record and the patient has it erased: each member signs a receipt.");
    cast.author
        .client
        .withdraw_record(chart.record)
        .await
        .context("withdraw")?;
    cast.network.in_step().await?;
    patient
        .client
        .erase_record(chart.record)
        .await
        .context("erase")?;
    cast.network.in_step().await?;
    for (member, blobs) in receipts(cast, patient, chart).await? {
        narrator.detail("receipt", format!("of {member} for {blobs} blobs"));
    }
    let outcome = patient
        .client
        .open_sealed(chart.id, &[chart.record], Purpose::PatientRequested, None)
        .await;
    ensure!(outcome.is_err(), "an erased record was opened");
    narrator.detail("opening", "refused, to the patient too");

    narrator.step("What remains on the ledger is a commitment that nobody can open. The proof that it was there still holds.");
    let bundle = patient
        .client
        .record_evidence(chart.record)
        .await
        .context("fetch the evidence")?;
    let bytes = serde_json::to_vec_pretty(&bundle)?;
    let report =
        verify(&bytes, &trusted(cast.network)?).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    for fact in &report.facts {
        narrator.detail("proved", fact);
    }
    Ok(())
}

/// Waits for the receipts of all members, and returns each member with the number of blobs that it signed for.
async fn receipts(
    cast: &Cast<'_>,
    patient: &Person,
    chart: Chart,
) -> anyhow::Result<Vec<(String, usize)>> {
    let begun = Instant::now();
    loop {
        let erasure = patient.client.erasure(chart.record).await?;
        let blobs = erasure["blobs"].as_array().map_or(0, Vec::len);
        let signed = by_member(&erasure);
        if blobs > 0 && signed.len() == MEMBERS && signed.iter().all(|(_, count)| *count == blobs) {
            return Ok(signed);
        }
        ensure!(
            begun.elapsed() < PATIENCE,
            "receipts are missing after {PATIENCE:?}: {erasure}"
        );
        cast.network.in_step().await?;
        tokio::time::sleep(PAUSE).await;
    }
}

fn by_member(erasure: &Value) -> Vec<(String, usize)> {
    let receipts = erasure["receipts"].as_array().cloned().unwrap_or_default();
    let members: BTreeSet<_> = receipts
        .iter()
        .filter_map(|receipt| receipt["member"].as_str())
        .collect();
    let count = |member: &str| {
        let of_member = receipts
            .iter()
            .filter(|receipt| receipt["member"] == member);
        of_member
            .filter_map(|receipt| receipt["blob"].as_str())
            .collect::<BTreeSet<_>>()
            .len()
    };
    members
        .into_iter()
        .map(|member| (member.to_owned(), count(member)))
        .collect()
}
