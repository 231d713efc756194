//! What of an outcome is compared with others.

use super::{Outcome, time_frame::scan, words};
use std::collections::BTreeMap;

/// The words of an outcome.
pub(super) struct Features {
    /// Of its title, without times.
    pub(super) title: Vec<String>,
    /// Of its title and description, without times.
    pub(super) full: Vec<String>,
    /// Of its measurement, or else its title, without how it is expressed.
    pub(super) measured: Vec<String>,
    /// Numbers in its title that are no times.
    pub(super) numbers: Vec<String>,
}

impl Features {
    pub(super) fn of(outcome: &Outcome) -> Self {
        let (_, title) = scan(&outcome.title);
        let (_, description) = scan(outcome.description.as_deref().unwrap_or_default());
        let full: Vec<String> = title.iter().chain(&description).cloned().collect();
        let title = words::telling(&title);
        let measured = match &outcome.measurement {
            Some(measurement) => words::telling(&scan(measurement).1),
            None => title.clone(),
        };
        let is_number = |word: &&String| word.bytes().all(|byte| byte.is_ascii_digit());
        Self {
            numbers: title.iter().filter(is_number).cloned().collect(),
            measured: words::measured(&measured),
            full: words::telling(&full),
            title,
        }
    }
}

/// How much a word tells: the rarer among the outcomes, the more.
pub(super) struct Weights {
    counts: BTreeMap<String, u32>,
    outcomes: u32,
}

impl Weights {
    pub(super) fn of<'a>(all: impl Iterator<Item = &'a Features>) -> Self {
        let mut weights = Self {
            counts: BTreeMap::new(),
            outcomes: 0,
        };
        for features in all {
            weights.outcomes += 1;
            for word in &features.full {
                *weights.counts.entry(word.clone()).or_insert(0) += 1;
            }
        }
        weights
    }

    fn weight(&self, word: &str) -> f64 {
        let count = self.counts.get(word).copied().unwrap_or(0);
        1.0 + (f64::from(self.outcomes + 1) / f64::from(count + 1)).ln()
    }

    /// From 0 to 1: the share of common words (Dice), each by its weight. Both lists are sorted; two empty ones are not alike.
    pub(super) fn alike(&self, one: &[String], other: &[String]) -> f64 {
        let total = |words: &[String]| words.iter().map(|word| self.weight(word)).sum::<f64>();
        let all = total(one) + total(other);
        if all == 0.0 {
            return 0.0;
        }
        let common = one.iter().filter(|word| other.binary_search(word).is_ok());
        let common: f64 = common.map(|word| self.weight(word)).sum();
        2.0 * common / all
    }
}
