//! Admits many transactions at once: recovery is most of the cost of a transaction, and it is parallel.

use super::{Transaction, TransactionRefusal, admit};
use crate::spec::ChainSpec;
use alloy_primitives::Bytes;
use std::num::NonZeroUsize;

/// Below this many a thread costs more than it saves.
const MIN_PER_THREAD: usize = 8;

/// Admits each of `raws` on up to `threads` threads; answers stand in the order of `raws`.
pub fn admit_all(
    spec: &ChainSpec,
    raws: &[Bytes],
    threads: NonZeroUsize,
) -> Vec<Result<Transaction, TransactionRefusal>> {
    let share = raws.len().div_ceil(threads.get()).max(MIN_PER_THREAD);
    let admit_share = |raws: &[Bytes]| {
        raws.iter()
            .map(|raw| admit(spec, raw.clone()))
            .collect::<Vec<_>>()
    };
    if raws.len() <= share {
        return admit_share(raws);
    }
    std::thread::scope(|scope| {
        let handles: Vec<_> = raws
            .chunks(share)
            .map(|chunk| scope.spawn(move || admit_share(chunk)))
            .collect();
        handles
            .into_iter()
            .flat_map(|handle| handle.join().expect("admission does not panic"))
            .collect()
    })
}
