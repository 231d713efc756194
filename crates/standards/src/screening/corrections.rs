//! Whether corrections of a site make the result look better more often than those of others.

use super::{
    Data, Direction, Finding, Test,
    sites::{Sites, number},
    speed::compare,
    statistics::Two,
};
use std::collections::BTreeMap;

/// A result for each site with corrections of numbers whose better direction is known.
pub(super) fn corrections(data: &Data, sites: &Sites<'_>) -> Vec<Finding> {
    let directions: BTreeMap<&str, Direction> = data
        .directions
        .iter()
        .map(|(item, direction)| (item.as_str(), *direction))
        .collect();
    let mut counts: BTreeMap<&str, Two> = BTreeMap::new();
    for correction in &data.corrections {
        let numbers = (number(&correction.before), number(&correction.after));
        let (Some(direction), (Some(before), Some(after))) =
            (directions.get(correction.item.as_str()), numbers)
        else {
            continue;
        };
        if before == after {
            continue;
        }
        let is_better = match direction {
            Direction::Higher => after > before,
            Direction::Lower => after < before,
        };
        counts.entry(&correction.site).or_default().count(is_better);
    }
    compare(Test::Corrections, sites, &counts)
}
