//! How long after the observation values are entered.

use super::{
    Data, Effect, Finding, Test,
    sites::{Sites, finding},
    statistics::{Side, mann_whitney, median},
};
use std::collections::BTreeMap;

const DAY: i64 = 86_400_000;
/// Visits that a site, and the others, must have at least.
const LEAST: usize = 10;
/// Days of difference in the middle from which it matters.
const MATTERS: f64 = 3.0;

/// A result for each site: days from a subject's visit to its first entry. Values of one visit come together, so a visit counts once.
pub(super) fn lateness(data: &Data, sites: &Sites<'_>) -> Vec<Finding> {
    let mut visits: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
    for entry in &data.entries {
        let (Some(day), Some(at)) = (entry.observed_day, entry.entered_at) else {
            continue;
        };
        let days = at.div_euclid(DAY).saturating_sub(day);
        let first = visits
            .entry((&entry.site, &entry.subject, &entry.visit))
            .or_insert(days);
        *first = days.min(*first);
    }
    let of_site = |site: &&str| {
        let split = |is_own: bool| -> Vec<f64> {
            let all = visits.iter();
            let chosen = all.filter(|((name, _, _), _)| (name == site) == is_own);
            chosen.map(|(_, days)| *days as f64).collect()
        };
        let (own, rest) = (split(true), split(false));
        if own.len() < LEAST || rest.len() < LEAST {
            return None;
        }
        let (p, _) = mann_whitney(&own, &rest, Side::Both)?;
        let value = median(&own) - median(&rest);
        let effect = Effect {
            measure: "days in the middle, beside other sites",
            value,
            matters: value.abs() >= MATTERS,
        };
        let count = own.len() as u64;
        Some(finding(Test::Lateness, site, None, (count, p), effect))
    };
    sites.tested.iter().filter_map(of_site).collect()
}
