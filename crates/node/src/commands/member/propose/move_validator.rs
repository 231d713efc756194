//! `theriac member propose move-validator`.

use crate::arguments;
use alloy_primitives::B256;
use clap::Args;
use std::net::SocketAddr;
use theriac_sdk::members::Change;

/// Propose to reach a validator at another address.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose move-validator 0x... --location 203.0.113.8:9000 --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct MoveValidator {
    /// Its identity; see theriac member list.
    #[arg(value_name = "IDENTITY", value_parser = arguments::id)]
    identity: B256,
    /// Where the other validators reach it then, as IP:PORT.
    #[arg(long, value_name = "ADDRESS")]
    location: SocketAddr,
}

impl MoveValidator {
    pub(super) fn change(self) -> Change {
        Change::MoveValidator {
            identity: self.identity,
            location: self.location.to_string(),
        }
    }
}
