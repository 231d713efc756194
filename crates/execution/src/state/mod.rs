//! State as execution sees it: a cache that its owner fills on demand.

mod changes;
mod database;
mod source;

pub use source::{Lookup, StateSource};

pub(crate) use changes::collect;
pub(crate) use database::{DatabaseFailure, Missed, StateDatabase};
