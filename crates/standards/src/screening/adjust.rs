//! P-values of many tests together.

/// The values of Benjamini and Hochberg (1995), in the order of the p-values.
pub(super) fn adjusted(p: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|one, other| p[*one].total_cmp(&p[*other]).then(one.cmp(other)));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (rank, at) in order.into_iter().enumerate().rev() {
        least = least.min(p[at] * p.len() as f64 / (rank + 1) as f64);
        adjusted[at] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `scipy.stats.false_discovery_control` of SciPy 1.17.1.
    #[test]
    fn adjusted_values_are_those_of_scipy() {
        let got = adjusted(&[0.01, 0.04, 0.03, 0.005, 0.2, 0.9]);
        for (got, expected) in got.iter().zip([0.03, 0.06, 0.06, 0.03, 0.24, 0.9]) {
            assert!((got - expected).abs() < 1e-12, "{got} {expected}");
        }
        assert!(adjusted(&[]).is_empty());
    }
}
