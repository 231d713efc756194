//! How far subjects lie from the middle of all items together (Mahalanobis). Who invents a subject avoids what is unusual.

use super::{
    Effect, Finding, Test,
    sites::{Sites, finding},
    statistics::{Side, mann_whitney},
};
use libm::sqrt;
use std::collections::BTreeMap;

/// Items that are looked at together: those with the most values.
const ITEMS: usize = 12;
/// Subjects with all of these items that a site, and the others, must have at least.
const LEAST: usize = 10;
/// The probability of a larger distance than at other sites below which it matters.
const MATTERS: f64 = 0.35;

/// A result for each site.
pub(super) fn inliers(sites: &Sites<'_>) -> Vec<Finding> {
    let (owners, rows) = means(sites);
    let Some(distances) = distances(&rows) else {
        return Vec::new();
    };
    let of_site = |site: &&str| {
        let split = |is_own: bool| -> Vec<f64> {
            let all = owners.iter().zip(&distances);
            let chosen = all.filter(|(owner, _)| (**owner == *site) == is_own);
            chosen.map(|(_, distance)| *distance).collect()
        };
        let (own, rest) = (split(true), split(false));
        if own.len() < LEAST || rest.len() < LEAST {
            return None;
        }
        let (p, value) = mann_whitney(&own, &rest, Side::Less)?;
        let effect = Effect {
            measure: "probability of lying further out than a subject of other sites",
            value,
            matters: value <= MATTERS,
        };
        let count = own.len() as u64;
        Some(finding(Test::Inliers, site, None, (count, p), effect))
    };
    sites.tested.iter().filter_map(of_site).collect()
}

/// The means of each subject that has all items, and the subject's site.
fn means<'a>(sites: &Sites<'a>) -> (Vec<&'a str>, Vec<Vec<f64>>) {
    let count = |by_site: &BTreeMap<&str, Vec<_>>| by_site.values().map(Vec::len).sum::<usize>();
    let mut items: Vec<_> = sites.numbers.iter().collect();
    items.sort_by_key(|(name, by_site)| (std::cmp::Reverse(count(by_site)), **name));
    items.truncate(ITEMS);
    let mut sums: BTreeMap<(&str, &str), Vec<(f64, f64)>> = BTreeMap::new();
    for (at, (_, by_site)) in items.iter().enumerate() {
        for (site, values) in *by_site {
            for value in values {
                let row = sums.entry((site, value.subject)).or_default();
                row.resize(items.len(), (0.0, 0.0));
                row[at].0 += value.number;
                row[at].1 += 1.0;
            }
        }
    }
    sums.into_iter()
        .filter(|(_, row)| row.iter().all(|(_, count)| *count > 0.0))
        .map(|((site, _), row)| {
            let means = row.into_iter().map(|(sum, count)| sum / count).collect();
            (site, means)
        })
        .unzip()
}

/// The squared distance of each row from the mean of all; `None` of too few rows.
fn distances(rows: &[Vec<f64>]) -> Option<Vec<f64>> {
    let width = rows.first()?.len();
    if rows.len() < width + 2 || width < 2 {
        return None;
    }
    let mean: Vec<f64> = (0..width)
        .map(|at| rows.iter().map(|row| row[at]).sum::<f64>() / rows.len() as f64)
        .collect();
    let centred: Vec<Vec<f64>> = rows
        .iter()
        .map(|row| {
            row.iter()
                .zip(&mean)
                .map(|(value, mean)| value - mean)
                .collect()
        })
        .collect();
    let mut covariance = vec![vec![0.0; width]; width];
    for row in &centred {
        for at in 0..width {
            for place in 0..=at {
                covariance[at][place] += row[at] * row[place] / (rows.len() - 1) as f64;
            }
        }
    }
    let factor = cholesky(covariance)?;
    let distance = |row: &Vec<f64>| solve(&factor, row).iter().map(|part| part * part).sum();
    Some(centred.iter().map(distance).collect())
}

/// The lower factor. An item that others determine has no spread of its own left, and gets a little.
fn cholesky(mut matrix: Vec<Vec<f64>>) -> Option<Vec<Vec<f64>>> {
    for at in 0..matrix.len() {
        let ridge = matrix[at][at] * 1e-9;
        for place in 0..=at {
            let products = (0..place).map(|k| matrix[at][k] * matrix[place][k]);
            let rest = matrix[at][place] - products.sum::<f64>();
            matrix[at][place] = match place == at {
                true => sqrt(rest.max(ridge)),
                false => rest / matrix[place][place],
            };
        }
        if matrix[at][at] <= 0.0 {
            return None;
        }
    }
    Some(matrix)
}

fn solve(factor: &[Vec<f64>], row: &[f64]) -> Vec<f64> {
    let mut solved: Vec<f64> = Vec::with_capacity(row.len());
    for (at, value) in row.iter().enumerate() {
        let products = solved
            .iter()
            .zip(&factor[at])
            .map(|(one, other)| one * other);
        let rest = value - products.sum::<f64>();
        solved.push(rest / factor[at][at]);
    }
    solved
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: mean (2, 2), covariance [[5/3, 4/3], [4/3, 5/3]] with inverse [[5/3, -4/3], [-4/3, 5/3]], and so on.
    #[test]
    fn distances_are_those_of_the_inverse_covariance() {
        let rows = vec![
            vec![0.5, 0.5],
            vec![1.5, 2.5],
            vec![2.5, 1.5],
            vec![3.5, 3.5],
        ];
        let distances = distances(&rows).expect("enough rows");
        let expected = [1.5, 1.5, 1.5, 1.5];
        for (got, expected) in distances.iter().zip(expected) {
            assert!((got - expected).abs() < 1e-12, "{distances:?}");
        }
    }
}
