//! Ciphertext by content id: put, get, fall through to other nodes.
//!
//! Every member keeps every blob (the first form; erasure coding comes later). A put is acknowledged when q = n - f
//! members have made the blob durable, this node among them, so that any f of them may lose it. A get takes it from this node's disk or from the
//! first member whose chunks prove themselves against the content id. Nothing is believed that is not proven.
//! The protocol between nodes is specified in `docs/protocol/vault.md`.
//!
//! ```text
//! Mailbox --> actor --> put ----\                    other members
//!                   --> get -----> requests <------> actor --> serve --> their store
//!                   --> serve --> store (this node's disk)
//! ```

mod actor;
mod config;
mod disk;
mod failure;
mod get;
mod mailbox;
mod put;
mod requests;
mod serve;
pub mod store;
mod wire;

#[cfg(test)]
mod tests;

pub use actor::Vault;
pub use config::{CHANNEL, Config, quorum};
pub use failure::VaultError;
pub use mailbox::{Mailbox, Receipt};
pub use store::{Limits, Store, StoreError, Usage};
pub use theriac_envelope::{Content, ContentId};
pub use wire::max_message_size;
