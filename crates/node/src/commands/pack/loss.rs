//! `theriac pack loss`: reports of theft and loss of controlled medicines.

mod commit;
mod report;

use super::Desk;
use clap::Subcommand;

/// Report theft and loss of controlled medicines with the fields of DEA Form 106, as data; the ledger gets a salted commitment alone.
///
/// What only people know (registrant, police, circumstances, names and strengths of the products) comes from a file of yours, theriac-loss-facts/1;
/// docs/protocol/packages.md lists its fields.
#[derive(Debug, Subcommand)]
pub(super) enum Loss {
    Report(report::Report),
    Commit(commit::Commit),
}

impl Loss {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::Report(report) => report.run(desk).await,
            Self::Commit(commit) => commit.run(desk).await,
        }
    }
}
