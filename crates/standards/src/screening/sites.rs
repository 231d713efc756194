//! The values by site and item, in a fixed order.

use super::{Data, Effect, Entry, Finding, Test};
use std::collections::{BTreeMap, BTreeSet};

/// A number with its place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value<'a> {
    pub(super) subject: &'a str,
    pub(super) visit: &'a str,
    pub(super) text: &'a str,
    pub(super) number: f64,
}

/// Entries by site, and numbers by item and site.
pub(super) struct Sites<'a> {
    /// Sites with enough subjects.
    pub(super) tested: Vec<&'a str>,
    pub(super) suppressed: Vec<&'a str>,
    pub(super) numbers: BTreeMap<&'a str, BTreeMap<&'a str, Vec<Value<'a>>>>,
    pub(super) subjects: BTreeMap<&'a str, BTreeSet<&'a str>>,
    pub(super) not_numbers: u64,
}

impl<'a> Sites<'a> {
    pub(super) fn of(data: &'a Data, least: usize) -> Self {
        let mut sites = Self {
            tested: Vec::new(),
            suppressed: Vec::new(),
            numbers: BTreeMap::new(),
            subjects: BTreeMap::new(),
            not_numbers: 0,
        };
        for entry in &data.entries {
            sites.add(entry);
        }
        for by_site in sites.numbers.values_mut() {
            for values in by_site.values_mut() {
                values.sort_by(|one, other| {
                    let place = |value: &Value<'a>| (value.subject, value.visit);
                    let places = place(one).cmp(&place(other));
                    places.then(one.number.total_cmp(&other.number))
                });
            }
        }
        for (site, subjects) in &sites.subjects {
            match subjects.len() >= least {
                true => sites.tested.push(site),
                false => sites.suppressed.push(site),
            }
        }
        sites
    }

    fn add(&mut self, entry: &'a Entry) {
        self.subjects
            .entry(&entry.site)
            .or_default()
            .insert(&entry.subject);
        let Some(number) = number(&entry.value) else {
            self.not_numbers += 1;
            return;
        };
        let by_site = self.numbers.entry(&entry.item).or_default();
        by_site.entry(&entry.site).or_default().push(Value {
            subject: &entry.subject,
            visit: &entry.visit,
            text: &entry.value,
            number,
        });
    }

    /// The values of an item at a site, and all at others.
    pub(super) fn split(&self, item: &str, site: &str) -> (Vec<Value<'a>>, Vec<Value<'a>>) {
        let mut own = Vec::new();
        let mut rest = Vec::new();
        for (name, values) in self.numbers.get(item).into_iter().flatten() {
            match *name == site {
                true => own.extend(values),
                false => rest.extend(values),
            }
        }
        (own, rest)
    }
}

/// A decimal number; neither exponents nor words such as `nan`.
pub(super) fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_decimal = digits
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'.')
        && digits.bytes().any(|byte| byte.is_ascii_digit());
    match is_decimal && text.len() <= 40 {
        true => text.parse().ok(),
        false => None,
    }
}

/// A result that is yet to be adjusted.
pub(super) fn finding(
    test: Test,
    site: &str,
    item: Option<&str>,
    (count, p): (u64, f64),
    effect: Effect,
) -> Finding {
    Finding {
        test,
        site: Some(site.to_owned()),
        item: item.map(str::to_owned),
        count,
        p: p.clamp(0.0, 1.0),
        q: 1.0,
        effect,
        is_lead: false,
    }
}
