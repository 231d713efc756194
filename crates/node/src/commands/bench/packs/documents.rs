//! The part without a ledger: events read, hashed, captured and stored.

use super::{
    super::{figures::Figures, memory},
    bound,
    capture::{Captured, capture},
    events,
    postgres::Postgres,
    reading,
};
use anyhow::Context as _;
use std::{fs, path::Path};

/// Events of the capture that is timed.
const CAPTURED: u64 = 20_000;
const CAPTURE_BAR: f64 = 2_000.0;
const MEMORY_BAR_MIB: f64 = 512.0;

/// What is measured, and how large.
pub(super) struct Documents<'a> {
    /// Events of the largest document.
    pub(super) events: u64,
    /// A Python that has the reference.
    pub(super) python: Option<&'a Path>,
    /// A folder for documents and databases.
    pub(super) folder: &'a Path,
}

impl Documents<'_> {
    /// Measures all of it.
    ///
    /// # Errors
    /// Where a document is not accepted, or a program fails.
    pub(super) async fn measure(&self, figures: &mut Figures) -> anyhow::Result<()> {
        reading::measure(figures, self.folder, self.python)?;
        self.captures(figures).await?;
        self.large(figures).await
    }

    /// Events in a second, beside those that SQLite alone inserts, and on PostgreSQL.
    async fn captures(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let document = self.folder.join("captured.jsonld");
        events::write_file(&document, CAPTURED)?;
        let count = CAPTURED as f64;
        let data = self.folder.join("gateway");
        let captured = capture(&data, None, &document).await?;
        let rate = count / captured.seconds;
        figures.at_least("capture on SQLite", (rate, "events/s"), CAPTURE_BAR);
        let core = (count / captured.cpu, "events/s");
        figures.tell("capture on SQLite: per core-second", core);
        let database = data.join("events.sqlite");
        let alone = bound::insert(&database, &self.folder.join("bound.sqlite"))?;
        let name = "SQLite alone: the same rows inserted";
        figures.tell(name, (alone, "events/s"));
        let name = "ratio of capture to SQLite alone";
        figures.tell(name, (rate / alone, ""));
        forget(&data)?;
        let server = Postgres::start(&self.folder.join("postgres"))?;
        let Some(server) = server else {
            return Ok(());
        };
        let url = server.url();
        let captured = capture(&data, Some(&url), &document).await?;
        let rate = (count / captured.seconds, "events/s");
        figures.tell("capture on PostgreSQL", rate);
        forget(&data)
    }

    /// The memory that a large document takes.
    async fn large(&self, figures: &mut Figures) -> anyhow::Result<()> {
        let document = self.folder.join("large.jsonld");
        events::write_file(&document, self.events)?;
        let bytes = document.metadata().context("the large document")?.len();
        figures.tell("large document: events", (self.events as f64, ""));
        figures.tell("large document: size", (bytes as f64 / 1e6, "MB"));
        let count = self.events as f64;
        for verb in ["validate", "hash"] {
            let (peak, seconds) = memory::of_command(("epcis", verb), &document)?;
            let name = format!("large document: memory of theriac epcis {verb}");
            figures.at_most(&name, (peak, "MiB"), MEMORY_BAR_MIB);
            let name = format!("large document: theriac epcis {verb}");
            figures.tell(&name, (count / seconds, "events/s"));
        }
        let data = self.folder.join("gateway");
        let captured = capture(&data, None, &document).await?;
        let Captured {
            peak_mib, seconds, ..
        } = captured;
        let name = "large document: memory of the gateway that captures it";
        figures.at_most(name, (peak_mib, "MiB"), MEMORY_BAR_MIB);
        let name = "large document: capture on SQLite";
        figures.tell(name, (count / seconds, "events/s"));
        let stored = data.join("events.sqlite").metadata()?.len() as f64 / count;
        figures.tell("large document: stored bytes of an event", (stored, "B"));
        forget(&data)?;
        fs::remove_file(&document).context("the large document")
    }
}

fn forget(data: &Path) -> anyhow::Result<()> {
    fs::remove_dir_all(data).with_context(|| format!("cannot remove {}", data.display()))
}
