//! Views as columns of yes and no: each bit, length, order, count, time and gas. No column is made by looking at an arm.

use super::{
    play::Played,
    view::{Thing, View},
};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashSet};

/// A column is of no use where fewer subjects than these have yes, or no.
const LEAST: usize = 8;
/// Values are told one by one where there are no more than these.
const FEW: usize = 16;

/// One question, with its answer for each subject.
#[derive(Clone)]
pub(super) struct Column {
    pub(super) name: String,
    bits: Vec<u64>,
    pub(super) ones: usize,
}

pub(super) struct Columns {
    pub(super) columns: Vec<Column>,
    /// Whether a subject is in the first half of the lists.
    pub(super) first_half: Bits,
    /// What was looked at: books have the same of each other.
    seen: HashSet<[u8; 32]>,
}

/// A set of subjects.
#[derive(Clone)]
pub(super) struct Bits(Vec<u64>);

impl Bits {
    pub(super) fn of(answers: impl Iterator<Item = bool>) -> Self {
        let mut bits = Vec::new();
        for (place, answer) in answers.enumerate() {
            if place % 64 == 0 {
                bits.push(0);
            }
            if answer {
                bits[place / 64] |= 1_u64 << (place % 64);
            }
        }
        Self(bits)
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.0[place / 64] >> (place % 64) & 1 == 1
    }

    pub(super) fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    pub(super) fn and(&self, other: &Self) -> Self {
        Self(
            self.0
                .iter()
                .zip(&other.0)
                .map(|(one, other)| one & other)
                .collect(),
        )
    }

    /// Those of this set that are not in the other.
    pub(super) fn without(&self, other: &Self) -> Self {
        Self(
            self.0
                .iter()
                .zip(&other.0)
                .map(|(one, other)| one & !other)
                .collect(),
        )
    }
}

impl Column {
    pub(super) fn has(&self, place: usize) -> bool {
        self.bits[place / 64] >> (place % 64) & 1 == 1
    }

    /// How many of a set have yes.
    pub(super) fn count(&self, set: &Bits) -> usize {
        let both = self.bits.iter().zip(&set.0);
        both.map(|(one, other)| (one & other).count_ones() as usize)
            .sum()
    }
}

impl Columns {
    pub(super) fn of(played: &[Played]) -> Self {
        let views: Vec<&View> = played.iter().flat_map(|one| &one.views).collect();
        let firsts: Vec<bool> = played
            .iter()
            .flat_map(|one| (0..one.views.len()).map(|place| place == 0))
            .collect();
        let half = played.len() / 2;
        let halves = played.iter().enumerate();
        let halves = halves.flat_map(|(list, one)| vec![list < half; one.views.len()]);
        let mut all = Self {
            columns: Vec::new(),
            first_half: Bits::of(halves),
            seen: HashSet::new(),
        };
        let names: BTreeSet<&String> = views.iter().flat_map(|view| view.things.keys()).collect();
        for name in names {
            let things: Vec<_> = views.iter().map(|view| view.things.get(name)).collect();
            all.things(name, &things);
        }
        let names: BTreeSet<&String> = views.iter().flat_map(|view| view.numbers.keys()).collect();
        for name in names {
            let values: Vec<_> = views
                .iter()
                .map(|view| view.numbers.get(name).copied())
                .collect();
            all.numbers(name, &values);
            let name = format!("{name}, more than of the subject before");
            all.numbers(&name, &differences(&values, &firsts));
        }
        all
    }

    pub(super) fn len(&self) -> usize {
        self.columns.len()
    }

    fn push(&mut self, name: impl FnOnce() -> String, answers: impl Iterator<Item = bool>) {
        let mut count = 0;
        let bits = Bits::of(answers.inspect(|_| count += 1));
        let ones = bits.count();
        if ones.min(count - ones) >= LEAST {
            let name = name();
            self.columns.push(Column {
                name,
                bits: bits.0,
                ones,
            });
        }
    }

    fn things(&mut self, name: &str, things: &[Option<&Thing>]) {
        let lengths = things.iter().map(|it| it.map(|it| it.length as i64));
        self.numbers(&format!("{name}, length"), &lengths.collect::<Vec<_>>());
        let values = things.iter().map(|it| it.map(|it| it.beginning.as_slice()));
        let values: Vec<_> = values.collect();
        if !self.seen.insert(digest(&values)) {
            return;
        }
        let longest = values.iter().flatten().map(|it| it.len()).max();
        for place in 0..longest.unwrap_or(0) {
            for bit in 0..8 {
                let is_set = |value: &Option<&[u8]>| {
                    let byte = value.and_then(|value| value.get(place));
                    byte.is_some_and(|byte| byte >> bit & 1 == 1)
                };
                let name = || format!("{name}, byte {place}, bit {bit}");
                self.push(name, values.iter().map(is_set));
            }
        }
    }

    fn numbers(&mut self, name: &str, values: &[Option<i64>]) {
        let bytes: Vec<_> = values.iter().map(|it| it.map(i64::to_be_bytes)).collect();
        let bytes: Vec<_> = bytes
            .iter()
            .map(|it| it.as_ref().map(<[u8; 8]>::as_slice))
            .collect();
        if !self.seen.insert(digest(&bytes)) {
            return;
        }
        self.push(
            || format!("{name}, is there"),
            values.iter().map(Option::is_some),
        );
        let mut sorted: Vec<i64> = values.iter().copied().flatten().collect();
        sorted.sort_unstable();
        let mut eighths: Vec<i64> = (1..8)
            .filter_map(|part| sorted.get(sorted.len() * part / 8).copied())
            .collect();
        eighths.dedup();
        for bound in eighths {
            let is_below = |value: &Option<i64>| value.is_some_and(|value| value < bound);
            self.push(
                || format!("{name}, below {bound}"),
                values.iter().map(is_below),
            );
        }
        sorted.dedup();
        if sorted.len() <= FEW {
            for one in sorted {
                let is_it = |value: &Option<i64>| *value == Some(one);
                self.push(|| format!("{name}, is {one}"), values.iter().map(is_it));
            }
        }
        for divisor in 2..=8 {
            for rest in 0..divisor {
                let is_it =
                    |value: &Option<i64>| value.is_some_and(|it| it.rem_euclid(divisor) == rest);
                let name = || format!("{name}, modulo {divisor} is {rest}");
                self.push(name, values.iter().map(is_it));
            }
        }
    }
}

fn digest(values: &[Option<&[u8]>]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    for value in values {
        hasher.update(
            value
                .map_or(u64::MAX, |value| value.len() as u64)
                .to_be_bytes(),
        );
        hasher.update(value.unwrap_or_default());
    }
    hasher.finalize().into()
}

/// By how much each is more than the one before it in its list.
fn differences(values: &[Option<i64>], firsts: &[bool]) -> Vec<Option<i64>> {
    let mut before = None;
    let pairs = values.iter().zip(firsts);
    let differences = pairs.map(|(value, is_first)| {
        let difference = match (*value, before, is_first) {
            (Some(value), Some(before), false) => Some(value - before),
            _ => None,
        };
        before = *value;
        difference
    });
    differences.collect()
}
