//! The copies of a study's data at sponsor and sites: made, taken, compared with each other and the ledger, restored.
//!
//! ```text
//! site --package (encrypted)--> sponsor         each: forms, texts, wraps of subjects' keys for both,
//! site <--package (encrypted)-- sponsor               and in custody the wraps of the other's seed
//! ```

mod check;
mod compare;
mod file;
mod receive;
mod restore;
mod send;

pub use check::{Difference, Fault};
pub use file::{CopyFile, MAX_COPY_BYTES};
pub use receive::Taken;
