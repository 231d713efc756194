//! What a vault is given when it starts, and how many receipts make a put durable.

use crate::Store;
use std::time::Duration;

/// The vault's channel of the authenticated network.
pub const CHANNEL: u64 = 8;

/// A node's vault.
pub struct Config<P> {
    /// This node.
    pub me: P,
    /// All members, this node among them if it is one. They are asked, and only they are answered.
    pub members: Vec<P>,
    /// This node's disk.
    pub store: Store,
    /// How long one answer may take.
    pub request_timeout: Duration,
    /// How long a put may take until enough members have the blob.
    pub put_timeout: Duration,
    /// Puts and gets at the same time; more wait. Each holds one blob in memory.
    pub concurrent_operations: usize,
    /// Requests of one member answered at the same time; more are told to come again.
    pub concurrent_requests_per_member: usize,
    /// Blobs that one member may be sending at the same time.
    pub uploads_per_member: usize,
    /// Bytes taken from one member in an hour.
    pub bytes_per_member_and_hour: u64,
}

impl<P> Config<P> {
    /// A configuration with the defaults that suit a network over the internet.
    pub fn new(me: P, members: Vec<P>, store: Store) -> Self {
        Self {
            me,
            members,
            store,
            request_timeout: Duration::from_secs(5),
            put_timeout: Duration::from_secs(30),
            concurrent_operations: 16,
            concurrent_requests_per_member: 8,
            uploads_per_member: 8,
            bytes_per_member_and_hour: 64 << 30,
        }
    }
}

/// Receipts that make a put durable among `members` of which f = floor((n-1)/3) may be faulty: q = n - f.
pub fn quorum(members: usize) -> usize {
    members - members.saturating_sub(1) / 3
}
