//! `theriac member propose quota`.

use clap::Args;
use theriac_sdk::members::Change;

/// Propose another quota for an organisation.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose quota 2 --gas-per-block 80000000 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct Quota {
    /// The organisation.
    #[arg(value_name = "ORGANISATION")]
    organisation: u32,
    /// Gas that its accounts may use together in one block.
    #[arg(long, value_name = "GAS")]
    gas_per_block: u64,
}

impl Quota {
    pub(super) fn change(self) -> Change {
        Change::Quota {
            organisation: self.organisation,
            gas_per_block: self.gas_per_block,
        }
    }
}
