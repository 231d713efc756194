//! `theriac trial bundle`.

use super::{Desk, page};
use clap::{Args, ValueEnum};
use serde_json::json;
use std::{fs::OpenOptions, io::BufWriter, path::PathBuf};
use theriac_evidence::trial::bundle::Selection;

/// Make the evidence bundle of the study: one file that anyone checks with one command, without network.
///
/// It holds the log with its proofs, and of the values what the audience is to see: a regulator gets the datasets of the analyses too, and a
/// journal those that have no other item than it gets. What this book may not read, or what was erased, is not in it,
/// and the count of it is. The page verify.html in it verifies bundles in a browser, without network.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial bundle --audience public --out study.zip --account manager.json\n  theriac trial bundle --audience journal --item ACTOT --item ACTOT.unit --out journal.zip --account manager.json\n  theriac trial bundle --audience participant --subject 3 --out mine.zip --account investigator.json\n\nNext:\n  theriac verify study.zip --network network.json"
)]
pub(super) struct Bundle {
    /// For whom.
    #[arg(long, value_name = "AUDIENCE", value_enum)]
    audience: Audience,
    /// For a journal: the items of the outcomes.
    #[arg(long, value_name = "OID")]
    item: Vec<String>,
    /// For a participant: who.
    #[arg(
        long,
        value_name = "SUBJECT",
        required_if_eq("audience", "participant")
    )]
    subject: Option<String>,
    /// Where to write it.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// A page that verifies bundles, instead of this program's own.
    #[arg(long, value_name = "FILE", conflicts_with = "without_page")]
    page: Option<PathBuf>,
    /// Leave the page out.
    #[arg(long)]
    without_page: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Audience {
    /// Entries and counts, no value.
    Public,
    /// As the public, and the items of the outcomes.
    Journal,
    /// Everything.
    Regulator,
    /// One subject.
    Participant,
}

impl Bundle {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let page = match self.without_page {
            true => None,
            false => Some(page::read(self.page.as_deref())?),
        };
        let mut party = desk.party().await?;
        let keep = |oid: &str| self.item.iter().any(|item| item == oid);
        let selection = match (self.audience, &self.subject) {
            (Audience::Public, _) => Selection::Public,
            (Audience::Journal, _) => Selection::Journal(&keep),
            (Audience::Regulator, _) => Selection::Regulator,
            (Audience::Participant, subject) => {
                Selection::Participant(party.slot(subject.as_deref().unwrap_or_default())?)
            }
        };
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&self.out)?;
        let progress = desk.output().progress("making the bundle");
        let made = party.bundle(&selection, page, BufWriter::new(file)).await;
        if made.is_err() {
            std::fs::remove_file(&self.out)?;
        }
        let file = made?.into_inner()?;
        file.sync_all()?;
        drop(progress);
        let bytes = file.metadata()?.len();
        let entries = party.book().log_size()?;
        let value = json!({ "file": self.out, "bytes": bytes, "entries": entries });
        let text = format!(
            "{} entries, {bytes} bytes in {}",
            entries,
            self.out.display()
        );
        desk.output().result(&value, &text)?;
        desk.output()
            .next("theriac verify FILE --network network.json");
        Ok(())
    }
}
