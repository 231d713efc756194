//! `theriac trial amend`.

use super::{Desk, form, words};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_contracts::codes::AmendmentReason;
use theriac_gateway::trials::{Amendment, definition::Definition};

/// Amend the study, as its sponsor: a dated entry with a reason, which stands beside what was registered first.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial amend study-2.json --reason safety --text 'fewer blood samples' --account manager.json\n  theriac trial amend study-2.json --outcomes --reason knowledge --text '...' --account manager.json\n\nNext:\n  send the sites the new schedule: theriac trial send --to card.json --out study-2.theriac\n  theriac trial diff"
)]
pub(super) struct Amend {
    /// The new definition of the study.
    #[arg(value_name = "FILE")]
    definition: PathBuf,
    /// The visits of the file take the place of the schedule; earlier visits stay, or lose their forms.
    #[arg(long)]
    schedule: bool,
    /// The outcomes of the file take the place of those before.
    #[arg(long)]
    outcomes: bool,
    /// Why.
    #[arg(long, value_name = "REASON", value_parser = words::amendment_reason())]
    reason: AmendmentReason,
    /// Why, in words; the ledger gets a salted commitment.
    #[arg(long, value_name = "TEXT")]
    text: String,
    /// Everybody is to consent again before anything more is captured of them.
    #[arg(long)]
    renew_consent: bool,
}

impl Amend {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let definition: Definition = form(&self.definition)?;
        definition.check()?;
        let amendment = Amendment {
            protocol: definition.protocol,
            visits: self.schedule.then_some(definition.visits),
            outcomes: self.outcomes.then_some(definition.outcomes),
            reason_code: self.reason.code(),
            reason: self.text,
            renew: self.renew_consent,
        };
        let version = desk.party().await?.amend(&amendment).await?;
        let value = json!({ "version": version, "reason": self.reason.word() });
        desk.output()
            .result(&value, &format!("version {version} of the protocol"))
    }
}
