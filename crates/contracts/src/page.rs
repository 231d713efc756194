//! Pages of a list: bounded, so that a view costs no more than its gas.

use std::ops::Range;

use crate::refusals::Refusal;

/// Entries that a page may hold.
pub(crate) const PAGE_LIMIT: u32 = 100;

/// The indexes of a page of `limit` entries from `from` on, cut off at `total`.
///
/// # Errors
/// `PageOutOfRange`.
pub(crate) fn page(from: u64, limit: u32, total: u64) -> Result<Range<u64>, Refusal> {
    if limit == 0 || limit > PAGE_LIMIT {
        return Err(Refusal::PageOutOfRange);
    }
    let start = from.min(total);
    Ok(start..start.saturating_add(u64::from(limit)).min(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_cut_off_at_the_total() {
        assert_eq!(page(2, 3, 4), Ok(2..4));
        assert_eq!(page(9, 3, 4), Ok(4..4));
        assert_eq!(page(u64::MAX, 100, u64::MAX), Ok(u64::MAX..u64::MAX));
    }

    #[test]
    fn a_page_holds_1_to_100_entries() {
        assert_eq!(page(0, 0, 4), Err(Refusal::PageOutOfRange));
        assert_eq!(page(0, 101, 4), Err(Refusal::PageOutOfRange));
        assert_eq!(page(0, 100, 400), Ok(0..100));
    }
}
