//! `theriac pack simulate`.

mod rates;
mod write;

use crate::cli::Global;
use clap::Args;
use rates::RateArgs;
use serde_json::json;
use std::path::PathBuf;
use theriac_standards::supply::{Counts, Parameters};

/// Make up a supply of medicines: the papers of each party, what scanners read, and what is really true.
///
/// No node, account or book is needed. The same numbers give the same bytes everywhere. The folder gets an EPCIS 2.0 document for each party
/// (`maker-1.jsonld`, ...), which a gateway captures; `scans.csv` with what arrived from scanners; and `truth.json` with every fraud and every
/// garbled scan. Rates are percentages; 0 leaves a thing out.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  theriac pack simulate --seed 7 --out supply\n  theriac pack simulate --seed 7 --lots 40 --packs 5000 --pharmacies 60 --clones 0.5 --faults 2 --out large\n\nNext:\n  theriac epcis validate supply/wholesaler-1.jsonld"
)]
pub(super) struct Simulate {
    /// Other seeds give other supplies.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Lots.
    #[arg(long, value_name = "N", default_value_t = Counts::default().lots)]
    lots: u64,
    /// Packs of each lot.
    #[arg(long, value_name = "N", default_value_t = Counts::default().packs)]
    packs: u64,
    /// Packs of a case.
    #[arg(long, value_name = "N", default_value_t = Counts::default().packs_per_case)]
    packs_per_case: u64,
    /// Cases of a pallet.
    #[arg(long, value_name = "N", default_value_t = Counts::default().cases_per_pallet)]
    cases_per_pallet: u64,
    /// Packs of a tote.
    #[arg(long, value_name = "N", default_value_t = Counts::default().packs_per_tote)]
    packs_per_tote: u64,
    /// Manufacturers.
    #[arg(long, value_name = "N", default_value_t = Counts::default().makers)]
    makers: u64,
    /// Wholesalers, two at least.
    #[arg(long, value_name = "N", default_value_t = Counts::default().wholesalers)]
    wholesalers: u64,
    /// Pharmacies, two at least.
    #[arg(long, value_name = "N", default_value_t = Counts::default().pharmacies)]
    pharmacies: u64,
    /// Hospitals.
    #[arg(long, value_name = "N", default_value_t = Counts::default().hospitals)]
    hospitals: u64,
    #[command(flatten)]
    rates: RateArgs,
    /// The folder to write into; files that are there are not overwritten.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Simulate {
    pub(super) fn run(self, global: &Global) -> anyhow::Result<()> {
        let progress = global.output().progress("making up a supply");
        let written = write::write(&self.out, self.parameters())?;
        drop(progress);
        let value = json!({
            "events": written.events, "scans": written.scans, "garbled": written.garbled, "frauds": written.frauds,
            "documents": written.documents,
        });
        let rows = [
            ("events", written.events.to_string()),
            ("documents", written.documents.len().to_string()),
            ("scans", written.scans.to_string()),
            ("garbled", written.garbled.to_string()),
            ("frauds", written.frauds.to_string()),
        ];
        global
            .output()
            .result(&value, &crate::output::table(rows))?;
        global.output().next(&format!(
            "theriac epcis validate {}",
            self.out.join("wholesaler-1.jsonld").display()
        ));
        Ok(())
    }

    fn parameters(&self) -> Parameters {
        Parameters {
            counts: Counts {
                lots: self.lots,
                packs: self.packs,
                packs_per_case: self.packs_per_case,
                cases_per_pallet: self.cases_per_pallet,
                packs_per_tote: self.packs_per_tote,
                makers: self.makers,
                wholesalers: self.wholesalers,
                pharmacies: self.pharmacies,
                hospitals: self.hospitals,
            },
            rates: self.rates.rates(),
            ..Parameters::new(self.seed)
        }
    }
}
