//! Ciphertext by content id: coded over the members, streamed in and out, scrubbed, repaired, erased.
//!
//! A blob is cut into stripes of one chunk; of the n pieces of a stripe, any k = n - 2f restore it, and member i keeps piece i of every
//! stripe: its shard. A put is acknowledged when q = n - f members have made theirs durable, so that any f of them may lose it. A get
//! gives out nothing that the content id does not prove. Small blobs are kept whole by every member. Nothing is believed that is not
//! proven. The protocol between nodes is specified in `docs/protocol/vault.md`.
//!
//! ```text
//! Mailbox --> actor --> put --> coding, holders ---\                  other members
//!                   --> get --> find, pieces -----> requests <------> actor --> serve --> their store
//!                   --> scrub --> check, repair --/
//!                   --> serve --> store (this node's disk, or a bucket)
//! ```

mod actor;
mod coding;
mod config;
mod disk;
mod erasure;
mod failure;
mod get;
mod holder;
mod mailbox;
mod members;
mod operations;
mod pace;
mod put;
mod repair;
mod replicate;
mod requests;
mod scrub;
mod serve;
pub mod store;
mod tally;
mod wanted;
mod wire;

#[cfg(test)]
mod tests;

pub use actor::Vault;
pub use coding::{Coding, MAX_MEMBERS};
pub use config::{CHANNEL, Config, SMALL_BYTES, quorum};
pub use erasure::{ErasureReceipt, Signing};
pub use failure::VaultError;
pub use mailbox::{Blob, Mailbox, Receipt};
pub use members::{Committee, Members};
pub use scrub::{ScrubReport, VaultStatus};
pub use store::{
    Bucket, BucketConfig, BucketError, BucketKey, Folder, Limits, Objects, Store, StoreError,
    Tombstone, Usage,
};
pub use theriac_envelope::{Content, ContentId};
pub use wanted::Wanted;
pub use wire::max_message_size;
