//! `theriac demo`.

mod cast;
mod door;
mod narrator;
mod network;
mod ready;
mod story;

use crate::{cli::Global, logging};
use anyhow::Context as _;
use clap::Args;
use std::path::PathBuf;

/// Start a whole network on this machine and play the story of a record.
///
/// Four members generate the network's key together and agree on a ledger, on loopback and in this
/// process. A hospital, a clinic, an insurer and a patient then play the story: a record is encrypted
/// where it was made, requested, approved by the patient's own key, opened by a contract while she is
/// offline, and in an emergency; she loses her key, a fifth member joins, a disk is wiped, and the
/// record is erased. A manufacturer, a wholesaler and two pharmacies move medicines: a copy, a theft,
/// a recall and a shortage are found, and the patient checks where her pack comes from. A sponsor and
/// two hospitals run a small clinical trial, from the registration to a file that proves it, and ten
/// frauds are tried and caught. Each step is on the ledger. The network stays up until Ctrl-C, so that
/// you can go on with the commands that it prints.
///
///     theriac demo --once
#[derive(Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct Demo {
    /// End after the story.
    #[arg(long, conflicts_with = "serve_only")]
    once: bool,
    /// The FHIR document to share, as JSON; a small one of a synthetic patient unless given.
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// The folder with CDISC's pilot, of which the trial's protocol and data are taken; a small sample that was made up for
    /// the demo unless given.
    #[arg(long, value_name = "DIR")]
    pilot: Option<PathBuf>,
    /// Where to keep the network; a temporary directory, removed at the end, unless given.
    #[arg(long, value_name = "DIR")]
    directory: Option<PathBuf>,
    /// Serve without a story: for tests of clients.
    #[arg(long, requires = "ready")]
    serve_only: bool,
    /// Write a JSON file with addresses and a funded account's keystore when the network answers; the
    /// network then also ends when standard input closes.
    #[arg(long, value_name = "FILE")]
    ready: Option<PathBuf>,
    /// First of eight ports; free ones unless given.
    #[arg(long, value_name = "PORT")]
    base_port: Option<u16>,
}

/// The document that is shared where no other is given.
const SAMPLE: &str = include_str!("../../samples/patient.json");

impl Demo {
    /// Runs until it is told to stop, or to the end of the story with `--once`.
    ///
    /// # Errors
    /// Where the network cannot start, or a step of the story does not go as it should.
    pub(crate) fn run(self, global: &Global) -> anyhow::Result<()> {
        logging::start();
        let document = match &self.record {
            Some(file) => std::fs::read(file)
                .with_context(|| format!("cannot read the record {}", file.display()))?,
            None => SAMPLE.as_bytes().to_vec(),
        };
        let narrator = narrator::Narrator::new(global.output());
        let usage = match self.serve_only {
            true => network::Use::Service,
            false => network::Use::Story,
        };
        let network =
            network::Network::start(&narrator, self.directory.clone(), (self.base_port, usage))?;
        let outcome = self.play(&narrator, &network, &document);
        network.stop()?;
        outcome
    }

    fn play(
        &self,
        narrator: &narrator::Narrator,
        network: &network::Network,
        document: &[u8],
    ) -> anyhow::Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.context("cannot start the runtime")?;
        runtime.block_on(network.first_block())?;
        if let Some(ready) = &self.ready {
            runtime.block_on(ready::write(network, ready))?;
        }
        if !self.serve_only {
            let material = story::Material {
                document,
                pilot: self.pilot.as_deref(),
            };
            runtime.block_on(story::play(narrator, network, material))?;
        }
        drop(runtime);
        if self.once {
            return Ok(());
        }
        narrator.staying(network);
        ready::wait(self.ready.is_some(), || network.is_running())
    }
}
