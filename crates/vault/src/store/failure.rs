//! Why the store did not do what it was asked.

use std::io;

/// What went wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The disk refused.
    #[error(
        "{action}: check the disk, the permissions of the vault's directory, and its bucket where it has one"
    )]
    Disk {
        /// What was being done.
        action: &'static str,
        /// What the system said.
        #[source]
        source: io::Error,
    },
    /// The blob is larger than this node takes.
    #[error("blob of {got} bytes, at most {max} are taken")]
    TooLarge {
        /// Bytes taken at most.
        max: u64,
        /// Bytes of the blob.
        got: u64,
    },
    /// The store is full.
    #[error("the vault is full: {used} of {capacity} bytes are used; raise its limit or erase")]
    Full {
        /// Bytes that the store may hold.
        capacity: u64,
        /// Bytes that it holds or has promised.
        used: u64,
    },
    /// The blob was erased on this node.
    #[error("this blob was erased")]
    Erased,
    /// A chunk came out of its order.
    #[error("chunk {got} came, chunk {expected} is next")]
    OutOfOrder {
        /// The next chunk's index.
        expected: u32,
        /// The index that came.
        got: u32,
    },
    /// The bytes do not have the id that was given for them.
    #[error("the bytes do not have the content id that was given")]
    Mismatch,
    /// The file on disk was damaged and has been quarantined.
    #[error("the file on disk was damaged; it is in quarantine and will be fetched anew")]
    Damaged,
}

/// Names what was being done when the disk refused.
pub(super) fn disk(action: &'static str) -> impl FnOnce(io::Error) -> StoreError {
    move |source| StoreError::Disk { action, source }
}
