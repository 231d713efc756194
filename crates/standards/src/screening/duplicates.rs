//! Subjects that are copies of each other, wholly or nearly. Who invents a subject takes another for a pattern.

use super::{
    Effect, Finding, Test,
    sites::{Sites, finding},
    statistics::{Tail, Two, fisher},
};
use std::collections::{BTreeMap, BTreeSet};

/// Different numbers that an item must have, so that its values tell subjects apart.
const DISTINCT: usize = 20;
/// Values that two subjects must have in common places.
const LEAST: usize = 8;
/// Of ten values in common places, so many are the same.
const NEAR: usize = 7;
/// The share of copies above that of other sites from which it matters.
const MATTERS: f64 = 0.05;

/// The values of a subject by item and visit.
type Profile<'a> = BTreeMap<(&'a str, &'a str), u64>;

/// A result for each site: its subjects with a twin at the site, beside those of other sites.
pub(super) fn duplicates(sites: &Sites<'_>) -> Vec<Finding> {
    let profiles = profiles(sites);
    let twins: BTreeMap<&str, Two> = profiles
        .iter()
        .map(|(site, subjects)| (*site, with_twin(subjects)))
        .collect();
    let of_site = |site: &&str| {
        let own = *twins.get(site)?;
        let mut rest = Two::default();
        for (_, other) in twins.iter().filter(|(name, _)| *name != site) {
            rest.with += other.with;
            rest.without += other.without;
        }
        if own.all() == 0 || rest.all() == 0 {
            return None;
        }
        let value = own.share() - rest.share();
        let effect = Effect {
            measure: "share of subjects with a twin, beside other sites",
            value,
            matters: value >= MATTERS,
        };
        let p = fisher(own, rest, Tail::Greater);
        Some(finding(
            Test::Duplicates,
            site,
            None,
            (own.all(), p),
            effect,
        ))
    };
    sites.tested.iter().filter_map(of_site).collect()
}

fn profiles<'a>(sites: &Sites<'a>) -> BTreeMap<&'a str, BTreeMap<&'a str, Profile<'a>>> {
    let mut profiles: BTreeMap<&str, BTreeMap<&str, Profile<'_>>> = BTreeMap::new();
    for (item, by_site) in &sites.numbers {
        let all = by_site.values().flatten();
        let distinct: BTreeSet<u64> = all.map(|value| value.number.to_bits()).collect();
        if distinct.len() < DISTINCT {
            continue;
        }
        for (site, values) in by_site {
            let subjects = profiles.entry(site).or_default();
            for value in values {
                let profile = subjects.entry(value.subject).or_default();
                profile.insert((item, value.visit), value.number.to_bits());
            }
        }
    }
    profiles
}

fn with_twin(subjects: &BTreeMap<&str, Profile<'_>>) -> Two {
    let profiles: Vec<&Profile<'_>> = subjects.values().collect();
    let mut has_twin = vec![false; profiles.len()];
    for (at, one) in profiles.iter().enumerate() {
        for (place, other) in profiles.iter().enumerate().skip(at + 1) {
            if are_twins(one, other) {
                has_twin[at] = true;
                has_twin[place] = true;
            }
        }
    }
    let mut counts = Two::default();
    for has_twin in has_twin {
        counts.count(has_twin);
    }
    counts
}

fn are_twins(one: &Profile<'_>, other: &Profile<'_>) -> bool {
    let (mut common, mut same) = (0, 0);
    for (place, value) in one {
        if let Some(others) = other.get(place) {
            common += 1;
            same += usize::from(value == others);
        }
    }
    common >= LEAST && same * 10 >= common * NEAR
}
