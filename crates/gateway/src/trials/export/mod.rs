//! A study of the book as ODM 2.0 or 1.3.2: what was done, with audit records, signatures and queries.
//!
//! Allocations, the lists they come from and their openings are in no export, for whomever it is.

mod admin;
mod clinical;
mod metadata;
mod run;
mod shape;
mod subject;

use std::collections::BTreeSet;

use theriac_standards::odm::WriteError;

use super::Error;

/// The version of ODM.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Edition {
    /// 1.3.2, in which queries are annotations.
    One,
    /// 2.0.
    #[default]
    Two,
}

impl Edition {
    /// The edition of a version's number.
    pub fn named(version: &str) -> Option<Self> {
        match version {
            "1.3.2" => Some(Self::One),
            "2.0" => Some(Self::Two),
            _ => None,
        }
    }
}

/// What is exported.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Export {
    /// The version of ODM.
    pub edition: Edition,
    /// The first entry.
    pub from: u64,
    /// The entry before which it ends, where it is not to the end.
    pub until: Option<u64>,
    /// The sites; all where there is no choice.
    pub sites: Option<BTreeSet<u16>>,
    /// When it is made, in Unix milliseconds.
    pub created_ms: u64,
}

impl Export {
    fn has_site(&self, site: u16) -> bool {
        self.sites
            .as_ref()
            .is_none_or(|sites| sites.contains(&site))
    }
}

/// What an export has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The entry with which the next one begins.
    pub next: u64,
    /// Captures and corrections that this book cannot read, and that are not in it.
    pub unreadable: u64,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The book.
    #[error("{0}")]
    Party(#[from] Error),
    /// Data that XML cannot hold. What they are is not told.
    #[error("entry {0} holds a character that XML does not allow")]
    Character(u64),
    /// The writer failed.
    #[error("the export cannot be written")]
    Write(#[source] std::io::Error),
}

impl ExportError {
    /// The failure of writing what an entry holds.
    fn of(error: WriteError, entry: u64) -> Self {
        match error {
            WriteError::Io(error) => Self::Write(error),
            WriteError::Name(_)
            | WriteError::Namespace(_)
            | WriteError::Character(_)
            | WriteError::Comment(_)
            | WriteError::Outside => Self::Character(entry),
        }
    }
}
