//! `theriac pack count enter`.

use super::{Desk, witness::read};
use clap::Args;
use serde_json::json;
use std::path::PathBuf;

/// Enter a count that the second person witnessed. One that differs opens a discrepancy.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac pack count enter count.json --signed signed.json --account pharmacist.json\n\nNext:\n  a third person, where it differs: theriac pack count explain NUMBER --outcome loss --report report.txt"
)]
pub(in crate::commands::pack) struct Enter {
    /// The count.
    #[arg(value_name = "FILE")]
    count: PathBuf,
    /// The second person's signature.
    #[arg(long, value_name = "FILE")]
    signed: PathBuf,
}

impl Enter {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        let (count, signed) = (read(&self.count)?, read(&self.signed)?);
        let counted = desk.person.client.enter_count(&count, &signed).await?;
        let value = json!({ "equal": counted.discrepancy.is_none(), "discrepancy": counted.discrepancy, "transaction": counted.transaction });
        let text = match counted.discrepancy {
            None => "equal".to_owned(),
            Some(number) => {
                format!("discrepancy {number}, to be explained by a third person within 24 hours")
            }
        };
        desk.output().result(&value, &text)
    }
}
