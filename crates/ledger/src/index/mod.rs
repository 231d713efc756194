//! Finalised blocks on disk, and the ways to find them: by height, hash, transaction and log.
//!
//! One file (redb). A block and all that leads to it is one durable commit: what [`Index::append`]
//! acknowledged is there after a crash. The types here are plain Ethereum types, so that a reader of
//! the index needs nothing of the consensus engine.

mod append;
mod block;
mod encode;
mod error;
mod filter;
mod logs;
mod open;
mod read;
mod span;
mod tables;

#[cfg(test)]
mod tests;

pub use append::{Appended, FinalisedBlock};
pub use block::{ExecutedBlock, IndexedReceipt, IndexedTransaction};
pub use error::IndexError;
pub use filter::LogFilter;
pub use logs::{IndexedLog, LogLimits, LogPage};
pub use open::{Index, IndexSize};
pub use read::{Located, SealedHeader};
