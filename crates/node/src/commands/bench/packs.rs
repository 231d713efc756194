//! `theriac bench packs`: drug traceability on this machine, with a ledger and without.
//!
//! ```text
//! documents: parse, validate, hash, beside the reference -> capture on SQLite and PostgreSQL -> a large document: memory
//! trade:     four validators, a manufacturer, a pharmacy -> a pallet -> 10^4, 10^5, 10^6 packs -> verify and dispense at a rate
//! ```

mod bound;
mod capture;
mod counter;
mod curve;
mod dispense;
mod documents;
mod events;
mod life;
mod network;
mod postgres;
mod reading;
mod supply;
mod trade;
mod verify;

use super::{figures::Figures, times::load_average};
use crate::{logging, output::Output};
use anyhow::{Context as _, ensure};
use clap::{Args, ValueEnum};
use documents::Documents;
use std::{env, fs, path::PathBuf};
use trade::Trade;

/// Measure packs: events read and captured, lots and pallets, verify and dispense, memory, bytes, and cost as a curve.
#[derive(Debug, Args)]
pub(crate) struct Packs {
    /// What to measure; all without it.
    #[arg(long, value_enum)]
    part: Option<Part>,
    /// Packs of the largest book.
    #[arg(long, default_value_t = 1_000_000)]
    packs: usize,
    /// Events of the largest document.
    #[arg(long, default_value_t = 1_000_000)]
    events: u64,
    /// Requests offered in a second; above the bar, since the last ones end after the offer does.
    #[arg(long, default_value_t = 520.0)]
    rate: f64,
    /// For how many seconds.
    #[arg(long, default_value_t = 20.0)]
    seconds: f64,
    /// Write the picture of the curves there, as SVG.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
    /// A Python with epcis-event-hash-generator; without it there is no comparison.
    #[arg(
        long,
        value_name = "FILE",
        env = "THERIAC_EPCIS_PYTHON",
        hide_env_values = true
    )]
    python: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Events, without a ledger.
    Documents,
    /// Packs, with a ledger of four validators.
    Trade,
}

impl Packs {
    pub(super) fn run(self, output: Output) -> anyhow::Result<()> {
        logging::start();
        ensure!(
            self.rate > 0.0 && self.seconds > 0.0 && self.events > 0,
            "nothing would be measured"
        );
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .context("cannot start the runtime")?;
        let mut figures = Figures::default();
        figures.tell("load average at the start", (load_average()?, ""));
        runtime.block_on(async {
            if self.part != Some(Part::Trade) {
                self.documents(&mut figures).await?;
            }
            if self.part != Some(Part::Documents) {
                self.trade(output).measure(&mut figures).await?;
            }
            anyhow::Ok(())
        })?;
        figures.tell("load average at the end", (load_average()?, ""));
        output.result(&serde_json::to_value(&figures)?, &figures.table())
    }

    async fn documents(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let folder = Folder::new()?;
        let documents = Documents {
            events: self.events,
            python: self.python.as_deref(),
            folder: &folder.0,
        };
        documents.measure(figures).await
    }

    fn trade(&self, output: Output) -> Trade<'_> {
        Trade {
            packs: self.packs,
            rate: self.rate,
            seconds: self.seconds,
            plot: self.plot.as_deref(),
            output,
        }
    }
}

/// A folder that goes with this value.
struct Folder(PathBuf);

impl Folder {
    fn new() -> anyhow::Result<Self> {
        let path = env::temp_dir().join(format!("theriac-bench-{:08x}", rand::random::<u32>()));
        fs::create_dir(&path).with_context(|| format!("cannot make {}", path.display()))?;
        Ok(Self(path))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
