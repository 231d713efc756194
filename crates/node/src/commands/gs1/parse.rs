//! `theriac gs1 parse`.

use crate::{arguments, cli::Global, output::table};
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use theriac_standards::gs1::{
    digital_link::{CANONICAL_STEM, DigitalLink},
    element_string::ElementString,
    epc::{Epc, PrefixLength},
    pack_label::PackLabel,
    scan::{Repair, Scan, Symbology, repair},
};

/// Say what a barcode says, part by part.
///
/// TEXT is what a scanner sent or typed (with or without a symbology identifier such as ]d2), an element string in brackets, or a GS1
/// Digital Link. What a wrongly set keyboard or scanner did to it is undone where it can only mean one thing, and told; else it is refused.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac gs1 parse '(01)07612345678900(17)281200(10)ABC(21)XYZ12345'\n  theriac gs1 parse 'https://id.gs1.org/01/07612345678900/10/ABC/21/XYZ12345?17=281200' --json\n  theriac gs1 parse '(01)07612345678900(21)XYZ12345' --prefix-length 7\n\nNext:\n  events of a pack in a document: theriac epcis validate FILE"
)]
pub(crate) struct Parse {
    /// The barcode's content.
    #[arg(value_name = "TEXT")]
    text: String,
    /// Digits of the company prefix, where they are known: then the EPC URN is told as well.
    #[arg(long, value_name = "DIGITS", value_parser = arguments::prefix_length)]
    prefix_length: Option<PrefixLength>,
}

/// The elements of a text, and how they were read.
struct Reading {
    symbology: Option<Symbology>,
    elements: ElementString<'static>,
    repairs: Vec<Repair>,
}

impl Parse {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let Reading {
            symbology,
            elements,
            repairs,
        } = read(&self.text)?;
        elements
            .check_associations()
            .context("the elements do not go together")?;
        let repairs: Vec<String> = repairs.iter().map(told).collect();
        let link = DigitalLink::new(CANONICAL_STEM, &elements).ok();
        let link = link.map(|link| link.to_canonical_uri());
        let epc = self
            .prefix_length
            .map(|length| Epc::new(&elements, length))
            .transpose()
            .context("no EPC with a company prefix of this length")?
            .map(|epc| epc.to_urn());
        let label = PackLabel::from_elements(&elements).ok();
        let value = json!({
            "symbology": symbology.map(Symbology::identifier), "elements": listed(&elements), "bracketed": elements.to_bracketed(),
            "digitalLink": link, "epc": epc, "isPack": label.is_some(), "repairs": repairs,
        });
        let mut rows: Vec<(&str, String)> = Vec::new();
        rows.extend(symbology.map(|symbology| ("symbology", symbology.identifier().to_owned())));
        rows.extend(elements.elements().iter().map(|element| {
            let title = element.entry().title.unwrap_or_default();
            let text = format!("({}) {}  {title}", element.ai(), element.value());
            ("element", text.trim_end().to_owned())
        }));
        rows.extend(link.map(|link| ("link", link)));
        rows.extend(epc.map(|epc| ("EPC", epc)));
        rows.extend(repairs.into_iter().map(|repair| ("repaired", repair)));
        global.output().result(&value, &table(rows))
    }
}

fn read(text: &str) -> anyhow::Result<Reading> {
    let is_link = ["http://", "https://"]
        .iter()
        .any(|scheme| text.to_ascii_lowercase().starts_with(scheme));
    let elements = match (is_link, text.starts_with('(')) {
        (true, _) => DigitalLink::parse(text)
            .context("cannot read the Digital Link")?
            .elements()
            .clone(),
        (false, true) => ElementString::parse_bracketed(text)
            .context("cannot read the elements")?
            .into_owned(),
        (false, false) => return scanned(text),
    };
    Ok(Reading {
        symbology: None,
        elements,
        repairs: Vec::new(),
    })
}

/// A scan as it is, or with what was done to it undone.
fn scanned(text: &str) -> anyhow::Result<Reading> {
    let repaired = repair(text).map_err(|refused| match Scan::parse(text) {
        Err(error) if Symbology::strip(text).is_some() => {
            anyhow::Error::new(error).context("cannot read the scan")
        }
        Ok(_) | Err(_) => anyhow::Error::new(refused).context("cannot read the scan"),
    })?;
    Ok(Reading {
        symbology: repaired.symbology,
        elements: repaired.elements,
        repairs: repaired.repairs,
    })
}

fn listed(elements: &ElementString<'_>) -> Vec<Value> {
    let elements = elements.elements().iter();
    elements
        .map(|element| {
            let (ai, title) = (element.ai().to_string(), element.entry().title);
            json!({ "ai": ai, "title": title, "value": element.value() })
        })
        .collect()
}

fn told(repair: &Repair) -> String {
    match repair {
        Repair::Prefix { characters } => format!("{characters} characters before the data"),
        Repair::Suffix { characters } => format!("{characters} characters after the data"),
        Repair::KeyboardLayout { names } => format!(
            "typed through the keyboard layout {}: set scanner and computer to the same one",
            names.join(" or ")
        ),
        Repair::CapsLock => "Caps Lock was on".to_owned(),
        Repair::SeparatorReplaced { by } => {
            format!("the separator FNC1 came as {by:?}: set the scanner to send GS")
        }
        Repair::SeparatorMissing { count } => {
            format!("{count} separators FNC1 were lost: set the scanner to send GS")
        }
    }
}
