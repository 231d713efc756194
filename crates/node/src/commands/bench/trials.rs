//! `theriac bench trials`: clinical trials on this machine, their files and a study as it grows.
//!
//! ```text
//! files: an export in pieces, records and rules
//! study: datasets parsed -> bytes of state -> x1, x4, x16 subjects: consent, capture, miss, sign, lock, bundle, verify, show in a browser
//! ```

mod bare;
mod bars;
mod browser;
mod bundles;
mod curve;
mod files;
mod forms;
mod import;
mod pilot;
mod state;
mod study;
mod world;

use super::{figures::Figures, times::load_average};
use crate::{logging, output::Output};
use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
use files::Files;
use std::path::PathBuf;
use study::Study;

/// Measure trials: files read, and a study imported, entered, locked, bundled and verified as it grows.
#[derive(Debug, Args)]
pub(crate) struct Trials {
    /// What to measure; all without it.
    #[arg(long, value_enum)]
    part: Option<Part>,
    /// The folder of published files of trials.
    #[arg(
        long,
        value_name = "FOLDER",
        env = "THERIAC_TRIALS_DATA",
        hide_env_values = true
    )]
    data: PathBuf,
    /// The folder of the pilot's analysis datasets as compressed Dataset-JSON; without it, those of the published files.
    #[arg(long, value_name = "FOLDER")]
    pilot: Option<PathBuf>,
    /// Megabytes of the largest file.
    #[arg(long, default_value_t = 400)]
    megabytes: usize,
    /// Subjects of the smallest study; the others have 4 and 16 times as many, the last of which is all of the pilot.
    #[arg(long, default_value_t = 16)]
    subjects: usize,
    /// Write the picture of the curves there, as SVG.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// A Python with the second verifier and py_ecc; without it there is no comparison.
    #[arg(
        long,
        value_name = "FILE",
        env = "THERIAC_TRIALS_PYTHON",
        hide_env_values = true
    )]
    python: Option<PathBuf>,
    /// The script that opens the page of a bundle in Chromium; without it the page is not measured.
    #[arg(
        long,
        value_name = "FILE",
        env = "THERIAC_TRIALS_BROWSER",
        hide_env_values = true
    )]
    browser: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// An export, without a ledger.
    Files,
    /// CDISC's pilot study, with a ledger of four validators.
    Study,
}

impl Trials {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        logging::start();
        ensure!(self.subjects > 0, "nothing would be measured");
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("cannot start the runtime")?;
        let mut figures = Figures::default();
        figures.tell("load average at the start", (load_average()?, ""));
        if self.part != Some(Part::Study) {
            let (data, megabytes) = (self.data.as_path(), self.megabytes);
            Files { data, megabytes }.measure(&mut figures)?;
        }
        if self.part != Some(Part::Files) {
            runtime.block_on(self.study(output).measure(&mut figures))?;
        }
        figures.tell("load average at the end", (load_average()?, ""));
        output.result(&serde_json::to_value(&figures)?, &figures.table())
    }

    fn study(&self, output: Output) -> Study<'_> {
        Study {
            pilot: match &self.pilot {
                Some(folder) => folder.clone(),
                None => self.data.join("dataset-json/adam"),
            },
            subjects: self.subjects,
            plot: self.plot.as_deref(),
            python: self.python.as_deref(),
            browser: self.browser.as_deref(),
            output,
        }
    }
}
