//! The test of Mann and Whitney.

use super::normal_tail;
use libm::sqrt;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Whether the first group has smaller values.
    Less,
    /// Whether it has other values.
    Both,
}

/// The p-value that both groups have the same values, and the probability that one of the first is larger than one of the other (ties count half).
/// By the normal distribution, with corrections for ties and continuity; `None` where a group is empty or all values are equal.
pub fn mann_whitney(one: &[f64], other: &[f64], side: Side) -> Option<(f64, f64)> {
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> = Vec::with_capacity(one.len() + other.len());
    all.extend(one.iter().map(|value| (*value, true)));
    all.extend(other.iter().map(|value| (*value, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut ranks, mut ties) = (0.0, 0.0);
    let mut at = 0;
    while at < all.len() {
        let run = all[at..]
            .iter()
            .take_while(|entry| entry.0 == all[at].0)
            .count();
        let rank = at as f64 + (run as f64 + 1.0) / 2.0;
        let own = all[at..at + run].iter().filter(|entry| entry.1).count();
        ranks += rank * own as f64;
        let run_length = run as f64;
        ties += run_length * run_length * run_length - run_length;
        at += run;
    }
    let (n, m) = (one.len() as f64, other.len() as f64);
    let u = ranks - n * (n + 1.0) / 2.0;
    let total = n + m;
    let spread = sqrt(n * m / 12.0 * (total + 1.0 - ties / (total * (total - 1.0))));
    if spread == 0.0 || spread.is_nan() {
        return None;
    }
    let away = u - n * m / 2.0;
    let p = match side {
        Side::Less => normal_tail(-(away + 0.5) / spread),
        Side::Both => 2.0 * normal_tail((away.abs() - 0.5) / spread),
    };
    Some((p.min(1.0), u / (n * m)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::statistics::tests::assert_close;

    /// `scipy.stats.mannwhitneyu(a, b, method="asymptotic")` of SciPy 1.17.1: U is 22.5.
    #[test]
    fn rank_tests_are_those_of_scipy() {
        let one = [1.0, 2.0, 2.0, 3.0, 7.0, 9.0, 11.0, 4.5];
        let other = [2.0, 5.0, 6.0, 8.0, 10.0, 12.0, 14.0, 2.0, 9.0];
        let (p, share) = mann_whitney(&one, &other, Side::Both).expect("values that differ");
        assert_close(p, 0.207_870_264_873_819_32);
        assert_close(share, 22.5 / 72.0);
        let (p, _) = mann_whitney(&one, &other, Side::Less).expect("values that differ");
        assert_close(p, 0.103_935_132_436_909_66);
        assert_eq!(mann_whitney(&one, &[], Side::Both), None);
        assert_eq!(mann_whitney(&[1.0, 1.0], &[1.0], Side::Both), None);
    }
}
