//! The patient loses her key; her guardians give her another.

use super::{
    Cast, Chart, HOSPITAL,
    refused::{expect, now},
};
use crate::commands::demo::{
    cast::{Person, stranger},
    narrator::Narrator,
};
use anyhow::{Context as _, ensure};
use std::time::Duration;
use theriac_contracts::{
    Refusal,
    codes::{Kinds, Purpose},
};
use theriac_sdk::recovery::NewGuardians;

/// Guardians who must agree.
const THRESHOLD: u8 = 2;
/// Between two looks at the clock of the ledger.
const PAUSE: Duration = Duration::from_millis(200);

/// Plays the chapter, and returns the patient with her new key.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    chart: Chart,
    document: &[u8],
) -> anyhow::Result<Person> {
    let delay = cast.network.recovery_delay();
    narrator.step("The patient had named three guardians; two of them can recover her key.");
    let new = NewGuardians {
        accounts: cast
            .guardians
            .iter()
            .map(|guardian| guardian.account.address())
            .collect(),
        threshold: THRESHOLD,
        delay,
    };
    cast.patient
        .client
        .set_guardians(new)
        .await
        .context("name the guardians")?;
    cast.network.in_step().await?;
    narrator.detail(
        "delay",
        format!("{delay} s here, at least an hour where nobody chose otherwise"),
    );

    narrator.step("She loses it. Two guardians agree on a new key; the old one, in whose hands it may be, vetoes.");
    let old = cast.patient.account.address();
    let successor = stranger(cast.network, ("patient-new", HOSPITAL))?;
    let new = successor.account.address();
    let [sister, friend, neighbour] = &cast.guardians;
    sister
        .client
        .propose_successor(old, new)
        .await
        .context("propose")?;
    cast.network.in_step().await?;
    friend
        .client
        .approve_successor(old, new)
        .await
        .context("approve")?;
    cast.network.in_step().await?;
    cast.patient.client.veto_recovery().await.context("veto")?;
    cast.network.in_step().await?;
    wait(cast, delay).await?;
    expect(
        sister.client.execute_recovery(old).await,
        Refusal::ApprovalsMissing,
    )?;
    narrator.detail(
        "after the veto",
        "two of three are not enough any more: ApprovalsMissing",
    );

    narrator.step("A veto raises the number, it does not end the recovery: the third guardian agrees, the key is frozen.");
    neighbour
        .client
        .approve_successor(old, new)
        .await
        .context("approve")?;
    cast.network.in_step().await?;
    for guardian in [sister, friend] {
        guardian.client.freeze_key(old).await.context("freeze")?;
        cast.network.in_step().await?;
    }
    let refused = cast
        .patient
        .client
        .set_break_glass_scope(chart.id, Kinds::default())
        .await;
    ensure!(refused.is_err(), "the frozen key acted");
    narrator.detail("old key", "frozen: it decides nothing any more");
    wait(cast, delay).await?;
    let executed = sister
        .client
        .execute_recovery(old)
        .await
        .context("execute the recovery")?;
    cast.network.in_step().await?;
    narrator.detail(
        "moved",
        format!("{} chart to {}", executed.charts, executed.successor),
    );

    narrator.step("With her new key she opens the sealed record; nobody else saw its key, and the old key opens nothing.");
    successor
        .client
        .publish_key()
        .await
        .context("publish the new key")?;
    let opened = successor
        .client
        .open_sealed(chart.id, &[chart.record], Purpose::PatientRequested, None)
        .await
        .context("open with the new key")?;
    let read = opened
        .documents
        .first()
        .context("one record, one document")?;
    ensure!(*read.bytes == document, "she did not read the same bytes");
    narrator.detail("read", format!("{} bytes", read.bytes.len()));
    let outcome = cast
        .patient
        .client
        .open_sealed(chart.id, &[chart.record], Purpose::PatientRequested, None)
        .await;
    ensure!(outcome.is_err(), "the old key opened the record");
    narrator.detail("old key", "refused");
    cast.network.in_step().await?;
    Ok(successor)
}

/// Waits until the ledger's clock has gone on for `seconds`.
async fn wait(cast: &Cast<'_>, seconds: u64) -> anyhow::Result<()> {
    let end = now() + seconds + 1;
    while cast.author.client.head().await?.timestamp.to::<u64>() <= end {
        tokio::time::sleep(PAUSE).await;
    }
    cast.network.in_step().await
}
