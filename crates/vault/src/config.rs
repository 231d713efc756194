//! What a vault is given when it starts, and how many receipts make a put durable.

use crate::erasure::Signing;
use crate::{Members, Store};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// The vault's channel of the authenticated network.
pub const CHANNEL: u64 = 8;

/// Blobs of at most so many bytes are kept whole by every member, larger ones as shards. A wrap, a key or a sealed blob has under
/// 2 KiB and is read before anything else can be: it should be there without asking others. A shard of 16 KiB over four members would
/// save two blocks of a disk at each and cost a round trip at every reading.
pub const SMALL_BYTES: usize = 16 << 10;

/// A node's vault.
pub struct Config<P> {
    /// This node.
    pub me: P,
    /// All members, this node among them if it is one. They are asked, and only they are answered.
    pub members: Members<P>,
    /// This node's disk.
    pub store: Store,
    /// Signs receipts for what is erased; without it there are none.
    pub signing: Option<Signing>,
    /// False as long as this node has not caught up with the ledger: what was erased meanwhile is not known, so nothing is given.
    pub is_caught_up: Arc<AtomicBool>,
    /// How long one answer may take.
    pub request_timeout: Duration,
    /// How long a put may take, from the last byte on, until enough members have the blob.
    pub put_timeout: Duration,
    /// Puts and gets at the same time; more wait. Each holds some chunks in memory.
    pub concurrent_operations: usize,
    /// Requests of one member answered at the same time; more are told to come again.
    pub concurrent_requests_per_member: usize,
    /// Blobs that one member may be sending at the same time.
    pub uploads_per_member: usize,
    /// Bytes taken from one member in an hour.
    pub bytes_per_member_and_hour: u64,
    /// From the start to the first scrub.
    pub first_scrub: Duration,
    /// From the end of one scrub to the beginning of the next.
    pub scrub_interval: Duration,
    /// Bytes that a scrub reads or repairs in a second.
    pub scrub_bytes_per_second: u64,
}

impl<P: Clone + PartialEq> Config<P> {
    /// A configuration with the defaults that suit a network over the internet, for members that do not change.
    pub fn new(me: P, members: Vec<P>, store: Store) -> Self {
        Self {
            me,
            members: Members::fixed(members),
            store,
            signing: None,
            is_caught_up: Arc::new(AtomicBool::new(true)),
            request_timeout: Duration::from_secs(5),
            put_timeout: Duration::from_secs(30),
            concurrent_operations: 16,
            concurrent_requests_per_member: 8,
            uploads_per_member: 8,
            bytes_per_member_and_hour: 64 << 30,
            first_scrub: Duration::from_secs(60),
            scrub_interval: Duration::from_secs(6 * 3_600),
            scrub_bytes_per_second: 32 << 20,
        }
    }
}

/// Receipts that make a put durable among `members` of which f = floor((n-1)/3) may be faulty: q = n - f.
pub fn quorum(members: usize) -> usize {
    members - members.saturating_sub(1) / 3
}
