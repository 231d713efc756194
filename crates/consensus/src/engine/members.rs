//! Who takes part in the next epochs: for now the committee that genesis named.

use commonware_consensus::types::Epoch;
use commonware_glue::dkg::ParticipantsProvider;
use commonware_utils::ordered::Set;
use theriac_ledger::block::{Directory, EpochInfo, PublicKey};

/// The fixed committee of a network.
#[derive(Debug, Clone)]
pub struct Members {
    players: Set<PublicKey>,
    directory: Directory,
}

impl Members {
    /// The committee of epoch zero.
    pub fn of(info: &EpochInfo) -> Self {
        Self {
            players: info.players.clone(),
            directory: info.directory.clone(),
        }
    }
}

impl ParticipantsProvider for Members {
    type PublicKey = PublicKey;
    type Directory = Directory;

    async fn participants(&mut self, _epoch: Epoch) -> Set<PublicKey> {
        self.players.clone()
    }

    async fn directory(&mut self, _epoch: Epoch, _peers: Set<PublicKey>) -> Directory {
        self.directory.clone()
    }
}
