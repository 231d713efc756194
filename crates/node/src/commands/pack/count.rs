//! `theriac pack count`: cabinets of controlled medicines.

mod enter;
mod explain;
mod open;
mod prepare;
mod record;
mod witness;

use super::Desk;
use clap::Subcommand;

/// Keep cabinets of controlled medicines: the ledger balances them without learning how many.
///
/// What comes in and goes out is recorded as commitments. Two people count; a count that differs must be explained by a third within 24 hours.
#[derive(Debug, Subcommand)]
pub(super) enum Count {
    Open(open::Open),
    Record(record::Record),
    Prepare(prepare::Prepare),
    Witness(witness::Witness),
    Enter(enter::Enter),
    Explain(explain::Explain),
}

impl Count {
    pub(super) async fn run(self, desk: &Desk) -> anyhow::Result<()> {
        match self {
            Self::Open(open) => open.run(desk).await,
            Self::Record(record) => record.run(desk).await,
            Self::Prepare(prepare) => prepare.run(desk),
            Self::Witness(witness) => witness.run(desk).await,
            Self::Enter(enter) => enter.run(desk).await,
            Self::Explain(explain) => explain.run(desk).await,
        }
    }
}
