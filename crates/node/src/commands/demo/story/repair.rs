//! A member's disk is lost, and its shards are made anew from those of the others.

use super::{HOSPITAL, REGULATOR};
use crate::commands::demo::{cast::administrator_at, narrator::Narrator, network::Network};
use anyhow::{Context as _, ensure};
use serde_json::Value;
use std::time::{Duration, Instant};

/// Longest wait for the repair.
const PATIENCE: Duration = Duration::from_secs(120);
const PAUSE: Duration = Duration::from_millis(250);

/// Plays the chapter.
///
/// # Errors
/// Where a step fails.
pub(super) async fn play(narrator: &Narrator, network: &Network) -> anyhow::Result<()> {
    narrator.step("The disk of one member is wiped. It fetches the ledger's state and repairs its shards from the others'.");
    let client = administrator_at(network, REGULATOR, network.rpc(REGULATOR))?;
    let before = client.vault_status().await.context("ask for the vault")?;
    network.wipe_and_restart(REGULATOR)?;
    network.in_step().await?;
    let begun = Instant::now();
    // Logs in first: a node tells the enrolled more.
    let client = administrator_at(network, REGULATOR, network.rpc(REGULATOR))?;
    client.scrub_vault().await.context("begin the scrub")?;
    let mut after = client.vault_status().await?;
    while held(&after) < held(&before) {
        ensure!(
            begun.elapsed() < PATIENCE,
            "the vault was not repaired in {PATIENCE:?}: {after}"
        );
        tokio::time::sleep(PAUSE).await;
        after = client.vault_status().await?;
    }
    narrator.detail("before", format!("{} blobs and shards", held(&before)));
    narrator.detail(
        "after",
        format!(
            "{} again, {} of them repaired",
            held(&after),
            number(&after, "repaired")
        ),
    );
    narrator.detail("took", format!("{:.1} s", begun.elapsed().as_secs_f32()));
    let member = administrator_at(network, HOSPITAL, network.rpc(HOSPITAL))?;
    ensure!(
        member.vault_status().await.is_ok(),
        "another member does not answer"
    );
    Ok(())
}

fn held(status: &Value) -> u64 {
    number(status, "blobs") + number(status, "shards")
}

fn number(status: &Value, field: &str) -> u64 {
    let digits = status[field]
        .as_str()
        .and_then(|text| text.strip_prefix("0x"));
    digits
        .and_then(|digits| u64::from_str_radix(digits, 16).ok())
        .unwrap_or_default()
}
