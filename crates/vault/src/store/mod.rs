//! Blobs of one node on its disk, by content id. Blocking; every file is checked when written and when read.
//!
//! ```text
//! blobs/ab/cd/<64 hex digits>    what is stored; the two levels are the first four digits
//! erased/ab/cd/<64 hex digits>   an empty file: this node erased the blob and takes it no more
//! partial/<number>               being written; removed when the store is opened
//! quarantine/<64 hex digits>     damaged files, for examination
//! ```

mod erase;
mod failure;
mod layout;
mod open;
mod quarantine;
mod read;
mod upload;

pub use failure::StoreError;
pub use open::{Limits, Store, Usage};
pub use upload::Upload;
