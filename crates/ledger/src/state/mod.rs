//! Accounts, storage and code in one authenticated database with flat keys.

mod database;
mod proof;
pub mod sync;
mod value;

pub use database::{
    Database, Key, Partitions, StateDatabase, SyncTarget, config, encoded_operation_bytes, key_of,
    root_of,
};
pub use proof::{ProofFailure, StateAnswer, prove};
pub use value::{VALUE_BYTES, Value};
