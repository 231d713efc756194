//! `theriac trial sign`.

use super::{Desk, now_ms, second_key, words};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_contracts::codes::Meaning;
use theriac_gateway::trials::Signing;

/// Sign data as they stand, with your account and your second key: printed name, time and meaning are bound to them.
///
/// A signature over data that changed meanwhile is refused; one that stands becomes stale, visibly, when the data change.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial sign --subject 01-701-1015 --meaning responsibility --name 'A. Person' --factor factor.json --account investigator.json\n  theriac trial sign --subject all --meaning responsibility --name 'A. Person' --factor factor.json --account investigator.json\n  theriac trial sign --study --meaning approval --name 'A. Person' --factor factor.json --account manager.json\n\nNext:\n  the data manager: theriac trial lock"
)]
pub(super) struct Sign {
    #[command(flatten)]
    what: What,
    /// What the signature means.
    #[arg(long, value_name = "MEANING", value_parser = words::meaning())]
    meaning: Meaning,
    /// Your name as it is printed; the ledger gets a salted commitment.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// The keystore file of your second key.
    #[arg(long, value_name = "FILE")]
    factor: PathBuf,
    /// A file whose first line is its password.
    #[arg(long, value_name = "FILE")]
    factor_password_file: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct What {
    /// A subject, by slot or label, or `all` whose data lack a signature.
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// A site.
    #[arg(long, value_name = "NUMBER")]
    site: Option<u16>,
    /// The study.
    #[arg(long)]
    study: bool,
}

impl Sign {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let factor = second_key(&self.factor, self.factor_password_file.as_deref(), desk)?;
        let mut party = desk.party().await?;
        party.sync().await?;
        let signings = match (&self.what.subject, self.what.site) {
            (Some(subject), _) if subject == "all" => {
                let own: Vec<u32> = party
                    .book()
                    .subjects()?
                    .iter()
                    .map(|one| one.slot)
                    .collect();
                let records = party.records().await?;
                let unsigned = records
                    .iter()
                    .filter(|one| one.unsigned == 1 && own.contains(&one.slot));
                unsigned.map(|one| Signing::Subject(one.slot)).collect()
            }
            (Some(subject), _) => vec![Signing::Subject(party.slot(subject)?)],
            (None, Some(site)) => vec![Signing::Site(site)],
            (None, None) => vec![Signing::Study],
        };
        let mut entries = Vec::new();
        for signing in signings {
            let entered = party
                .sign(signing, (self.meaning, &self.name), (&factor, now_ms()))
                .await?;
            entries.extend(entered.iter().map(|logged| logged.entry.number));
        }
        let value = json!({ "signatures": entries, "meaning": self.meaning.word() });
        desk.output().result(
            &value,
            &format!("{} signatures: {}", entries.len(), self.meaning),
        )
    }
}
