//! Whether arms differ at baseline as chance makes them differ (Carlisle, Anaesthesia 2017; 72:944).
//!
//! Arms that were made by chance have p-values that spread evenly from 0 to 1. Too many near 1 say that the arms are too alike to be the work
//! of chance; too many near 0, that it was not chance that made them. Variables that go with each other, and means that were rounded, mislead.

use super::{
    BaselineVariable, Effect, Finding, Test,
    statistics::{f_tail, normal_quantile, normal_tail},
};
use libm::sqrt;

/// Variables that are needed at least.
const LEAST: usize = 3;
/// Stouffer's z from which it matters.
const MATTERS: f64 = 2.5;

/// The p-value of each variable (analysis of variance from means and standard deviations), and the finding of all together (Stouffer); `None` of
/// too few variables. The z of the effect is negative where arms are too alike.
pub fn baseline(variables: &[BaselineVariable]) -> (Vec<(String, f64)>, Option<Finding>) {
    let of_each: Vec<(String, f64)> = variables
        .iter()
        .filter_map(|variable| Some((variable.name.clone(), of_variable(variable)?)))
        .collect();
    if of_each.len() < LEAST {
        return (of_each, None);
    }
    // Ends would be infinitely far out; rounded means reach them.
    let z = |p: f64| normal_quantile(1.0 - p.clamp(1e-12, 1.0 - 1e-12));
    let sum: f64 = of_each.iter().map(|(_, p)| z(*p)).sum();
    let value = sum / sqrt(of_each.len() as f64);
    let finding = Finding {
        test: Test::Baseline,
        site: None,
        item: None,
        count: of_each.len() as u64,
        p: (2.0 * normal_tail(value.abs())).min(1.0),
        q: 1.0,
        effect: Effect {
            measure: "Stouffer's z, negative where arms are too alike",
            value,
            matters: value.abs() >= MATTERS,
        },
        is_lead: false,
    };
    (of_each, Some(finding))
}

fn of_variable(variable: &BaselineVariable) -> Option<f64> {
    let groups = &variable.groups;
    let is_sound = |count: u64, spread: f64| count >= 2 && spread > 0.0 && spread.is_finite();
    let sound = groups
        .iter()
        .all(|group| is_sound(group.count, group.standard_deviation) && group.mean.is_finite());
    if groups.len() < 2 || !sound {
        return None;
    }
    let total: f64 = groups.iter().map(|group| group.count as f64).sum();
    let weighted = groups.iter().map(|group| group.count as f64 * group.mean);
    let mean = weighted.sum::<f64>() / total;
    let square = |value: f64| value * value;
    let between = groups
        .iter()
        .map(|group| group.count as f64 * square(group.mean - mean));
    let within = groups
        .iter()
        .map(|group| (group.count as f64 - 1.0) * square(group.standard_deviation));
    let above = groups.len() as f64 - 1.0;
    let below = total - groups.len() as f64;
    let f = (between.sum::<f64>() / above) / (within.sum::<f64>() / below);
    Some(f_tail(f, above, below))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::screening::{BaselineGroup, statistics::tests::assert_close};

    fn variable(name: &str, groups: &[(u64, f64, f64)]) -> BaselineVariable {
        let groups = groups.iter().map(|(count, mean, spread)| BaselineGroup {
            count: *count,
            mean: *mean,
            standard_deviation: *spread,
        });
        BaselineVariable {
            name: name.to_owned(),
            groups: groups.collect(),
        }
    }

    /// F of the textbook's formula, with `scipy.stats.f.sf` of SciPy 1.17.1.
    #[test]
    fn variables_are_compared_as_an_analysis_of_variance_does() {
        let variables = [
            variable("age", &[(50, 61.2, 9.8), (50, 60.9, 10.1)]),
            variable("score", &[(20, 5.0, 1.0), (25, 5.6, 1.2), (22, 5.1, 0.9)]),
        ];
        let (of_each, together) = baseline(&variables);
        assert_close(of_each[0].1, 0.880_493_300_018_138_6);
        assert_close(of_each[1].1, 0.121_525_011_228_946_02);
        assert_eq!(together, None);
    }

    /// `scipy.stats.combine_pvalues([0.9, 0.95, 0.99, 0.97, 0.93], method="stouffer")` gives z = -3.85021286897265.
    #[test]
    fn arms_that_are_too_alike_are_told() {
        let z: f64 = [0.9f64, 0.95, 0.99, 0.97, 0.93]
            .iter()
            .map(|p| normal_quantile(1.0 - p))
            .sum();
        assert_close(z / sqrt(5.0), -3.850_212_868_972_65);
        let alike: Vec<_> = (0..8)
            .map(|at| {
                variable(
                    "x",
                    &[(100, 50.0, 10.0 + f64::from(at)), (100, 50.02, 10.0)],
                )
            })
            .collect();
        let (_, finding) = baseline(&alike);
        let finding = finding.expect("enough variables");
        assert!(
            finding.effect.value < -MATTERS && finding.p < 1e-6,
            "{finding:?}"
        );
    }
}
