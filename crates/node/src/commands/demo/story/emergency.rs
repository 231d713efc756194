//! The glass is broken in the emergency room.

use super::{Cast, Chart, refused::expect};
use crate::{arguments::utc, commands::demo::narrator::Narrator};
use anyhow::{Context as _, bail, ensure};
use std::time::Duration;
use theriac_contracts::{
    Refusal,
    codes::{Purpose, ReviewOutcome},
};
use theriac_sdk::{
    seals::Emergency,
    watch::{Scope, Update, Watch},
};

/// Longest wait for the news of an emergency.
const PATIENCE: Duration = Duration::from_secs(30);

/// Plays the chapter.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    chart: Chart,
    document: &[u8],
) -> anyhow::Result<()> {
    narrator.step("Emergency room: the doctor breaks the glass. Patient and privacy officer hear of it at once.");
    let height = cast.patient.client.height().await?;
    let mut listeners = [
        (
            "patient",
            cast.patient.client.watch(Scope::Charts, Some(height)),
        ),
        (
            "officer",
            cast.officer.client.watch(Scope::Charts, Some(height)),
        ),
    ];
    let emergency = Emergency {
        chart: chart.id,
        records: &[chart.record],
        purpose: Purpose::BreakTheGlass,
        reason: "unconscious, allergies unknown",
    };
    let insurer = cast
        .insurer
        .client
        .break_glass(emergency, &cast.insurer.keys)
        .await;
    expect(insurer, Refusal::RoleMayNotBreakGlass)?;
    narrator.detail("insurer", "refused: RoleMayNotBreakGlass");
    let opened = cast
        .doctor
        .client
        .break_glass(emergency, &cast.doctor.keys)
        .await
        .context("break the glass")?;
    let read = opened
        .documents
        .first()
        .context("one record, one document")?;
    ensure!(
        *read.bytes == document,
        "the doctor did not read the same bytes"
    );
    narrator.detail("opening", opened.opening);
    for (who, watch) in &mut listeners {
        let due = tokio::time::timeout(PATIENCE, broken(watch, opened.opening))
            .await
            .with_context(|| format!("the {who} did not hear of it in {PATIENCE:?}"))??;
        narrator.detail(
            who,
            format!(
                "told on the event stream; review due {}",
                utc(due.saturating_mul(1_000))
            ),
        );
    }

    narrator.step("The privacy officer reviews it.");
    cast.network.in_step().await?;
    cast.officer
        .client
        .review(
            opened.opening,
            ReviewOutcome::Justified,
            Some("the triage sheet agrees"),
        )
        .await
        .context("review the emergency")?;
    narrator.detail("outcome", "justified");
    cast.network.in_step().await
}

/// Waits until an opening is told as an emergency, and returns when its review is due, in Unix seconds.
async fn broken(watch: &mut Watch, opening: u64) -> anyhow::Result<u64> {
    loop {
        match watch.next().await? {
            Update::GlassBroken {
                opening: told,
                review_due,
                ..
            } if told == opening => return Ok(review_due),
            Update::GlassBroken { .. } => bail!("another emergency was told"),
            Update::Block(_)
            | Update::Entry { .. }
            | Update::Record { .. }
            | Update::Recovery { .. } => {}
        }
    }
}
