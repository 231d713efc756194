//! `theriac epcis convert`.

use super::document::{self, Syntax};
use crate::{arguments, cli::Global, output};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use serde_json::json;
use std::{
    fs,
    path::{Path, PathBuf},
};
use theriac_standards::epcis::{
    convert::{
        IdentifierForm, TermForm, change_identifiers, change_terms, envelope_for_json,
        envelope_for_xml, event_for_json, event_for_xml,
    },
    json as json_ld,
    model::Document,
    xml::{self, Edition},
};

/// Write an EPCIS document in another syntax, or with its identifiers in another form.
///
/// What both syntaxes define survives there and back. An EPC URN can be made of a Digital Link only where the company prefix is known:
/// give each with --company-prefix.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac epcis convert shipment.xml --to json > shipment.jsonld\n  theriac epcis convert shipment.jsonld --to xml-1.2 --epcs urn --company-prefix 4012345 --out shipment.xml\n\nNext:\n  theriac epcis validate FILE"
)]
pub(crate) struct Convert {
    /// The document, JSON-LD or XML.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The syntax to write; without it, that of the document.
    #[arg(long, value_enum)]
    to: Option<Target>,
    /// The form of identifiers.
    #[arg(long, value_enum, default_value = "as-they-are")]
    epcs: Form,
    /// The form of words of the Core Business Vocabulary.
    #[arg(long, value_enum, default_value = "as-they-are")]
    words: Form,
    /// A company prefix that is known, 6 to 12 digits; give it several times.
    #[arg(long, value_name = "DIGITS", value_parser = arguments::company_prefix)]
    company_prefix: Vec<String>,
    /// Write to this file instead of standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Target {
    /// JSON-LD of EPCIS 2.0.
    Json,
    /// XML of EPCIS 2.0.
    Xml,
    /// XML of EPCIS 1.2.
    #[value(name = "xml-1.2")]
    XmlOne,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// As they stand in the document.
    AsTheyAre,
    /// Web addresses: GS1 Digital Links, or words at ref.gs1.org.
    Web,
    /// URNs.
    Urn,
}

impl Convert {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let (syntax, mut document) = document::read(&self.file)?;
        for event in &mut document.events {
            change_identifiers(event, self.identifier_form(), |link| {
                prefix_length(link, &self.company_prefix)
            });
            change_terms(event, self.term_form());
        }
        let events = document.events.len();
        let target = self.to.unwrap_or(match syntax {
            Syntax::Json => Target::Json,
            Syntax::Xml => Target::Xml,
        });
        let text = write(document, syntax, target)?;
        self.put(global, &text, events)
    }

    fn put(&self, global: &Global, text: &str, events: usize) -> anyhow::Result<()> {
        let Some(out) = &self.out else {
            return output::print(text);
        };
        save(out, text)?;
        let value = json!({ "file": out, "events": events, "bytes": text.len() });
        let told = format!("{}: {events} events", out.display());
        global.output().result(&value, &told)
    }

    fn identifier_form(&self) -> IdentifierForm {
        match self.epcs {
            Form::AsTheyAre => IdentifierForm::Never,
            Form::Web => IdentifierForm::DigitalLink,
            Form::Urn => IdentifierForm::EpcUrn,
        }
    }

    fn term_form(&self) -> TermForm {
        match self.words {
            Form::AsTheyAre => TermForm::Never,
            Form::Web => TermForm::WebUri,
            Form::Urn => TermForm::Urn,
        }
    }
}

fn write(mut document: Document, from: Syntax, to: Target) -> anyhow::Result<String> {
    let edition = match to {
        Target::Json => {
            if from == Syntax::Xml {
                for event in &mut document.events {
                    event_for_json(event, &document.envelope);
                }
                envelope_for_json(&mut document.envelope);
            }
            return Ok(json_ld::write_document(&document));
        }
        Target::Xml => Edition::Two,
        Target::XmlOne => Edition::One,
    };
    if from == Syntax::Json {
        document.events.iter_mut().for_each(event_for_xml);
    }
    envelope_for_xml(&mut document.envelope, edition);
    xml::write_document(&document, edition).context("cannot be written as XML")
}

fn save(path: &Path, text: &str) -> anyhow::Result<()> {
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The length of the one of these prefixes that the key of a canonical Digital Link begins with. GTIN and SSCC have a digit before it.
fn prefix_length(link: &str, prefixes: &[String]) -> Option<usize> {
    let path = link.strip_prefix("https://id.gs1.org/")?;
    let (ai, rest) = path.split_once('/')?;
    let key = match ai {
        "00" | "01" | "8006" => rest.get(1..)?,
        _ => rest,
    };
    let longest = prefixes.iter().filter(|prefix| key.starts_with(*prefix));
    longest.map(String::len).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_company_prefix_is_found_behind_the_indicator_and_nowhere_else() {
        let prefixes = ["4012345".to_owned(), "40123456".to_owned()];
        let of = |link: &str| prefix_length(link, &prefixes);
        assert_eq!(of("https://id.gs1.org/01/04012345111118/21/1"), Some(7));
        assert_eq!(of("https://id.gs1.org/00/340123456000000015"), Some(8));
        assert_eq!(of("https://id.gs1.org/414/4012345000009"), Some(7));
        assert_eq!(of("https://id.gs1.org/414/0401234500000"), None);
        assert_eq!(of("https://example.org/01/04012345111118"), None);
    }
}
