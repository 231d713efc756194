//! What one phase of load came to.

use super::observer::Seen;
use alloy_primitives::B256;
use std::{
    collections::{BTreeMap, HashMap},
    time::{Duration, Instant},
};

/// The result of a phase.
#[derive(Debug)]
pub(super) struct Phase {
    /// Transactions meant to be sent.
    pub(super) offered: usize,
    /// From intended send to served in a final block, in milliseconds, ascending; one for each final transaction.
    pub(super) latencies_ms: Vec<f64>,
    /// From the first final transaction to the last.
    pub(super) span: Duration,
    /// From the first intended send to the last final transaction.
    whole: Duration,
    /// Transactions that became final in `span`: all but those seen with the first.
    followed: usize,
    /// Errors that servers answered, with their number.
    pub(super) errors: BTreeMap<String, usize>,
    pub(super) gas_used: u64,
    pub(super) blocks: u64,
}

impl Phase {
    /// Matches what was intended with what was seen.
    pub(super) fn new(
        intended: &HashMap<B256, Instant>,
        seen: &Seen,
        errors: BTreeMap<String, usize>,
    ) -> Self {
        let finals: Vec<_> = intended
            .keys()
            .filter_map(|hash| seen.at.get(hash))
            .collect();
        let (first, last) = (finals.iter().min(), finals.iter().max());
        let begun = intended.values().min();
        let followed = finals.iter().filter(|at| Some(at) > first.as_ref()).count();
        let latency = |(hash, at): (&B256, &Instant)| {
            let seen = seen.at.get(hash)?;
            Some(seen.saturating_duration_since(*at).as_secs_f64() * 1_000.0)
        };
        let mut latencies_ms: Vec<_> = intended.iter().filter_map(latency).collect();
        latencies_ms.sort_by(f64::total_cmp);
        Self {
            offered: intended.len(),
            latencies_ms,
            span: first
                .zip(last)
                .map_or(Duration::ZERO, |(first, last)| **last - **first),
            whole: begun
                .zip(last)
                .map_or(Duration::ZERO, |(begun, last)| **last - *begun),
            followed,
            errors,
            gas_used: seen.gas_used,
            blocks: seen.blocks,
        }
    }

    /// Final transactions.
    pub(super) fn finals(&self) -> usize {
        self.latencies_ms.len()
    }

    /// Final transactions per second, from the first final one to the last. What was still on its way when sending ended
    /// is counted with the time that it took.
    pub(super) fn throughput(&self) -> f64 {
        self.followed as f64 / self.span.as_secs_f64()
    }

    /// Final transactions per second, from the first intended send to the last final one: for a load that has no rate.
    pub(super) fn saturated(&self) -> f64 {
        self.finals() as f64 / self.whole.as_secs_f64()
    }

    /// The latency that this share of final transactions did not exceed (nearest rank).
    pub(super) fn quantile_ms(&self, share: f64) -> f64 {
        let rank = (share * self.finals() as f64).ceil() as usize;
        self.latencies_ms
            .get(rank.saturating_sub(1))
            .copied()
            .unwrap_or(f64::NAN)
    }

    /// One line for people.
    pub(super) fn line(&self) -> String {
        let errors: usize = self.errors.values().sum();
        format!(
            "{} of {} final in {:.1} s and {} blocks: {:.0} tx/s ({:.0} from the first send), p50 {:.0} ms, p99 {:.0} ms, {errors} errors",
            self.finals(),
            self.offered,
            self.span.as_secs_f64(),
            self.blocks,
            self.throughput(),
            self.saturated(),
            self.quantile_ms(0.5),
            self.quantile_ms(0.99),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latency_counts_from_the_intended_send() {
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        let hash = |byte: u64| B256::with_last_byte(byte as u8);
        let intended = (0..100).map(|n| (hash(n), at(n * 10))).collect();
        let mut seen = Seen {
            at: (0..99).map(|n| (hash(n), at(n * 10 + n + 1))).collect(),
            ..Seen::default()
        };
        seen.at.insert(hash(200), at(90_000));
        let phase = Phase::new(&intended, &seen, BTreeMap::new());
        assert_eq!((phase.offered, phase.finals()), (100, 99));
        assert_eq!(phase.span, Duration::from_millis(980 + 98));
        assert_eq!(phase.throughput(), 98.0 / 1.078);
        assert_eq!(phase.saturated(), 99.0 / 1.079);
        assert_eq!(phase.quantile_ms(0.5).round(), 50.0);
        assert_eq!(phase.quantile_ms(0.99).round(), 99.0);
    }
}
