//! `theriac pack count prepare`.

use super::Desk;
use crate::{arguments, output::write_new};
use alloy_primitives::B256;
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Write down a count: a file that the second person witnesses. Nothing is asked of the ledger.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack count prepare --cabinet 0x... --gtin 04012345123456 --counted 48 --out count.json --account pharmacist.json\n\nNext:\n  the second person: theriac pack count witness count.json --out signed.json"
)]
pub(in crate::commands::pack) struct Prepare {
    /// The cabinet.
    #[arg(long, value_name = "ID", value_parser = arguments::id)]
    cabinet: B256,
    /// The product.
    #[arg(long, value_name = "GTIN")]
    gtin: String,
    /// How many there are.
    #[arg(long, value_name = "COUNT")]
    counted: i64,
    /// Where to write the count.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Prepare {
    pub(super) fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let count = desk
            .offline()?
            .prepare_count(self.cabinet, &self.gtin, self.counted)?;
        write_new(&self.out, serde_json::to_string(&count)?.as_bytes())?;
        let is_equal = !count.proof.is_zero();
        let value = json!({ "file": self.out, "equal": is_equal });
        let text = match is_equal {
            true => "the count is what the book says",
            false => "THE COUNT DIFFERS from the book: entering it opens a discrepancy",
        };
        desk.output().result(&value, text)
    }
}
