//! Tests each column, learns on one half of the lists, and guesses the other.
//!
//! The arms are drawn without replacement within blocks, and balanced in each. For any set of M subjects that was made without looking at the arms,
//! the number of those in the second arm is M/2 off by t or more with a chance of 2 exp(-2 t² / M) at most: Hoeffding (1963), theorem 2 over the blocks, which
//! are independent, and theorem 4 within each. The subjects outside of the set are off by as many, so that the smaller of both sets counts. The bound is no
//! approximation, and holds for each length of block; divided by the number of columns it is Bonferroni's. Right guesses among N subjects are off by twice what
//! the subjects that were guessed to be in the second arm are: 2 exp(-d² / N) at most for d or more.

use super::columns::{Bits, Column, Columns};
use std::fmt;

/// The chance of a false alarm, of all columns together, and of both guesses together.
const CHANCE: f64 = 1e-6;
/// Columns that the classifier uses at most.
const USED: usize = 32;

/// A column that tells the arm.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) name: String,
    /// Natural logarithm of the bound of its chance.
    chance: f64,
}

/// Columns that tell the arm, the most telling first.
pub(super) fn scan(columns: &Columns, arms: &[bool]) -> Vec<Found> {
    let active = Bits::of(arms.iter().copied());
    let limit = (CHANCE / columns.len() as f64).ln();
    let found = columns.columns.iter().map(|column| Found {
        name: column.name.clone(),
        chance: 2_f64.ln() - 2.0 * telling((column.count(&active), column.ones), arms.len()),
    });
    let mut found: Vec<_> = found.filter(|found| found.chance < limit).collect();
    found.sort_by(|one, other| one.chance.total_cmp(&other.chance));
    found
}

/// t² / M: of `ones` among all subjects so many are in the second arm.
fn telling((active, ones): (usize, usize), all: usize) -> f64 {
    let off = active as f64 - ones as f64 / 2.0;
    off * off / ones.min(all - ones).max(1) as f64
}

/// Guesses of both halves, each after learning on the other.
pub(super) struct Guesses([(usize, usize); 2]);

impl Guesses {
    /// Whether as many are right in each half as the bound allows for guesses that know nothing.
    pub(super) fn is_a_coin(&self) -> bool {
        self.0
            .iter()
            .all(|(right, of)| off(*right, *of) <= allowed(*of))
    }
}

impl fmt::Display for Guesses {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [first, second] = self.0;
        let told = |(right, of): (usize, usize)| {
            let (low, high) = (of as f64 / 2.0 - allowed(of), of as f64 / 2.0 + allowed(of));
            format!("{right} of {of} (a coin: {low:.0} to {high:.0})")
        };
        write!(formatter, "{}, {}", told(first), told(second))
    }
}

fn off(right: usize, of: usize) -> f64 {
    (right as f64 - of as f64 / 2.0).abs()
}

/// By how many the right guesses of a half may be off.
pub(super) fn allowed(of: usize) -> f64 {
    (of as f64 * (4.0 / CHANCE).ln()).sqrt()
}

pub(super) fn guess_both_halves(columns: &Columns, arms: &[bool]) -> Guesses {
    let all = Bits::of(arms.iter().map(|_| true));
    let first = &columns.first_half;
    let second = all.without(first);
    let active = Bits::of(arms.iter().copied());
    let guess = |learn: &Bits, of: &Bits| {
        let model = Model::learn(columns, (&active, learn));
        let subjects = (0..arms.len()).filter(|place| of.has(*place));
        let right = subjects.filter(|place| model.says(*place) == arms[*place]);
        (right.count(), of.count())
    };
    Guesses([guess(&second, first), guess(first, &second)])
}

/// Naive Bayes over the columns that told most where it learned.
struct Model<'a> {
    /// What yes and what no add to the logarithm of the odds of the second arm.
    weights: Vec<(&'a Column, f64, f64)>,
}

impl<'a> Model<'a> {
    fn learn(columns: &'a Columns, (active, learn): (&Bits, &Bits)) -> Self {
        let of_arm = active.and(learn);
        let (all, second) = (learn.count(), of_arm.count());
        let mut told: Vec<_> = columns
            .columns
            .iter()
            .map(|column| {
                let (yes, ones) = (column.count(&of_arm), column.count(learn));
                (telling((yes, ones), all), column, yes, ones)
            })
            .collect();
        told.sort_by(|one, other| other.0.total_cmp(&one.0));
        // What tells less than half as much as the best is more likely noise.
        let least = told.first().map_or(0.0, |best| best.0 / 2.0);
        let used = told.into_iter().take(USED).filter(|one| one.0 >= least);
        let odds = |second: usize, first: usize| ((second + 1) as f64 / (first + 1) as f64).ln();
        let weights = used.map(|(_, column, yes, ones)| {
            let no = second - yes;
            (column, odds(yes, ones - yes), odds(no, all - ones - no))
        });
        Self {
            weights: weights.collect(),
        }
    }

    fn says(&self, place: usize) -> bool {
        let weights = self.weights.iter();
        let sum: f64 = weights
            .map(|(column, yes, no)| if column.has(place) { yes } else { no })
            .sum();
        sum > 0.0
    }
}

#[test]
fn the_bound_is_hoeffdings() {
    // 60 of 100 where 50 are expected: 2 exp(-2 * 100 / 100).
    assert!((telling((60, 100), 200) - 1.0).abs() < 1e-12);
    assert!((telling((40, 100), 120) - 5.0).abs() < 1e-12);
    assert!(Guesses([(100, 200), (120, 200)]).is_a_coin());
    assert!(!Guesses([(100, 200), (156, 200)]).is_a_coin());
    assert!((allowed(200) - 55.14).abs() < 0.1);
}
