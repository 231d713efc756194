//! The network's public file: its charter and the key that its members made.

use std::{
    io,
    path::{Path, PathBuf},
};

use alloy_primitives::B256;
use commonware_codec::{Copying, Decode as _, Encode as _};
use commonware_consensus::types::Epoch;
use commonware_cryptography::{Hasher as _, Sha256};
use commonware_utils::ordered::Set;
use serde::{Deserialize, Serialize};
use theriac_ledger::block::{EpochInfo, MAX_PARTICIPANTS, supported_mode};
use thiserror::Error;

use super::{Charter, CharterError, charter::SIZE_MAX, text, transport};
use crate::chain::{Chain, Execution, Pacing};

const VERSION: u32 = 1;
const DIGEST_DOMAIN: &[u8] = b"theriac/network/v1";

/// All that a newcomer needs to know of a network; the same at every member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Network {
    /// What the founders agreed on.
    pub charter: Charter,
    /// The first epoch: committee, public polynomial, addresses.
    pub epoch_zero: EpochInfo,
}

/// The file does not describe a network.
#[derive(Debug, Error)]
pub enum NetworkError {
    /// The file system refused.
    #[error("network file {path}: {source}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
    /// Too long to be read.
    #[error("expected a network file of at most {SIZE_MAX} bytes, got {0}")]
    Size(usize),
    /// Not the JSON of a network.
    #[error("not a network file: {0}")]
    Syntax(#[source] serde_json::Error),
    /// Written by another release.
    #[error("expected version {VERSION} of a network file, got {0}")]
    Version(u32),
    /// The charter in it is none.
    #[error("the network's charter cannot be used: {0}")]
    Charter(#[from] CharterError),
    /// The bytes of epoch zero are no epoch.
    #[error("epochZero is not an epoch of this release: {0}")]
    Epoch(#[source] commonware_codec::Error),
    /// Two parts of the file contradict each other.
    #[error("{0} of the network file does not fit the charter")]
    Contradiction(&'static str),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Document {
    version: u32,
    /// Base namespace of consensus signatures, in words for people; it follows from the chain id.
    #[serde(with = "text::bytes")]
    namespace: Vec<u8>,
    /// The one public key of the network, 96 bytes compressed.
    #[serde(with = "text::bytes")]
    group_key: Vec<u8>,
    #[serde(with = "text::bytes")]
    epoch_zero: Vec<u8>,
    charter: Charter,
}

impl Network {
    /// Joins a charter and the result of its ceremony.
    ///
    /// # Errors
    /// [`NetworkError::Contradiction`] where the ceremony was that of another charter.
    pub fn new(charter: Charter, epoch_zero: EpochInfo) -> Result<Self, NetworkError> {
        let network = Self {
            charter,
            epoch_zero,
        };
        network.check()?;
        Ok(network)
    }

    /// Reads and checks the JSON of a network.
    ///
    /// # Errors
    /// [`NetworkError`], all but [`NetworkError::Disk`].
    pub fn parse(json: &[u8]) -> Result<Self, NetworkError> {
        if json.len() > SIZE_MAX {
            return Err(NetworkError::Size(json.len()));
        }
        let document: Document = serde_json::from_slice(json).map_err(NetworkError::Syntax)?;
        if document.version != VERSION {
            return Err(NetworkError::Version(document.version));
        }
        document.charter.check()?;
        let bounds = (MAX_PARTICIPANTS, supported_mode());
        let epoch_zero = EpochInfo::decode_cfg(Copying(&document.epoch_zero), &bounds)
            .map_err(NetworkError::Epoch)?;
        let network = Self::new(document.charter, epoch_zero)?;
        if document.namespace != Chain::namespace(network.charter.chain_id) {
            return Err(NetworkError::Contradiction("namespace"));
        }
        if document.group_key != network.group_key() {
            return Err(NetworkError::Contradiction("groupKey"));
        }
        Ok(network)
    }

    /// Reads the file at `path`.
    ///
    /// # Errors
    /// [`NetworkError`].
    pub fn read(path: &Path) -> Result<Self, NetworkError> {
        let json = std::fs::read(path).map_err(|source| NetworkError::Disk {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&json)
    }

    /// Writes the file at `path`.
    ///
    /// # Errors
    /// [`NetworkError::Disk`].
    pub fn write(&self, path: &Path) -> Result<(), NetworkError> {
        std::fs::write(path, self.to_json()).map_err(|source| NetworkError::Disk {
            path: path.to_owned(),
            source,
        })
    }

    /// The file, for people to read.
    pub fn to_json(&self) -> String {
        let mut json =
            serde_json::to_string_pretty(&self.document()).expect("a network is numbers and text");
        json.push('\n');
        json
    }

    /// Names the network: SHA-256 over a domain and its JSON without spaces; the genesis block carries it.
    pub fn digest(&self) -> [u8; 32] {
        let json = serde_json::to_vec(&self.document()).expect("a network is numbers and text");
        Sha256::hash(&[DIGEST_DOMAIN, &json]).0
    }

    /// The one public key of the network: 96 bytes, a compressed point of G2.
    pub fn group_key(&self) -> Vec<u8> {
        self.epoch_zero.output.public().public().encode().to_vec()
    }

    /// The network as the engine takes it.
    pub fn chain(&self) -> Chain {
        let parameters = &self.charter.parameters;
        Chain {
            spec: theriac_execution::ChainSpec {
                chain_id: self.charter.chain_id,
                block_gas_limit: parameters.block_gas_limit,
                transaction_gas_cap: parameters.transaction_gas_cap,
                max_transaction_bytes: parameters.transaction_bytes as usize,
            },
            execution: Execution::Full,
            members: self.charter.members(),
            limits: theriac_ledger::Limits {
                transactions_bytes: parameters.block_bytes as usize,
                transactions: parameters.block_transactions as usize,
                transaction_bytes: parameters.transaction_bytes as usize,
            },
            pacing: Pacing {
                busy_ms: parameters.busy_ms,
                idle_ms: parameters.idle_ms,
            },
            blocks_per_epoch: self.charter.epoch_blocks,
            epoch_zero: self.epoch_zero.clone(),
            genesis_time_ms: self.charter.genesis_time_ms,
            digest: B256::from(self.digest()),
            namespace: Chain::namespace(self.charter.chain_id),
        }
    }

    fn document(&self) -> Document {
        Document {
            version: VERSION,
            namespace: Chain::namespace(self.charter.chain_id),
            group_key: self.group_key(),
            epoch_zero: self.epoch_zero.encode().to_vec(),
            charter: self.charter.clone(),
        }
    }

    fn check(&self) -> Result<(), NetworkError> {
        let participants = self.charter.participants();
        let committee = Set::from_iter_dedup(participants.keys().cloned());
        let info = &self.epoch_zero;
        let conditions = [
            ("the epoch's number", info.epoch == Epoch::zero()),
            (
                "the committee",
                *info.output.players() == committee && info.players == committee,
            ),
            ("the next committee", info.next_players == committee),
            (
                "the directory",
                info.directory == transport::directory(&participants),
            ),
        ];
        match conditions.iter().find(|(_, holds)| !holds) {
            Some((part, _)) => Err(NetworkError::Contradiction(part)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests;
