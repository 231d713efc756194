//! `theriac member propose admit`.

use crate::arguments;
use alloy_primitives::Address;
use clap::Args;
use theriac_contracts::OrganisationKind;
use theriac_sdk::members::Change;

/// Propose to admit an organisation.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose admit \"Corner Pharmacy\" --kind pharmacy --admin 0x... --gas-per-block 20000000 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct Admit {
    /// Its public name, 1 to 64 bytes.
    #[arg(value_name = "NAME")]
    name: String,
    /// What it is.
    #[arg(long, value_parser = arguments::organisation_kind())]
    kind: OrganisationKind,
    /// The account that enrols its people; it must be nobody else's.
    #[arg(long, value_name = "ADDRESS", value_parser = arguments::address)]
    admin: Address,
    /// Gas that its accounts may use together in one block.
    #[arg(long, value_name = "GAS")]
    gas_per_block: u64,
}

impl Admit {
    pub(super) fn change(self) -> Change {
        Change::Admit {
            name: self.name,
            kind: self.kind,
            admin: self.admin,
            gas_per_block: self.gas_per_block,
        }
    }
}
