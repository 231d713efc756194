//! Wraps: a record secret encrypted to one reader, for one purpose, until one time.
//!
//! HPKE (RFC 9180) base mode, info `theriac/wrap/v1`. Who wrapped is not proven by the wrap: the signed transaction
//! that names its content id proves it.

mod context;
mod entry;
mod failure;
pub(crate) mod hybrid;
mod seal;
mod set;
mod suite;

pub use context::{Purpose, WrapContext};
pub use entry::WrapEntry;
pub use failure::WrapError;
pub use seal::{Wrap, unwrap, wrap};
pub use set::{MAX_ENTRIES, WrapSet};
pub use suite::Suite;
