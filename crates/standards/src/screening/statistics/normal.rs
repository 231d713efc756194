//! The normal distribution.

use libm::{erfc, exp, log, sqrt};
use std::f64::consts::{PI, SQRT_2};

/// The probability of more than `z`.
pub fn normal_tail(z: f64) -> f64 {
    0.5 * erfc(z / SQRT_2)
}

/// The value below which a share `p` lies: Acklam's approximation and one step of Halley's method, good to 1e-15.
pub fn normal_quantile(p: f64) -> f64 {
    if p <= 0.0 || p.is_nan() {
        return f64::NEG_INFINITY;
    }
    if p >= 1.0 {
        return f64::INFINITY;
    }
    // From the nearer end, where no digit is lost.
    if p > 0.5 {
        return -lower(1.0 - p);
    }
    lower(p)
}

fn lower(p: f64) -> f64 {
    let first = approximation(p);
    let error = normal_tail(-first) - p;
    let step = error * sqrt(2.0 * PI) * exp(first * first / 2.0);
    first - step / (1.0 + first * step / 2.0)
}

fn approximation(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969_683_028_665_376e1,
        2.209_460_984_245_205e2,
        -2.759_285_104_469_687e2,
        1.383_577_518_672_69e2,
        -3.066_479_806_614_716e1,
        2.506_628_277_459_239,
    ];
    const B: [f64; 6] = [
        -5.447_609_879_822_406e1,
        1.615_858_368_580_409e2,
        -1.556_989_798_598_866e2,
        6.680_131_188_771_972e1,
        -1.328_068_155_288_572e1,
        1.0,
    ];
    const C: [f64; 6] = [
        -7.784_894_002_430_293e-3,
        -3.223_964_580_411_365e-1,
        -2.400_758_277_161_838,
        -2.549_732_539_343_734,
        4.374_664_141_464_968,
        2.938_163_982_698_783,
    ];
    const D: [f64; 5] = [
        7.784_695_709_041_462e-3,
        3.224_671_290_700_398e-1,
        2.445_134_137_142_996,
        3.754_408_661_907_416,
        1.0,
    ];
    if p < 0.024_25 {
        let q = sqrt(-2.0 * log(p));
        return polynomial(&C, q) / polynomial(&D, q);
    }
    let q = p - 0.5;
    let r = q * q;
    polynomial(&A, r) * q / polynomial(&B, r)
}

/// The coefficients begin with the highest power.
fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().fold(0.0, |sum, one| sum * x + one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::statistics::tests::assert_close;

    /// `scipy.stats.norm.sf` and `.ppf` of SciPy 1.17.1.
    #[test]
    fn tails_and_quantiles_are_those_of_scipy() {
        for (z, p) in [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_07),
            (1.959_963_984_540_054, 0.025),
            (5.0, 2.866_515_718_791_933e-7),
            (-2.5, 0.993_790_334_674_223_8),
            (12.0, 1.776_482_112_077_653e-33),
        ] {
            assert_close(normal_tail(z), p);
        }
        for (p, z) in [
            (0.975, 1.959_963_984_540_054),
            (1e-10, -6.361_340_902_404_056),
            (0.02, -2.053_748_910_631_823),
            (0.999_999, 4.753_424_308_817_087),
        ] {
            assert_close(normal_quantile(p), z);
        }
        assert!(normal_quantile(0.5).abs() < 1e-15);
    }
}
