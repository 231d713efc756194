//! A small trial, from its registration to the evidence, and ten frauds, each of which is caught.

mod close;
mod conduct;
mod copy;
mod evidence;
mod fraud;
mod page;
mod parts;
mod randomise;
mod sample;
mod table;
mod team;

use super::{Cast, evidence::trusted};
use crate::commands::demo::{narrator::Narrator, network::Network};
use anyhow::{Context as _, ensure};
use fraud::Fraud;
use sample::Sample;
use std::{
    fs,
    path::{Path, PathBuf},
    time::Instant,
};
use team::Team;
use theriac_evidence::bundle::Trusted;

/// How many frauds are tried.
const FRAUDS: usize = 10;

/// The trial and what is needed to tell of it.
struct Trial<'a> {
    narrator: &'a Narrator,
    network: &'a Network,
    trusted: Trusted,
    folder: PathBuf,
    sample: Sample,
    team: Team,
    frauds: Vec<Fraud>,
}

/// Plays the chapter, with CDISC's pilot data where the folder of them is given.
///
/// # Errors
/// Where a step fails, or a fraud is not caught.
pub(super) async fn play(
    narrator: &Narrator,
    cast: &Cast<'_>,
    pilot: Option<&Path>,
) -> anyhow::Result<()> {
    let begun = Instant::now();
    let network = cast.network;
    let folder = network.directory().join("trial");
    fs::create_dir_all(folder.join("frauds")).context("make the folder of the trial")?;
    let sample = Sample::read(pilot)?;
    let team = Team::begin((narrator, network), &folder, &sample).await?;
    let mut trial = Trial {
        narrator,
        network,
        trusted: trusted(network)?,
        folder,
        sample,
        team,
        frauds: Vec::new(),
    };
    run(&mut trial).await?;
    ensure!(trial.frauds.len() == FRAUDS, "not every fraud was tried");
    narrator.detail("took", format!("{:.1} s", begun.elapsed().as_secs_f32()));
    Ok(())
}

async fn run(trial: &mut Trial<'_>) -> anyhow::Result<()> {
    randomise::commit(trial).await?;
    conduct::enrol(trial).await?;
    randomise::allocate(trial).await?;
    conduct::capture(trial).await?;
    conduct::query(trial).await?;
    conduct::sign(trial).await?;
    fraud::back_dating::play(trial).await?;
    fraud::early_unblinding::play(trial).await?;
    close::play(trial).await?;
    let (whole, report) = evidence::play(trial).await?;
    fraud::dropped_subject::play(trial, &whole)?;
    fraud::reordered_log::play(trial, &whole)?;
    fraud::forged_signature::play(trial, &whole).await?;
    fraud::deleted_trail::play(trial, &whole).await?;
    fraud::database_file::play(trial).await?;
    fraud::own_copy::play(trial).await?;
    fraud::second_registration::play(trial).await?;
    fraud::switched_outcome::play(trial).await?;
    evidence::tell(trial, &report)
}
