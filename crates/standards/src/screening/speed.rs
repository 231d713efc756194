//! Who enters values faster than one can type, or many subjects in one sitting.

use super::{
    Data, Effect, Entry, Finding, Test,
    sites::{Sites, finding},
    statistics::{Tail, Two, fisher},
};
use std::collections::{BTreeMap, BTreeSet};

/// Milliseconds without an entry that end a sitting.
const PAUSE: i64 = 30 * 60 * 1_000;
/// Different subjects from which a sitting is one of many.
const MANY: usize = 5;
/// Milliseconds that a value takes at least.
const TYPING: i64 = 300;
/// The share above that of other sites from which it matters.
const MATTERS: f64 = 0.1;

/// What a person saved at one time.
struct Save<'a> {
    at: i64,
    values: i64,
    subjects: BTreeSet<&'a str>,
}

/// A result of both tests for each site.
pub(super) fn speeds(data: &Data, sites: &Sites<'_>) -> Vec<Finding> {
    let mut sittings: BTreeMap<&str, Two> = BTreeMap::new();
    let mut typing: BTreeMap<&str, Two> = BTreeMap::new();
    for ((site, _), saves) in saves(&data.entries) {
        count_sittings(&saves, sittings.entry(site).or_default());
        count_typing(&saves, typing.entry(site).or_default());
    }
    let mut findings = compare(Test::Sittings, sites, &sittings);
    findings.append(&mut compare(Test::TypingSpeed, sites, &typing));
    findings
}

/// The saves of each person at each site, by time.
fn saves(entries: &[Entry]) -> BTreeMap<(&str, &str), Vec<Save<'_>>> {
    let mut by_time: BTreeMap<(&str, &str), BTreeMap<i64, Save<'_>>> = BTreeMap::new();
    for entry in entries {
        let (Some(at), Some(by)) = (entry.entered_at, &entry.entered_by) else {
            continue;
        };
        let saves = by_time.entry((&entry.site, by)).or_default();
        let save = saves.entry(at).or_insert_with(|| Save {
            at,
            values: 0,
            subjects: BTreeSet::new(),
        });
        save.values += 1;
        save.subjects.insert(&entry.subject);
    }
    let all = by_time.into_iter();
    all.map(|(key, saves)| (key, saves.into_values().collect()))
        .collect()
}

/// Counts saves that lie in a sitting of many subjects.
fn count_sittings(saves: &[Save<'_>], counts: &mut Two) {
    for sitting in saves.chunk_by(|one, next| next.at - one.at <= PAUSE) {
        let subjects: BTreeSet<&str> = sitting
            .iter()
            .flat_map(|save| &save.subjects)
            .copied()
            .collect();
        let is_many = subjects.len() >= MANY;
        for _ in sitting {
            counts.count(is_many);
        }
    }
}

/// Counts saves with more values than can have been typed since the save before.
fn count_typing(saves: &[Save<'_>], counts: &mut Two) {
    for pair in saves.windows(2) {
        let since = pair[1].at - pair[0].at;
        if since <= PAUSE {
            counts.count(since < pair[1].values * TYPING);
        }
    }
}

/// The share of each site beside that of the others.
pub(super) fn compare(test: Test, sites: &Sites<'_>, counts: &BTreeMap<&str, Two>) -> Vec<Finding> {
    let of_site = |site: &&str| {
        let own = *counts.get(site)?;
        let mut rest = Two::default();
        for (_, other) in counts.iter().filter(|(name, _)| *name != site) {
            rest.with += other.with;
            rest.without += other.without;
        }
        if own.all() == 0 || rest.all() == 0 {
            return None;
        }
        let value = own.share() - rest.share();
        let effect = Effect {
            measure: "share, beside other sites",
            value,
            matters: value >= MATTERS,
        };
        let p = fisher(own, rest, Tail::Greater);
        Some(finding(test, site, None, (own.all(), p), effect))
    };
    sites.tested.iter().filter_map(of_site).collect()
}
