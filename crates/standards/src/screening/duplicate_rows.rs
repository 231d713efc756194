//! Visits of a site that repeat each other, of one subject or of several. Who invents a visit copies one.

use super::{Finding, Test, sites::Sites, speed::compare, statistics::Two};
use std::collections::{BTreeMap, BTreeSet};

/// Different numbers that an item must have, so that its values tell visits apart.
const DISTINCT: usize = 20;
/// Items with such values that a visit must have.
const LEAST: usize = 3;

/// A result for each site: its visits with the same values as another visit of the site, beside those of other sites.
pub(super) fn duplicate_rows(sites: &Sites<'_>) -> Vec<Finding> {
    let mut rows: BTreeMap<(&str, &str, &str), Vec<(&str, u64)>> = BTreeMap::new();
    for (item, by_site) in &sites.numbers {
        let all = by_site.values().flatten();
        let distinct: BTreeSet<u64> = all.map(|value| value.number.to_bits()).collect();
        if distinct.len() < DISTINCT {
            continue;
        }
        for (site, values) in by_site {
            for value in values {
                let row = rows.entry((site, value.subject, value.visit)).or_default();
                row.push((item, value.number.to_bits()));
            }
        }
    }
    let long = rows.iter().filter(|(_, row)| row.len() >= LEAST);
    let mut same: BTreeMap<(&str, &[(&str, u64)]), u64> = BTreeMap::new();
    for ((site, _, _), row) in long {
        *same.entry((site, row)).or_default() += 1;
    }
    let mut counts: BTreeMap<&str, Two> = BTreeMap::new();
    for ((site, _), count) in same {
        let of_site = counts.entry(site).or_default();
        match count {
            1 => of_site.without += 1,
            _ => of_site.with += count,
        }
    }
    compare(Test::DuplicateRows, sites, &counts)
}
