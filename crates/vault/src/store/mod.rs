//! Blobs and shards of one node, by content id. Blocking; every file is checked when written and when read.
//!
//! ```text
//! blobs/ab/cd/<64 hex digits>             a whole blob; the two levels are the first four digits
//! shards/ab/cd/<64 hex digits>.<n>.<k>.<index>   a shard: records, leaf hashes, placement, checksum
//! erased/ab/cd/<64 hex digits>            this node erased the blob and takes it no more; the receipt, if it was ordered
//! partial/<number>                        being written; removed when the store is opened
//! quarantine/<file name>                  damaged files, for examination
//! ```

mod bucket;
mod count;
mod erase;
mod failure;
mod layout;
mod objects;
mod open;
mod quarantine;
mod read;
mod shard;
mod trailer;
mod upload;
mod write_shard;

pub use bucket::{Bucket, BucketConfig, BucketError, BucketKey};
pub use erase::Tombstone;
pub use failure::StoreError;
pub use objects::{Folder, Objects};
pub use open::{Limits, Store, Usage};

pub(crate) use trailer::Placement;
pub use upload::Upload;
pub(crate) use write_shard::ShardUpload;
