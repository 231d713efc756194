//! `theriac pack exceptions report`.

use super::{Desk, Sender};
use crate::output::write_new;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Report exceptions to the partner who sent the goods, as one case: a message of the Partnership for DSCSA Governance.
///
/// Without numbers, all that are opened are reported. What was reported before is reported again under its case. With --closed, the message says that
/// the case is at its end.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack exceptions report --out report.json --email goods@pharmacy.example --order P-7 --account pharmacist.json\n  theriac pack exceptions report 3 4 --out report.json --email goods@pharmacy.example --order P-7 --account pharmacist.json\n\nNext:\n  send report.json to the partner\n  theriac pack exceptions answer response.json"
)]
pub(in crate::commands::pack) struct Report {
    /// Numbers of exceptions.
    #[arg(value_name = "NUMBER", conflicts_with = "closed")]
    numbers: Vec<i64>,
    /// The case that is at its end.
    #[arg(long, value_name = "CASE")]
    closed: Option<String>,
    #[command(flatten)]
    sender: Sender,
    /// Where to write the message.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Report {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut partner = desk.offline()?;
        let gln = partner.book().owner().gln.clone();
        let reporter = self.sender.reporter(&gln);
        let (case, message) = match self.closed {
            Some(case) => {
                let message = partner.closing_report(&case, &reporter)?;
                (case, message)
            }
            None => {
                let numbers = match self.numbers.is_empty() {
                    true => opened(&partner)?,
                    false => self.numbers,
                };
                let reported = partner.report_exceptions(&numbers, &reporter)?;
                (reported.case, reported.message)
            }
        };
        write_new(&self.out, message.as_bytes())?;
        let value = json!({ "case": case, "file": self.out });
        desk.output().result(&value, &format!("case {case}"))
    }
}

fn opened(partner: &theriac_gateway::packs::Partner) -> anyhow::Result<Vec<i64>> {
    let all = partner.book().exceptions()?;
    let opened = all
        .iter()
        .filter(|one| one.case.is_none() && !one.state.is_final());
    Ok(opened.map(|one| one.number).collect())
}
