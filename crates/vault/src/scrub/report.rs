//! What a scrub did, and how the vault is doing.

use crate::Usage;

/// What one scrub did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ScrubReport {
    /// Blobs and shards that were read whole.
    pub checked: u64,
    /// Bytes of them.
    pub checked_bytes: u64,
    /// Blobs and shards of which something was damaged.
    pub damaged: u64,
    /// Blobs and shards that should have been here and were not.
    pub missing: u64,
    /// Damaged or missing ones that are right now.
    pub repaired: u64,
    /// Bytes of blobs that were restored from other members for that.
    pub restored_bytes: u64,
    /// Damaged or missing ones that could not be repaired.
    pub failed: u64,
    /// Shards of earlier committees that were dropped, since the present one holds the blob.
    pub moved: u64,
}

impl ScrubReport {
    pub(crate) fn add(&mut self, other: &Self) {
        self.checked += other.checked;
        self.checked_bytes += other.checked_bytes;
        self.damaged += other.damaged;
        self.missing += other.missing;
        self.repaired += other.repaired;
        self.restored_bytes += other.restored_bytes;
        self.failed += other.failed;
        self.moved += other.moved;
    }
}

/// How the vault is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VaultStatus {
    /// What is held.
    pub usage: Usage,
    /// The committee that blobs are put under.
    pub epoch: u64,
    /// Its members: n.
    pub members: u64,
    /// Shards that restore a blob: k.
    pub needed: u64,
    /// Scrubs that ended.
    pub scrubs: u64,
    /// When the last one ended, in unix seconds; 0 for never.
    pub scrubbed_at: u64,
    /// What all of them did since the start.
    pub total: ScrubReport,
}
