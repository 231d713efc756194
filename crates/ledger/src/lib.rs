//! Blocks, receipts, indexes, the state on disk and its proofs.
//!
//! A [`Block`] is an Ethereum header, a consensus section that the header commits to, an optional
//! key-generation payload and the transactions. [`state`] names the database that holds accounts,
//! storage and code, and turns its proofs into those of `theriac-evidence`.

pub mod block;
pub mod index;
pub mod state;

pub use block::{Block, BlockError, Limits};
