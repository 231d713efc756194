//! Objects in a bucket, against a server of the S3 protocol that verifies signatures.

mod configuration;
mod contract;
mod failures;
mod server;
mod store;
