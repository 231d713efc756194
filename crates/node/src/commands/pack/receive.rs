//! `theriac pack receive`.

use super::{Desk, commission::lines, now_ms};
use crate::output::table;
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use theriac_gateway::packs::{Reporter, exception::Exception, report};

/// Receive a package: check everything in it against the ledger, and put what fits into your book.
///
/// Without --scanned, the content is inferred from the package. With it, what is missing, unexpected or there twice is told. What does not fit is an exception, not an error.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack receive shipment.theriac --account pharmacy.json\n  theriac pack receive shipment.theriac --scanned scans.txt --report exceptions.json --email goods@pharmacy.example --order P-7 --account pharmacy.json\n\nNext:\n  theriac pack unpack --all, so that the sender does not see your later moves\n  theriac pack verify SCAN"
)]
pub(super) struct Receive {
    /// The package.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A file with a scan on each line, of all that is there.
    #[arg(long, value_name = "FILE")]
    scanned: Option<PathBuf>,
    /// Write the exceptions to this file, as the report that trading partners send each other under the DSCSA.
    #[arg(long, value_name = "FILE", requires_all = ["email", "order"])]
    report: Option<PathBuf>,
    /// Where your partner writes back.
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// Number of your order.
    #[arg(long, value_name = "NUMBER")]
    order: Option<String>,
}

impl Receive {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let package =
            fs::read(&self.file).with_context(|| format!("cannot read {}", self.file.display()))?;
        let scanned = self.scanned.as_deref().map(lines).transpose()?;
        let mut partner = desk.beside().await?;
        let progress = desk.output().progress("checking the package");
        let receipt = partner
            .receive(&package, scanned.as_deref(), now_ms())
            .await?;
        drop(progress);
        if let (Some(file), Some(email), Some(order)) = (&self.report, &self.email, &self.order) {
            let reporter = Reporter {
                gln: &partner.book().owner().gln,
                email,
                order,
                now_ms: now_ms(),
            };
            crate::output::write_new(file, report(&receipt, &reporter).as_bytes())?;
        }
        let exceptions: Vec<_> = receipt.exceptions.iter().map(exception).collect();
        let value = json!({
            "shipment": receipt.shipment, "from": { "organisation": receipt.organisation, "gln": receipt.from },
            "packs": receipt.packs.len(), "units": receipt.units, "exceptions": exceptions,
        });
        let mut text = table([
            ("shipment", receipt.shipment.to_string()),
            (
                "from",
                format!("organisation {}, {}", receipt.organisation, receipt.from),
            ),
            ("packs", receipt.packs.len().to_string()),
            ("exceptions", receipt.exceptions.len().to_string()),
        ]);
        for one in &receipt.exceptions {
            text.push_str(&format!("\n  {}", line(one)));
        }
        desk.output().result(&value, &text)?;
        desk.output()
            .next("theriac pack unpack --all, so that the sender does not see your later moves");
        Ok(())
    }
}

fn exception(one: &Exception) -> Value {
    json!({ "code": one.fault.code(), "pack": one.label.map(|label| label.bracketed()), "message": one.fault.to_string() })
}

fn line(one: &Exception) -> String {
    match one.label {
        Some(label) => format!("{}: {}", label.bracketed(), one.fault),
        None => one.fault.to_string(),
    }
}
