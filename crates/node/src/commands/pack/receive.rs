//! `theriac pack receive`.

use super::{Desk, commission::lines, now_ms};
use crate::output::table;
use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};
use std::{fs, path::PathBuf};
use theriac_gateway::packs::{Partner, Receipt, exception::Exception, exceptions::Reporter};
use theriac_standards::gs1::key::Gtin;

/// Receive a package: check everything in it against the ledger, and put what fits into your book.
///
/// Without --scanned, the content is inferred from the package. With it, what is missing, unexpected or there twice is told. What does not fit is an
/// exception, not an error: it is in your book from then on, and its packs are kept apart.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack receive shipment.theriac --account pharmacy.json\n  theriac pack receive shipment.theriac --scanned scans.txt --report exceptions.json --email goods@pharmacy.example --order P-7 --account pharmacy.json\n\nNext:\n  theriac pack exceptions list\n  theriac pack unpack --all, so that the sender does not see your later moves\n  theriac pack verify SCAN"
)]
pub(super) struct Receive {
    /// The package.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// A file with a scan on each line, of all that is there.
    #[arg(long, value_name = "FILE")]
    scanned: Option<PathBuf>,
    /// How many of a product were ordered; again for each product. More or less is an exception.
    #[arg(long, value_name = "GTIN=COUNT", value_parser = ordered)]
    ordered: Vec<(String, u32)>,
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
        let counted = partner.check_order(&receipt, &self.ordered, now_ms())?;
        self.report(&mut partner, &receipt)?;
        let exceptions: Vec<_> = receipt.exceptions.iter().map(exception).collect();
        let value = json!({
            "shipment": receipt.shipment, "from": { "organisation": receipt.organisation, "gln": receipt.from },
            "packs": receipt.packs.len(), "units": receipt.units, "exceptions": exceptions, "counts": counted.len(),
        });
        let mut text = table([
            ("shipment", receipt.shipment.to_string()),
            (
                "from",
                format!("organisation {}, {}", receipt.organisation, receipt.from),
            ),
            ("packs", receipt.packs.len().to_string()),
            (
                "exceptions",
                (receipt.exceptions.len() + counted.len()).to_string(),
            ),
        ]);
        for one in &receipt.exceptions {
            text.push_str(&format!("\n  {}", line(one)));
        }
        desk.output().result(&value, &text)?;
        let next = match receipt.exceptions.len() + counted.len() {
            0 => "theriac pack unpack --all, so that the sender does not see your later moves",
            _ => "theriac pack exceptions list",
        };
        desk.output().next(next);
        Ok(())
    }

    /// Reports what the receipt opened, where that was asked for.
    fn report(&self, partner: &mut Partner, receipt: &Receipt) -> anyhow::Result<()> {
        let (Some(file), Some(email), Some(order)) = (&self.report, &self.email, &self.order)
        else {
            return Ok(());
        };
        let opened = partner.book().exceptions()?;
        let opened = opened
            .iter()
            .filter(|one| one.found.shipment == Some(receipt.shipment));
        let numbers: Vec<_> = opened.map(|one| one.number).collect();
        if numbers.is_empty() {
            return Ok(());
        }
        let gln = partner.book().owner().gln.clone();
        let reporter = Reporter {
            gln: &gln,
            email,
            order,
            now_ms: now_ms(),
        };
        let reported = partner.report_exceptions(&numbers, &reporter)?;
        crate::output::write_new(file, reported.message.as_bytes())
    }
}

/// A product and how many were ordered: `04012345123456=10`.
fn ordered(text: &str) -> Result<(String, u32), String> {
    let wrong = || "expected GTIN=COUNT".to_owned();
    let (gtin, count) = text.split_once('=').ok_or_else(wrong)?;
    let gtin = Gtin::parse(gtin).map_err(|error| error.to_string())?;
    Ok((
        gtin.as_str().to_owned(),
        count.parse().map_err(|_| wrong())?,
    ))
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
