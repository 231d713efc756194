//! What the server asks of the vault, for the routes `/vault/{id}` on the same port.

use std::{io, ops::Range};

use alloy_primitives::{Address, B256};
use async_trait::async_trait;
use futures::stream::BoxStream;
use hyper::body::Bytes;
use serde_json::Value;
use thiserror::Error;

/// Bytes as they come in or go out.
pub type ByteStream = BoxStream<'static, io::Result<Bytes>>;

/// Ciphertext by content id. The server has checked the caller's enrolment and bounds the size.
#[async_trait]
pub trait Vault: Send + Sync + 'static {
    /// Stores a blob, and returns once it is durable. The vault checks the bytes against the id.
    /// An error within the stream means that the caller went away or sent too much: keep nothing.
    async fn put(&self, caller: Address, id: B256, body: ByteStream) -> Result<(), VaultError>;

    /// Receipts of the members for what they erased of a record, as `theriac_getErasure` returns them; `None` where its erasure was not
    /// ordered or this node has not carried it out yet.
    async fn erasure(&self, record: B256) -> Result<Option<Value>, VaultError>;

    /// What is held, and what scrubs found, as `theriac_vaultStatus` returns it.
    async fn status(&self) -> Result<Value, VaultError>;

    /// Begins to read and repair everything in the background, unless that is under way.
    async fn scrub(&self) -> Result<(), VaultError>;

    /// A blob, or a part of it. Its bytes are fetched as the stream is read.
    async fn get(&self, caller: Address, id: B256, wanted: Wanted) -> Result<Blob, VaultError>;
}

/// Which bytes of a blob are wanted (RFC 9110, section 14.1.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// All.
    All,
    /// From the first of these to the last, both included; to the end where there is none.
    From {
        /// Offset of the first byte.
        first: u64,
        /// Offset of the last byte.
        last: Option<u64>,
    },
    /// The last so many bytes.
    Last(u64),
}

/// A blob, or a part of it, on its way out.
pub struct Blob {
    /// Bytes of the whole blob.
    pub length: u64,
    /// Which of them come.
    pub range: Range<u64>,
    /// They.
    pub body: ByteStream,
}

/// Why the vault did not do it.
#[derive(Debug, Error)]
pub enum VaultError {
    /// No such blob is here or at another node.
    #[error("no blob has this content id")]
    NotFound,
    /// The range begins after the blob's end.
    #[error("the range begins after the end of the blob")]
    OutOfRange {
        /// Bytes of the whole blob.
        length: u64,
    },
    /// The bytes have another content id.
    #[error("the bytes have another content id")]
    IdMismatch,
    /// The stream broke off or was too long.
    #[error("the body broke off")]
    Broken,
    /// The disk, or the caller's share of it, is full.
    #[error("no room is left")]
    Full,
    /// The blob was erased.
    #[error("this blob was erased")]
    Erased,
    /// The node does not know yet what was erased while it was away.
    #[error("this node has not caught up with the ledger: try again, or another node")]
    CatchingUp,
    /// Too few members hold it durably yet; what was stored stays, and the same put may be tried again.
    #[error("too few members hold the blob: try again when more are up")]
    NotDurable,
    /// The node failed.
    #[error("the vault could not answer")]
    Failure(#[source] Box<dyn std::error::Error + Send + Sync>),
}
