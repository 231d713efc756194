//! Why a bucket did not do what it was asked, without keys, addresses or bodies.

use super::http::Refused;
use object_store::client::{HttpError, HttpErrorKind};
use std::error::Error;
use std::io::{self, ErrorKind};

/// What went wrong with a bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BucketError {
    /// The configuration cannot be right.
    #[error("the bucket's {field} is not right: expected {expected}")]
    Config {
        /// Which field.
        field: &'static str,
        /// What it should be.
        expected: &'static str,
    },
    /// The key is unknown, wrong, or may not do this.
    #[error(
        "the bucket refuses this node's key: check the key, that it may read, write, list and delete, and this machine's clock"
    )]
    KeyRefused,
    /// There is no such bucket, or no such file where there must be one.
    #[error("there is no such bucket at the endpoint: make it, or correct its name")]
    NotThere,
    /// Nobody answers at the endpoint.
    #[error("the bucket cannot be reached: check endpoint and network")]
    Away,
    /// An answer did not come in time.
    #[error("the bucket did not answer in time: try again when it does")]
    TimedOut,
    /// The bucket gave an error.
    #[error("the bucket gave an error: see its own log")]
    Failed,
    /// The bucket gave more bytes, or more names, than were asked for.
    #[error("the bucket gave more than was asked for")]
    TooMuch,
    /// What is deleted in this bucket stays.
    #[error(
        "the bucket keeps versions of its files, so that nothing in it could be erased: turn versioning off"
    )]
    KeepsVersions,
    /// The files below this prefix are another node's.
    #[error("another node's files lie below this prefix of the bucket: give each node its own")]
    AnotherNodes,
    /// What drives the requests has stopped.
    #[error("the bucket's requests have stopped")]
    Stopped,
}

impl BucketError {
    /// The kind of a failure that object_store reports; its text, which may hold the service's answer, is dropped.
    pub(super) fn of(error: &object_store::Error) -> Self {
        let mut kind = Self::Failed;
        let mut source = error.source();
        while let Some(error) = source {
            if let Some(Refused(status)) = error.downcast_ref() {
                return match status {
                    401 | 403 => Self::KeyRefused,
                    404 => Self::NotThere,
                    _ => Self::Failed,
                };
            }
            if let Some(error) = error.downcast_ref::<HttpError>() {
                kind = match error.kind() {
                    HttpErrorKind::Timeout => Self::TimedOut,
                    HttpErrorKind::Connect | HttpErrorKind::Interrupted => Self::Away,
                    _ => Self::Failed,
                };
            }
            source = error.source();
        }
        kind
    }
}

impl From<BucketError> for io::Error {
    fn from(error: BucketError) -> Self {
        let kind = match error {
            BucketError::Config { .. } | BucketError::KeepsVersions | BucketError::AnotherNodes => {
                ErrorKind::InvalidInput
            }
            BucketError::KeyRefused => ErrorKind::PermissionDenied,
            BucketError::NotThere | BucketError::Failed | BucketError::Stopped => ErrorKind::Other,
            BucketError::Away => ErrorKind::NotConnected,
            BucketError::TimedOut => ErrorKind::TimedOut,
            BucketError::TooMuch => ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}
