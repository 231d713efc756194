//! Fisher's exact test of a table of two by two.

use libm::{exp, lgamma};

/// How many have something, and how many do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Two {
    /// That have it.
    pub with: u64,
    /// That do not.
    pub without: u64,
}

impl Two {
    /// Counts one more.
    pub fn count(&mut self, has: bool) {
        match has {
            true => self.with += 1,
            false => self.without += 1,
        }
    }

    /// All.
    pub fn all(self) -> u64 {
        self.with + self.without
    }

    /// The share that has it; 0 of none.
    pub fn share(self) -> f64 {
        match self.all() {
            0 => 0.0,
            all => self.with as f64 / all as f64,
        }
    }
}

/// Which tables count as more extreme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Those with a larger share in the first group.
    Greater,
    /// Those that are no more probable.
    Both,
}

/// The p-value that both groups have the same share.
pub fn fisher(one: Two, other: Two, tail: Tail) -> f64 {
    let (group, rest) = (one.all(), other.all());
    let with = one.with + other.with;
    let least = with.saturating_sub(rest);
    let most = with.min(group);
    let probability = |in_group: u64| {
        exp(choices(group, in_group) + choices(rest, with - in_group) - choices(group + rest, with))
    };
    let observed = probability(one.with);
    let counts = |in_group: u64| match tail {
        Tail::Greater => in_group >= one.with,
        // The margin is SciPy's: tables that are equally probable differ in the last digits.
        Tail::Both => probability(in_group) <= observed * (1.0 + 1e-7),
    };
    let sum: f64 = (least..=most)
        .filter(|at| counts(*at))
        .map(probability)
        .sum();
    sum.min(1.0)
}

/// The logarithm of the number of choices of `k` out of `n`.
fn choices(n: u64, k: u64) -> f64 {
    let factorial = |n: u64| lgamma(n as f64 + 1.0);
    factorial(n) - factorial(k) - factorial(n - k)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.fisher_exact`, two-sided and `greater`, of SciPy 1.17.1.
    #[test]
    fn exact_p_values_are_those_of_scipy() {
        for (table, both, greater) in [
            (
                [8, 2, 1, 5],
                0.034_965_034_965_034_975,
                0.024_475_524_475_524_483,
            ),
            (
                [3, 17, 10, 90],
                0.452_907_678_950_100_6,
                0.371_724_900_275_170_36,
            ),
            ([0, 10, 30, 500], 1.0, 1.0),
            (
                [120, 380, 900, 5_100],
                5.010_832_142_829_319e-7,
                3.082_882_260_615_635_6e-7,
            ),
        ] {
            let [a, b, c, d] = table;
            let (one, other) = (
                Two {
                    with: a,
                    without: b,
                },
                Two {
                    with: c,
                    without: d,
                },
            );
            for (tail, expected) in [(Tail::Both, both), (Tail::Greater, greater)] {
                let got = fisher(one, other, tail);
                let error = (got - expected).abs() / expected;
                assert!(error < 1e-8, "got {got:e}, expected {expected:e}");
            }
        }
        assert!((fisher(Two::default(), Two::default(), Tail::Both) - 1.0).abs() < 1e-12);
    }
}
