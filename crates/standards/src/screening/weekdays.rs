//! Visits on Saturdays, Sundays and holidays. Who invents dates does not look into the calendar.

use super::{Data, Finding, Test, sites::Sites, speed::compare, statistics::Two};
use std::collections::{BTreeMap, BTreeSet};

/// A result for each site; a visit of a subject counts once.
pub(super) fn days_of_rest(data: &Data, sites: &Sites<'_>) -> Vec<Finding> {
    let mut visits: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
    for entry in &data.entries {
        if let Some(day) = entry.observed_day {
            visits
                .entry((&entry.site, &entry.subject, &entry.visit))
                .or_insert(day);
        }
    }
    let holidays: BTreeSet<i64> = data.holidays.iter().copied().collect();
    let mut counts: BTreeMap<&str, Two> = BTreeMap::new();
    for ((site, _, _), day) in visits {
        let is_rest = is_weekend(day) || holidays.contains(&day);
        counts.entry(site).or_default().count(is_rest);
    }
    compare(Test::DaysOfRest, sites, &counts)
}

/// 1970-01-01 was a Thursday.
fn is_weekend(day: i64) -> bool {
    matches!(day.rem_euclid(7), 2 | 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_are_told_from_other_days() {
        // 2026-11-30, a Monday, is day 20,787.
        let week: Vec<bool> = (20_787..20_794).map(is_weekend).collect();
        assert_eq!(week, [false, false, false, false, false, true, true]);
    }
}
