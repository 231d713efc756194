//! Finished files in a bucket that speaks the S3 protocol.

mod config;
mod drive;
mod failure;
mod http;
mod objects;
mod publish;

pub use config::{BucketConfig, BucketKey};
pub use failure::BucketError;
pub use objects::Bucket;
