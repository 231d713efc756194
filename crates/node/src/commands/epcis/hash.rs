//! `theriac epcis hash`.

use super::document::{self, Syntax};
use crate::{cli::Global, output::Output};
use anyhow::Context as _;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_standards::epcis::{
    Limits,
    hash::{EventHash, pre_hash},
    json::JsonReader,
    model::Event,
    xml::XmlReader,
};

/// Print the CBV 2.0 event hash of each event of an EPCIS document.
///
/// Whoever has the same event finds the same hash, in whichever syntax and form it was written. It hides nothing: events can be guessed.
/// The ledger therefore holds a salted commitment to it, never the hash.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac epcis hash shipment.jsonld\n  theriac epcis hash shipment.xml --pre-hash\n\nNext:\n  the same event in another syntax: theriac epcis convert FILE --to xml"
)]
pub(crate) struct Hash {
    /// The document, JSON-LD or XML.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print the text that is hashed as well.
    #[arg(long)]
    pre_hash: bool,
}

impl Hash {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let (syntax, reader) = document::open(&self.file)?;
        let what = || format!("cannot read {}", self.file.display());
        let output = global.output();
        match syntax {
            Syntax::Json => {
                let mut reader = JsonReader::open(reader, Limits::default()).with_context(what)?;
                while let Some(event) = reader.next_event().with_context(what)? {
                    self.tell(output, reader.events(), &event.with_context(what)?)?;
                }
            }
            Syntax::Xml => {
                let mut reader = XmlReader::open(reader, Limits::default()).with_context(what)?;
                while let Some(read) = reader.next_event().with_context(what)? {
                    self.tell(output, reader.events(), &read.event.with_context(what)?)?;
                }
            }
        }
        Ok(())
    }

    /// One line for each event, so that a document of any length streams by.
    fn tell(&self, output: Output, number: u64, event: &Event) -> anyhow::Result<()> {
        let pre_hash = pre_hash(event);
        let hash = EventHash::of(&pre_hash).to_string();
        let shown = self.pre_hash.then_some(&pre_hash);
        let value = json!({ "event": number - 1, "hash": hash, "preHash": shown });
        let text = match shown {
            Some(pre_hash) => format!("{hash}\n{pre_hash}"),
            None => hash,
        };
        output.result(&value, &text)
    }
}
