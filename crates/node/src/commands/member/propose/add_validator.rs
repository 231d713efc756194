//! `theriac member propose add-validator`.

use crate::arguments;
use alloy_primitives::B256;
use clap::Args;
use std::net::SocketAddr;
use theriac_sdk::members::Change;

/// Propose to add a validator of an organisation.
///
/// Voted in before the middle of an epoch, it holds a share and votes from the third epoch after it on. Its node fetches the state and
/// should run from the vote on, so that its share is dealt to it in private.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose add-validator 0x... --organisation 5 --location 203.0.113.7:9000 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct AddValidator {
    /// The identity that theriac genesis identity printed for its node.
    #[arg(value_name = "IDENTITY", value_parser = arguments::id)]
    identity: B256,
    /// The organisation that runs it.
    #[arg(long, value_name = "NUMBER")]
    organisation: u32,
    /// Where the other validators reach it, as IP:PORT.
    #[arg(long, value_name = "ADDRESS")]
    location: SocketAddr,
}

impl AddValidator {
    pub(super) fn change(self) -> Change {
        Change::AddValidator {
            identity: self.identity,
            organisation: self.organisation,
            location: self.location.to_string(),
        }
    }
}
