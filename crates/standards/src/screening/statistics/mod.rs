//! Distributions and tests, each held against another implementation in its own tests.

mod beta;
mod fisher;
mod gamma;
mod normal;
mod rank;
mod spread;

pub use beta::{f_tail, t_two_sided};
pub use fisher::{Tail, Two, fisher};
pub use gamma::chi_square_tail;
pub use normal::{normal_quantile, normal_tail};
pub use rank::{Side, mann_whitney};
pub use spread::{levene, mean, median, standard_deviation, variance};

#[cfg(test)]
pub(crate) mod tests {
    /// Equal to ten digits.
    pub(crate) fn assert_close(got: f64, expected: f64) {
        let error = (got - expected).abs() / expected.abs().max(1e-300);
        assert!(error < 1e-10, "got {got:e}, expected {expected:e}");
    }
}
