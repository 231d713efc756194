//! Who read is proved to an outsider, and a forgery is named.

use super::Cast;
use crate::commands::demo::{narrator::Narrator, network::Network};
use alloy_primitives::B256;
use anyhow::{Context as _, bail};
use theriac_evidence::bundle::{Failure, Report, Trusted, verify};

/// Plays the chapter.
///
/// # Errors
/// Where a step fails, or does not fail as it should.
pub(super) async fn play(narrator: &Narrator, cast: &Cast<'_>, chart: B256) -> anyhow::Result<()> {
    let network = cast.network;
    network.in_step().await?;
    narrator.step("The patient reads who asked, decided and opened.");
    for entry in cast.patient.client.chart_log(chart).await? {
        let line = format!(
            "{:<16} by {}  block {}",
            entry.kind.to_string(),
            entry.actor,
            entry.height
        );
        narrator.detail(&format!("#{}", entry.sequence), line);
    }
    narrator.step("Its evidence bundle is verified offline, with the network's one public key.");
    let bundle = cast
        .patient
        .client
        .chart_evidence(chart)
        .await
        .context("fetch the evidence")?;
    let bytes = serde_json::to_vec_pretty(&bundle)?;
    std::fs::write(network.bundle(), &bytes).context("write the evidence")?;
    let trusted = trusted(network)?;
    let report = verify(&bytes, &trusted).map_err(|failure| anyhow::anyhow!("{failure}"))?;
    tell(narrator, &report);
    narrator.step("One byte of the bundle is flipped: verification says exactly what is wrong.");
    let failure = flipped(&bytes, &trusted)?;
    narrator.detail("verify", &failure);
    narrator.detail("code", failure.code());
    Ok(())
}

pub(super) fn trusted(network: &Network) -> anyhow::Result<Trusted> {
    let group_key = network.group_key();
    Ok(Trusted {
        chain_id: network.chain_id(),
        group_key: group_key
            .as_slice()
            .try_into()
            .context("the group key has 96 bytes")?,
        known: None,
    })
}

fn tell(narrator: &Narrator, report: &Report) {
    narrator.detail(
        "block",
        format!("{} {}", report.block.height, report.block.hash),
    );
    for fact in &report.facts {
        narrator.detail("proved", fact);
    }
    for line in &report.not_claimed {
        narrator.detail("NOT CLAIMED", line);
    }
}

/// Flips a bit in the middle of the first proof of the bundle.
fn flipped(bytes: &[u8], trusted: &Trusted) -> anyhow::Result<Failure> {
    let marker = b"\"lengthProof\"";
    let start = bytes
        .windows(marker.len())
        .position(|window| window == marker);
    let at = start.context("the bundle has a proof")? + marker.len() + 100;
    let mut damaged = bytes.to_vec();
    damaged[at] = if damaged[at] == b'0' { b'1' } else { b'0' };
    match verify(&damaged, trusted) {
        Ok(_) => bail!("a damaged bundle was verified"),
        Err(failure) => Ok(failure),
    }
}
