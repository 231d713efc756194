//! The GS1 company prefix in a key: at least four digits, and allocated as far as the caller knows.

use super::{LintError, LintFault};

const FEWEST: usize = 4;

/// What is known of the company prefix that a key begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PrefixStatus {
    /// It was allocated.
    Allocated,
    /// It was not allocated.
    NotAllocated,
    /// Nobody can say now.
    Unknown,
}

/// Who knows the company prefixes.
#[derive(Clone, Copy)]
pub enum CompanyPrefixes<'a> {
    /// Every prefix counts as allocated.
    All,
    /// A directory, asked with the key from its company prefix on.
    Known(&'a dyn Fn(&[u8]) -> PrefixStatus),
}

pub(super) fn at_first(data: &[u8], prefixes: CompanyPrefixes<'_>) -> Result<(), LintFault> {
    let Some(head) = data.get(..FEWEST) else {
        return Err(LintFault::whole(LintError::TooShortForGcp, data));
    };
    if let Some(place) = head.iter().position(|byte| !byte.is_ascii_digit()) {
        return Err(LintFault::new(LintError::InvalidGcpPrefix, place, 1));
    }
    let status = match prefixes {
        CompanyPrefixes::All => PrefixStatus::Allocated,
        CompanyPrefixes::Known(directory) => directory(data),
    };
    match status {
        PrefixStatus::Allocated => Ok(()),
        PrefixStatus::NotAllocated => Err(LintFault::whole(LintError::InvalidGcpPrefix, data)),
        PrefixStatus::Unknown => Err(LintFault::whole(LintError::GcpDatasourceOffline, data)),
    }
}

pub(super) fn at_second(data: &[u8], prefixes: CompanyPrefixes<'_>) -> Result<(), LintFault> {
    match data.split_first() {
        None => at_first(data, prefixes),
        Some((_, [])) => Err(LintFault::whole(LintError::TooShortForGcp, data)),
        Some((_, key)) => at_first(key, prefixes).map_err(|fault| fault.moved(1)),
    }
}
