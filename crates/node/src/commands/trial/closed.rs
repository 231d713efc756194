//! `theriac trial closed`.

use super::{Desk, form};
use crate::output::write_new;
use clap::{Args, Subcommand};
use serde_json::json;
use std::path::PathBuf;
use theriac_gateway::{book::Form as _, trials::ClosedForm};

/// Enter forms whose content tells the arm, such as doses: closed by who sees allocations, captured by a site that cannot read them, alike in all arms.
#[derive(Debug, Subcommand)]
pub(super) enum Closed {
    Make(Make),
    Capture(Capture),
    Give(Give),
    Open(Open),
}

/// Close the items of a form, as a trial pharmacist or unblinded statistician: for an arm that has none of them, close a form without items.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial closed make 3 --visit DOSING --form EX --item DOSE='54 mg' --out closed.json --account pharmacist.json\n  theriac trial closed make 4 --visit DOSING --form EX --out closed.json --account pharmacist.json\n\nNext:\n  the site: theriac trial closed capture closed.json"
)]
pub(super) struct Make {
    /// The slot of the subject.
    #[arg(value_name = "SLOT")]
    slot: u32,
    /// The visit.
    #[arg(long, value_name = "VISIT")]
    visit: String,
    /// The form.
    #[arg(long, value_name = "FORM")]
    form: String,
    /// An item and its value; several times for several.
    #[arg(long = "item", value_name = "OID=VALUE", value_parser = item)]
    items: Vec<(String, String)>,
    /// The closed form for the site.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Capture closed forms, as the site.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial closed capture closed.json --account coordinator.json\n\nNext:\n  theriac trial status"
)]
pub(super) struct Capture {
    /// Closed forms.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

/// Write a closed form of your book into a file, for who may open it.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial closed give 01-701-1015 --visit DOSING --form EX --out closed.json\n\nNext:\n  theriac trial closed open closed.json --account pharmacist.json"
)]
pub(super) struct Give {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The visit.
    #[arg(long, value_name = "VISIT")]
    visit: String,
    /// The form.
    #[arg(long, value_name = "FORM")]
    form: String,
    /// The closed form.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Open a closed form, as one of those for whom it was closed.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac trial closed open closed.json --account pharmacist.json\n\nNext:\n  theriac trial randomise show SLOT --list 1"
)]
pub(super) struct Open {
    /// The closed form.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

impl Closed {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::Make(make) => make.run(desk).await,
            Self::Capture(capture) => capture.run(desk).await,
            Self::Give(give) => give.run(desk).await,
            Self::Open(open) => open.run(desk).await,
        }
    }
}

impl Make {
    async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        let cell = party.schedule()?.cell(&self.visit, &self.form)?;
        let closed = party.close_form((self.slot, cell), &self.items).await?;
        write_new(&self.out, closed.to_json().as_bytes())?;
        let value = json!({ "subject": self.slot, "cell": cell, "file": self.out });
        let text = format!("closed  {}", self.out.display());
        desk.output().result(&value, &text)
    }
}

impl Capture {
    async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let closed = self.files.iter().map(|file| form::<ClosedForm>(file));
        let closed = closed.collect::<anyhow::Result<Vec<_>>>()?;
        party.capture_closed(&closed).await?;
        let value = json!({ "captured": closed.len() });
        let text = format!("{} forms captured", closed.len());
        desk.output().result(&value, &text)
    }
}

impl Give {
    async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let party = desk.party().await?;
        let cell = party.schedule()?.cell(&self.visit, &self.form)?;
        let closed = party.closed_form(party.slot(&self.subject)?, cell)?;
        write_new(&self.out, closed.to_json().as_bytes())?;
        let value = json!({ "subject": closed.slot, "cell": cell, "file": self.out });
        desk.output()
            .result(&value, &format!("written  {}", self.out.display()))
    }
}

impl Open {
    async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let closed: ClosedForm = form(&self.file)?;
        let party = desk.party().await?;
        let items = party.open_closed(&closed).await?;
        let lines: Vec<_> = items
            .iter()
            .map(|(oid, value)| format!("{oid}  {value}"))
            .collect();
        let items: Vec<_> = items
            .iter()
            .map(|(oid, value)| json!({ "item": oid, "value": value }))
            .collect();
        let value = json!({ "subject": closed.slot, "cell": closed.cell, "items": items });
        let text = match lines.is_empty() {
            true => "no items".to_owned(),
            false => lines.join("\n"),
        };
        desk.output().result(&value, &text)
    }
}

fn item(text: &str) -> Result<(String, String), String> {
    let (oid, value) = text.split_once('=').ok_or("expected OID=VALUE")?;
    Ok((oid.to_owned(), value.to_owned()))
}
