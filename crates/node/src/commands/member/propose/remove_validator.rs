//! `theriac member propose remove-validator`.

use crate::arguments;
use alloy_primitives::B256;
use clap::Args;
use theriac_sdk::members::Change;

/// Propose to remove a validator.
///
/// Its votes on proposals count no longer at once. Voted out before the middle of an epoch, it votes on blocks for two more epochs: let
/// its node run until it says that its shares are erased. Four validators at least remain.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  theriac member propose remove-validator 0x... --account admin.json\n\nNext:\n  theriac member vote NUMBER yes"
)]
pub(crate) struct RemoveValidator {
    /// Its identity; see theriac member list.
    #[arg(value_name = "IDENTITY", value_parser = arguments::id)]
    identity: B256,
}

impl RemoveValidator {
    pub(super) fn change(self) -> Change {
        Change::RemoveValidator {
            identity: self.identity,
        }
    }
}
