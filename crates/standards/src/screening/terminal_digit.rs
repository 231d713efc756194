//! Last digits of a site beside those of the others. People who invent numbers, or round them, like some digits more than others.

use super::{
    Effect, Finding, Test,
    sites::{Sites, Value, finding},
    statistics::chi_square_tail,
};
use libm::sqrt;
use std::collections::BTreeSet;

/// Values of an item that a site, and the others, must have at least.
const LEAST: u64 = 50;
/// Cohen's w from which a difference matters.
const MATTERS: f64 = 0.15;

/// A result for each site: the chi-squares of its items together, so that an item that all sites round alike is no lead.
pub(super) fn terminal_digits(sites: &Sites<'_>) -> Vec<Finding> {
    let of_site = |site: &&str| {
        let (mut sum, mut degrees, mut count) = (0.0, 0.0, 0);
        for item in sites.numbers.keys() {
            let (own, rest) = sites.split(item, site);
            let (own, rest) = (digits(&own), digits(&rest));
            let (n, m) = (own.iter().sum::<u64>(), rest.iter().sum::<u64>());
            if n < LEAST || m < LEAST {
                continue;
            }
            let (chi_square, freedom) = homogeneity(&own, &rest);
            sum += chi_square;
            degrees += freedom;
            count += n;
        }
        if degrees == 0.0 {
            return None;
        }
        let value = sqrt((sum - degrees).max(0.0) / count as f64);
        let effect = Effect {
            measure: "Cohen's w, less what chance gives",
            value,
            matters: value >= MATTERS,
        };
        let p = chi_square_tail(sum, degrees);
        Some(finding(Test::TerminalDigit, site, None, (count, p), effect))
    };
    sites.tested.iter().filter_map(of_site).collect()
}

/// How often each digit comes last. A value that a subject has again counts once: the same person, measured again, tells little new.
pub(super) fn digits(values: &[Value<'_>]) -> [u64; 10] {
    let different: BTreeSet<(&str, &str)> = values
        .iter()
        .map(|value| (value.subject, value.text))
        .collect();
    let mut counts = [0; 10];
    for (_, text) in different {
        if let Some(digit) = text.bytes().last().filter(u8::is_ascii_digit) {
            counts[usize::from(digit - b'0')] += 1;
        }
    }
    counts
}

/// Chi-square of a table of two rows, and its degrees of freedom; digits that never come do not count.
fn homogeneity(own: &[u64; 10], rest: &[u64; 10]) -> (f64, f64) {
    let total = |counts: &[u64; 10]| counts.iter().sum::<u64>() as f64;
    let (n, m) = (total(own), total(rest));
    let (mut sum, mut columns) = (0.0, 0.0);
    for (one, other) in own.iter().zip(rest) {
        let column = (one + other) as f64;
        if column == 0.0 {
            continue;
        }
        columns += 1.0;
        for (observed, row) in [(*one as f64, n), (*other as f64, m)] {
            let expected = column * row / (n + m);
            sum += (observed - expected) * (observed - expected) / expected;
        }
    }
    (sum, (columns - 1.0f64).max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::statistics::tests::assert_close;

    /// `scipy.stats.chi2_contingency(table, correction=False)` of SciPy 1.17.1.
    #[test]
    fn homogeneity_is_that_of_scipy() {
        let own = [20, 18, 22, 40, 10, 0, 0, 0, 0, 0];
        let rest = [100, 95, 110, 90, 105, 0, 0, 0, 0, 0];
        let (chi_square, degrees) = homogeneity(&own, &rest);
        assert_close(chi_square, 21.706_613_086_797_773);
        assert_close(degrees, 4.0);
        assert_close(
            chi_square_tail(chi_square, degrees),
            0.000_229_249_487_692_307_52,
        );
    }
}
