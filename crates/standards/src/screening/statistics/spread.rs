//! Means, spreads, and the test of Levene in Brown and Forsythe's form.

use super::f_tail;
use libm::sqrt;

/// The mean; 0 of none.
pub fn mean(values: &[f64]) -> f64 {
    match values.len() {
        0 => 0.0,
        count => values.iter().sum::<f64>() / count as f64,
    }
}

/// The variance of a sample; 0 of fewer than two.
pub fn variance(values: &[f64]) -> f64 {
    if values.len() < 2 {
        return 0.0;
    }
    let mean = mean(values);
    let squares = values.iter().map(|value| (value - mean) * (value - mean));
    squares.sum::<f64>() / (values.len() - 1) as f64
}

/// The standard deviation of a sample.
pub fn standard_deviation(values: &[f64]) -> f64 {
    sqrt(variance(values))
}

/// The median; 0 of none.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[middle],
        _ => (sorted[middle - 1] + sorted[middle]) / 2.0,
    }
}

/// The statistic and p-value that both groups spread alike around their medians; `None` where too few values tell.
pub fn levene(one: &[f64], other: &[f64]) -> Option<(f64, f64)> {
    if one.len() < 2 || other.len() < 2 {
        return None;
    }
    let away = |values: &[f64]| -> Vec<f64> {
        let middle = median(values);
        values.iter().map(|value| (value - middle).abs()).collect()
    };
    let (own, others) = (away(one), away(other));
    let (n, m) = (own.len() as f64, others.len() as f64);
    let (own_mean, others_mean) = (mean(&own), mean(&others));
    let all = (own_mean * n + others_mean * m) / (n + m);
    let square = |value: f64| value * value;
    let between = n * square(own_mean - all) + m * square(others_mean - all);
    let within = variance(&own) * (n - 1.0) + variance(&others) * (m - 1.0);
    if within <= 0.0 {
        return None;
    }
    let below = n + m - 2.0;
    let f = between * below / within;
    Some((f, f_tail(f, 1.0, below)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::statistics::tests::assert_close;

    /// `scipy.stats.levene(a, b, center="median")` of SciPy 1.17.1.
    #[test]
    fn spreads_are_compared_as_scipy_does() {
        let one = [1.0, 2.0, 2.0, 3.0, 7.0, 9.0, 11.0, 4.5];
        let other = [2.0, 5.0, 6.0, 8.0, 10.0, 12.0, 14.0, 2.0, 9.0];
        let (f, p) = levene(&one, &other).expect("enough values");
        assert_close(f, 0.126_853_608_827_043_44);
        assert_close(p, 0.726_676_765_695_092_3);
        assert_eq!(levene(&[1.0], &other), None);
        assert_eq!(levene(&[1.0, 1.0], &[2.0, 2.0]), None);
        assert_close(median(&one), 3.75);
        assert_close(
            standard_deviation(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]),
            2.138_089_935_299_395,
        );
    }
}
