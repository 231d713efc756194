//! The F and t distributions, by the incomplete beta function.

use libm::{exp, lgamma, log, log1p};

/// The probability of more than `f` with so many degrees of freedom above and below.
pub fn f_tail(f: f64, above: f64, below: f64) -> f64 {
    if f <= 0.0 {
        return 1.0;
    }
    incomplete(below / 2.0, above / 2.0, below / (below + above * f))
}

/// The probability of more than `t`, or less than `-t`.
pub fn t_two_sided(t: f64, degrees: f64) -> f64 {
    incomplete(degrees / 2.0, 0.5, degrees / (degrees + t * t))
}

/// The regularised incomplete beta function (DLMF 8.17.22).
fn incomplete(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x));
    match x < (a + 1.0) / (a + b + 2.0) {
        true => front * fraction(a, b, x) / a,
        false => 1.0 - front * fraction(b, a, 1.0 - x) / b,
    }
}

/// Lentz's method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let full = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / full(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for n in 1..10_000 {
        let n = f64::from(n);
        let even = n * (b - n) * x / ((a + 2.0 * n - 1.0) * (a + 2.0 * n));
        d = 1.0 / full(1.0 + even * d);
        c = full(1.0 + even / c);
        value *= d * c;
        let odd = -(a + n) * (a + b + n) * x / ((a + 2.0 * n) * (a + 2.0 * n + 1.0));
        d = 1.0 / full(1.0 + odd * d);
        c = full(1.0 + odd / c);
        let step = d * c;
        value *= step;
        if (step - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::statistics::tests::assert_close;

    /// `scipy.stats.f.sf` and `2 * scipy.stats.t.sf` of SciPy 1.17.1.
    #[test]
    fn f_and_t_tails_are_those_of_scipy() {
        for (f, above, below, p) in [
            (4.0, 1.0, 30.0, 0.054_625_044_962_983_094),
            (2.5, 3.0, 200.0, 0.060_693_320_408_898_37),
            (0.1, 2.0, 15.0, 0.905_435_531_630_915),
            (30.0, 1.0, 1_000.0, 5.465_982_732_253_141_5e-8),
        ] {
            assert_close(f_tail(f, above, below), p);
        }
        for (t, degrees, p) in [
            (2.0, 10.0, 0.073_388_034_770_740_37),
            (0.5, 3.0, 0.651_447_964_848_151),
            (6.0, 120.0, 2.148_303_819_306_042_5e-8),
        ] {
            assert_close(t_two_sided(t, degrees), p);
        }
    }
}
