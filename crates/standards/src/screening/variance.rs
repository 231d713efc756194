//! The spread of an item at a site beside that at others. Invented values vary less than people do, or more.

use super::{
    Effect, Finding, Test,
    sites::{Sites, Value, finding},
    statistics::{levene, standard_deviation},
};
use libm::log2;
use std::collections::BTreeMap;

/// Subjects that a site, and the others, must have at least.
const LEAST: usize = 10;
/// Twice or half the spread by a factor of 1.5 matters.
const MATTERS: f64 = 0.58;

/// A result for each site and item: the spread between subjects of their means.
pub(super) fn variances(sites: &Sites<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for site in &sites.tested {
        for item in sites.numbers.keys() {
            let (own, rest) = sites.split(item, site);
            let (own, rest) = (means(&own), means(&rest));
            if own.len() < LEAST || rest.len() < LEAST {
                continue;
            }
            let Some((_, p)) = levene(&own, &rest) else {
                continue;
            };
            let (narrow, wide) = (standard_deviation(&own), standard_deviation(&rest));
            let value = match narrow > 0.0 && wide > 0.0 {
                true => log2(narrow / wide),
                false => -10.0,
            };
            let effect = Effect {
                measure: "log2 of the spread, beside other sites",
                value,
                matters: value.abs() >= MATTERS,
            };
            let count = own.len() as u64;
            findings.push(finding(
                Test::Variance,
                site,
                Some(item),
                (count, p),
                effect,
            ));
        }
    }
    findings
}

/// The mean of each subject, in their order.
fn means(values: &[Value<'_>]) -> Vec<f64> {
    let mut sums: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for value in values {
        let (sum, count) = sums.entry(value.subject).or_insert((0.0, 0.0));
        *sum += value.number;
        *count += 1.0;
    }
    sums.into_values().map(|(sum, count)| sum / count).collect()
}
