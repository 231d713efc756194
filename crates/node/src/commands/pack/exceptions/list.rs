//! `theriac pack exceptions list`.

use super::Desk;
use clap::Args;
use serde_json::json;

/// List what does not fit, and how far it is.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack exceptions list --account pharmacist.json\n  theriac pack exceptions list --all --account pharmacist.json\n\nNext:\n  theriac pack exceptions report NUMBER... --out report.json --email goods@pharmacy.example --order P-7"
)]
pub(in crate::commands::pack) struct List {
    /// Those that are at their end, too.
    #[arg(long)]
    all: bool,
}

impl List {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let partner = desk.offline()?;
        let mut exceptions = partner.book().exceptions()?;
        exceptions.retain(|one| self.all || !one.state.is_final());
        let values = exceptions.iter().map(|one| {
            json!({
                "number": one.number, "kind": one.found.subject.word(), "what": one.found.subject.text(), "state": one.state.word(),
                "organisation": one.found.organisation, "gln": one.found.gln, "shipment": one.found.shipment, "case": one.case,
                "answer": one.answer, "outcome": one.outcome.map(|outcome| outcome.word()),
            })
        });
        let lines = exceptions.iter().map(|one| {
            let found = &one.found;
            let answer = one
                .answer
                .as_ref()
                .map_or(String::new(), |answer| format!("\n      {answer}"));
            format!(
                "{:>4}  {:9}  {}: {}{answer}",
                one.number,
                one.state.word(),
                found.subject.word(),
                found.subject.text()
            )
        });
        let text = match exceptions.is_empty() {
            true => "nothing is open".to_owned(),
            false => lines.collect::<Vec<_>>().join("\n"),
        };
        desk.output()
            .result(&json!({ "exceptions": values.collect::<Vec<_>>() }), &text)
    }
}
