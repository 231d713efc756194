//! What a node must never lose nor show: its shares of the network's key, and the proof that it still has its votes.

mod durable;
mod file;
mod journal;
pub mod memory;
mod permission;
mod record;

pub use durable::write_private;
pub use file::{FileSecretStore, SecretsError};
pub use journal::{JournalError, JournalGuard, Vote};
