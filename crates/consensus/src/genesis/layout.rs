//! Where a node keeps its files.

use std::path::{Path, PathBuf};

/// A node's directory:
///
/// ```text
/// node.json      identity key and listening addresses, mode 0600
/// network.json   the network, public
/// secrets/       shares of the key, mode 0700, never in a backup
/// storage/       the engine's journals, blocks and state
/// vault/         ciphertext by content id
/// bucket.json    where there is one: the bucket that keeps the vault's finished files instead
/// double-votes/  proofs of validators that voted twice, to be shown to the other members
/// index.redb     blocks, receipts and logs, rebuilt when absent
/// ceremony/      storage and secrets of a key generation that has not ended
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NodeDirectory {
    root: PathBuf,
}

impl NodeDirectory {
    /// The directory at `root`; nothing is created.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// The directory itself.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Identity key and listening addresses.
    pub fn identity(&self) -> PathBuf {
        self.root.join("node.json")
    }

    /// The network's public file.
    pub fn network(&self) -> PathBuf {
        self.root.join("network.json")
    }

    /// Shares of the key.
    pub fn secrets(&self) -> PathBuf {
        self.root.join("secrets")
    }

    /// The engine's storage.
    pub fn storage(&self) -> PathBuf {
        self.root.join("storage")
    }

    /// Ciphertext by content id.
    pub fn vault(&self) -> PathBuf {
        self.root.join("vault")
    }

    /// Which bucket keeps the vault's finished files, where one does.
    pub fn bucket(&self) -> PathBuf {
        self.root.join("bucket.json")
    }

    /// Proofs of double votes.
    pub fn double_votes(&self) -> PathBuf {
        self.root.join("double-votes")
    }

    /// The index.
    pub fn index(&self) -> PathBuf {
        self.root.join("index.redb")
    }

    /// Engine storage of a key generation that has not ended.
    pub fn ceremony_storage(&self) -> PathBuf {
        self.root.join("ceremony").join("storage")
    }

    /// Secrets of a key generation that has not ended.
    pub fn ceremony_secrets(&self) -> PathBuf {
        self.root.join("ceremony").join("secrets")
    }
}
