//! `theriac trial screen`.

use super::Desk;
use crate::output::write_new;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;
use theriac_standards::screening::{Direction, findings_svg};

/// Screen the data for signs of fabrication, and enter the report's hash: leads for a person to look into, never verdicts.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac trial screen --better SYSBP=lower --account data-manager.json\n  theriac trial screen --dry-run --plot leads.svg --account data-manager.json\n\nNext:\n  look at the source documents of what the leads name\n  theriac trial query open"
)]
pub(super) struct Screen {
    /// Which change of an item makes the result look better.
    #[arg(long, value_name = "ITEM=higher|lower", value_parser = direction)]
    better: Vec<(String, Direction)>,
    /// Enter nothing on the ledger.
    #[arg(long)]
    dry_run: bool,
    /// Write a plot of the findings to this file.
    #[arg(long, value_name = "FILE")]
    plot: Option<PathBuf>,
}

impl Screen {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let mut party = desk.party().await?;
        party.sync().await?;
        let (_, report) = party.screen(&self.better)?;
        if let Some(file) = &self.plot {
            write_new(file, findings_svg(&report).as_bytes())?;
        }
        let bytes = serde_json::to_vec(&report)?;
        let number = match self.dry_run {
            true => None,
            false => Some(party.enter_screening(&bytes).await?),
        };
        let leads = report.leads();
        let lines: Vec<_> = leads
            .iter()
            .map(|lead| {
                format!(
                    "LEAD  {}  {}",
                    lead.test.name(),
                    lead.site
                        .as_deref()
                        .map_or("the study".to_owned(), |site| format!("site {site}"))
                )
            })
            .collect();
        let text = match lines.is_empty() {
            true => "no leads".to_owned(),
            false => lines.join("\n"),
        };
        let value = json!({ "number": number, "leads": leads.len(), "report": report });
        desk.output().result(&value, &text)
    }
}

fn direction(text: &str) -> Result<(String, Direction), String> {
    let wrong = "expected ITEM=higher or ITEM=lower";
    match text.split_once('=').ok_or(wrong)? {
        (item, "higher") => Ok((item.to_owned(), Direction::Higher)),
        (item, "lower") => Ok((item.to_owned(), Direction::Lower)),
        _ => Err(wrong.to_owned()),
    }
}
