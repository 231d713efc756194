//! Why the vault did not do what it was asked.

use crate::StoreError;
use theriac_envelope::ContentId;

/// What went wrong with a put, a get or an erasure.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// Too few members made the blob durable in time.
    #[error(
        "{got} of {members} members hold the blob, {needed} are needed: try again when more are up"
    )]
    NotDurable {
        /// Receipts that came, this node's included.
        got: usize,
        /// Receipts needed.
        needed: usize,
        /// Members.
        members: usize,
    },
    /// Nobody who answered has the blob.
    #[error(
        "blob {id}: not on this node, and {answered} of {asked} other members answered without it"
    )]
    NotFound {
        /// The blob.
        id: ContentId,
        /// Members asked.
        asked: usize,
        /// Members that answered.
        answered: usize,
    },
    /// Too few right pieces of a stripe can be had.
    #[error(
        "blob {id}: {got} pieces of stripe {stripe} were had and do not restore it, {needed} right ones are needed: \
         try again when more members are up"
    )]
    NotRestored {
        /// The blob.
        id: ContentId,
        /// Which stripe.
        stripe: u32,
        /// Pieces that came.
        got: usize,
        /// Pieces needed.
        needed: usize,
    },
    /// The bytes given do not have the id given.
    #[error("the bytes have content id {got}, expected {expected}")]
    ContentIdMismatch {
        /// The id given.
        expected: ContentId,
        /// The id of the bytes.
        got: ContentId,
    },
    /// Whoever was giving the bytes stopped.
    #[error("the bytes broke off")]
    Broken,
    /// The range begins after the blob's end.
    #[error("the range begins after the end of a blob of {length} bytes")]
    OutOfRange {
        /// Bytes of the blob.
        length: u64,
    },
    /// This node does not know yet what was erased while it was away.
    #[error("this node has not caught up with the ledger yet: try again, or another node")]
    CatchingUp,
    /// This node's disk.
    #[error("vault store: {0}")]
    Store(#[from] StoreError),
    /// The vault has stopped.
    #[error("the vault has stopped")]
    Closed,
}
