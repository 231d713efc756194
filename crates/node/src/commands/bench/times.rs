//! Times of many requests, and how many of them a quantile covers.

use anyhow::Context as _;
use std::{
    collections::BTreeMap,
    future::Future,
    time::{Duration, Instant},
};

/// Times in milliseconds, ascending.
#[derive(Clone, Debug, Default)]
pub(super) struct Times(Vec<f64>);

impl Times {
    /// From times in any order.
    pub(super) fn of(mut millis: Vec<f64>) -> Self {
        millis.sort_by(f64::total_cmp);
        Self(millis)
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that this share of requests did not exceed (nearest rank).
    pub(super) fn at(&self, share: f64) -> f64 {
        at(&self.0, share)
    }
}

/// Requests that were offered at a rate, and what became of them.
#[derive(Debug)]
pub(super) struct Offered {
    /// From the instant at which a request was due to its end.
    pub(super) times: Times,
    /// From the first due instant to the last end.
    pub(super) span: Duration,
    /// What requests failed of, with their number.
    pub(super) errors: BTreeMap<String, usize>,
}

impl Offered {
    /// Requests that ended well in a second.
    pub(super) fn rate(&self) -> f64 {
        self.times.count() as f64 / self.span.as_secs_f64()
    }
}

/// Offers one request after another at a rate, whether or not those before have ended.
pub(super) async fn offer<T, F, E>(
    rate: f64,
    requests: impl IntoIterator<Item = T>,
    request: impl Fn(T) -> F,
) -> Offered
where
    F: Future<Output = Result<(), E>> + Send + 'static,
    E: std::fmt::Display + Send + 'static,
{
    let begun = Instant::now();
    let mut tasks = Vec::new();
    for (number, one) in requests.into_iter().enumerate() {
        let due = begun + Duration::from_secs_f64(number as f64 / rate);
        tokio::time::sleep_until(due.into()).await;
        let ended = request(one);
        tasks.push(tokio::spawn(async move {
            ended.await.map(|()| millis(due.elapsed()))
        }));
    }
    let (mut times, mut errors) = (Vec::new(), BTreeMap::new());
    for task in tasks {
        match task.await.expect("a request does not panic") {
            Ok(time) => times.push(time),
            Err(error) => *errors.entry(error.to_string()).or_default() += 1,
        }
    }
    Offered {
        times: Times::of(times),
        span: begun.elapsed(),
        errors,
    }
}

/// The time of this share of ascending times (nearest rank).
pub(super) fn at(times: &[f64], share: f64) -> f64 {
    let place = (times.len() as f64 * share).ceil() as usize;
    times.get(place.max(1) - 1).copied().unwrap_or(f64::NAN)
}

pub(super) fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// One-minute load of the machine: whether timings were disturbed by others.
///
/// # Errors
/// Where the kernel does not tell.
pub(super) fn load_average() -> anyhow::Result<f64> {
    let load = std::fs::read_to_string("/proc/loadavg").context("cannot read /proc/loadavg")?;
    let load = load.split(' ').next().and_then(|text| text.parse().ok());
    Ok(load.unwrap_or(f64::NAN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantile_is_the_nearest_rank() {
        let times = Times::of((1..=100).rev().map(f64::from).collect());
        assert_eq!(
            [0.5, 0.95, 0.99, 1.0].map(|share| times.at(share)),
            [50.0, 95.0, 99.0, 100.0]
        );
        assert!(Times::default().at(0.5).is_nan());
    }

    #[tokio::test]
    async fn requests_that_fail_are_counted_and_not_timed() {
        let request = |number: u32| async move {
            match number % 4 {
                0 => Err("a fourth fails"),
                _ => Ok(()),
            }
        };
        let offered = offer(10_000.0, 0..100, request).await;
        let errors = BTreeMap::from([("a fourth fails".to_owned(), 25)]);
        assert_eq!(
            (offered.times.count(), offered.errors.clone()),
            (75, errors)
        );
        assert!(offered.rate() > 0.0 && offered.span >= Duration::from_micros(9_900));
    }
}
