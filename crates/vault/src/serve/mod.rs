//! Answers other members from this node's disk, each within its share.
//!
//! ```text
//! Serve --> whole: has, chunk, put        of small blobs
//!       --> shards: piece, leaves, keep, outline, complete, abandon
//!       --> list, erased
//! ```

mod answer;
pub(crate) mod list;
mod received;
mod shards;
mod whole;

pub(crate) use answer::{Serve, held};
