//! `theriac trial correct`.

use super::{Desk, words};
use clap::Args;
use serde_json::json;
use theriac_contracts::codes::CorrectionReason;
use theriac_evidence::trial::ItemKind;
use theriac_gateway::trials::NewCorrection;

/// Correct items of a form, with a reason; the earlier versions stay in the book and on the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial correct 01-701-1015 --visit BASELINE --form VS SYSBP=118 --reason transcription --account coordinator.json\n  theriac trial correct 01-701-1015 --visit BASELINE --form VS --null 'PULSE=NASK device broken' --reason source --account coordinator.json\n\nNext:\n  the investigator signs again: theriac trial sign"
)]
pub(super) struct Correct {
    /// The subject, by slot or label.
    #[arg(value_name = "SUBJECT")]
    subject: String,
    /// The visit.
    #[arg(long, value_name = "VISIT")]
    visit: String,
    /// The form.
    #[arg(long, value_name = "FORM")]
    form: String,
    /// New values.
    #[arg(value_name = "ITEM=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// Items that have no value: the null flavour, a space and the reason.
    #[arg(long, value_name = "ITEM=FLAVOUR REASON", value_parser = pair)]
    null: Vec<(String, String)>,
    /// Items that are removed.
    #[arg(long, value_name = "ITEM")]
    remove: Vec<String>,
    /// Why.
    #[arg(long, value_name = "REASON", value_parser = words::correction_reason())]
    reason: CorrectionReason,
    /// Why, in words; it is part of what the ledger commits to.
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    text: String,
}

impl Correct {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let slot = party.slot(&self.subject)?;
        let cell = party.schedule()?.cell(&self.visit, &self.form)?;
        let with = |kind| move |(item, value): (String, String)| (item, kind, value);
        let removed = self.remove.into_iter();
        let items = self.values.into_iter().map(with(ItemKind::Value));
        let items = items.chain(self.null.into_iter().map(with(ItemKind::Null)));
        let items = items.chain(removed.map(|item| (item, ItemKind::Removed, String::new())));
        let correction = NewCorrection {
            slot,
            cell,
            items: items.collect(),
            reason_code: self.reason.code(),
            reason: self.text,
            observed: 0,
        };
        let entered = party.correct(&[correction]).await?;
        let entry = entered.first().map(|logged| logged.entry.number);
        let value =
            json!({ "subject": slot, "cell": cell, "entry": entry, "reason": self.reason.word() });
        desk.output()
            .result(&value, &format!("subject {slot}, cell {cell} corrected"))
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (item, value) = text.split_once('=').ok_or("expected ITEM=VALUE")?;
    Ok((item.to_owned(), value.to_owned()))
}
