//! Plays many seeds and tells all failures together.

use std::{
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// Threads of a campaign.
const THREADS: usize = 2;

/// Reports on the first `count` seeds with `THERIAC_LONG`, on those of the `sample` without, and on the one in `THERIAC_SEED` where that is set.
///
/// # Panics
/// Where a report is an error: with all of them.
pub fn campaign(count: u64, sample: &[u64], report: impl Fn(u64) -> Result<(), String> + Sync) {
    let seeds = seeds(count, sample);
    let next = AtomicUsize::new(0);
    let failures: Vec<String> = thread::scope(|scope| {
        let work = || {
            let mine = std::iter::from_fn(|| seeds.get(next.fetch_add(1, Ordering::Relaxed)));
            mine.filter_map(|seed| report(*seed).err())
                .collect::<Vec<_>>()
        };
        let threads: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("a trial catches its panics"))
            .collect()
    });
    assert!(
        failures.is_empty(),
        "{} of {} seeds failed:\n{}",
        failures.len(),
        seeds.len(),
        failures.join("\n")
    );
}

fn seeds(count: u64, sample: &[u64]) -> Vec<u64> {
    if let Ok(seed) = std::env::var("THERIAC_SEED") {
        return vec![seed.parse().expect("THERIAC_SEED is a number")];
    }
    match std::env::var_os("THERIAC_LONG") {
        Some(_) => (0..count).collect(),
        None => sample.to_vec(),
    }
}
