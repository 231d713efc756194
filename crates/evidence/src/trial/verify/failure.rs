//! Why a file is not looked at.

use super::super::Malformed;
use crate::bundle;
use std::io;

/// Why nothing can be said of a bundle.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// It is no zip of the form of bundles.
    #[error("the file is no bundle: {0}")]
    Archive(io::Error),
    /// A file of it cannot be read.
    #[error("{name}: {source}")]
    File {
        /// The file.
        name: String,
        /// What is wrong.
        source: io::Error,
    },
    /// A file that every bundle has is not there.
    #[error("{name} is missing")]
    Missing {
        /// The file.
        name: &'static str,
    },
    /// A file has another digest than the manifest says.
    #[error("{name} is not the file that the manifest lists")]
    Digest {
        /// The file.
        name: String,
    },
    /// The manifest is not of its form.
    #[error("manifest.json: {reason}")]
    Manifest {
        /// What is wrong.
        reason: String,
    },
    /// A file holds something that is not of its form.
    #[error("{name}: {reason}")]
    Form {
        /// The file.
        name: String,
        /// What is wrong, and where.
        reason: String,
    },
    /// The bundle is about another network.
    #[error(transparent)]
    Network(bundle::Failure),
}

impl Failure {
    pub(super) fn archive(source: io::Error) -> Self {
        Self::Archive(source)
    }

    pub(super) fn file(name: &str, source: io::Error) -> Self {
        Self::File {
            name: name.to_owned(),
            source,
        }
    }

    pub(super) fn form(name: &str, what: &Malformed) -> Self {
        Self::Form {
            name: name.to_owned(),
            reason: what.to_string(),
        }
    }

    pub(super) fn json(name: &str, error: &serde_json::Error) -> Self {
        Self::Form {
            name: name.to_owned(),
            reason: error.to_string(),
        }
    }

    /// The stable code.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Archive(_) => "archive-malformed",
            Self::File { .. } => "file-unreadable",
            Self::Missing { .. } => "file-missing",
            Self::Digest { .. } => "file-differs",
            Self::Manifest { .. } => "manifest-malformed",
            Self::Form { .. } => "file-malformed",
            Self::Network(failure) => failure.code(),
        }
    }
}
