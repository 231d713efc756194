//! A yes or no, believed for a short while.

use std::{hash::Hash, num::NonZeroUsize};

use lru::LruCache;
use parking_lot::Mutex;

use crate::Clock;

const CAPACITY: NonZeroUsize = NonZeroUsize::new(16_384).unwrap();

/// Answers by key, each forgotten after a while.
pub(crate) struct Remembered<K> {
    clock: Clock,
    believed_ms: u64,
    answers: Mutex<LruCache<K, (bool, u64)>>,
}

impl<K: Hash + Eq> Remembered<K> {
    /// Nothing yet.
    pub(crate) fn new(clock: Clock, believed_ms: u64) -> Self {
        Self {
            clock,
            believed_ms,
            answers: Mutex::new(LruCache::new(CAPACITY)),
        }
    }

    /// The answer, if it is recent.
    pub(crate) fn get(&self, key: &K) -> Option<bool> {
        let now = (self.clock)();
        let mut answers = self.answers.lock();
        let (answer, at) = *answers.get(key)?;
        (now.saturating_sub(at) < self.believed_ms).then_some(answer)
    }

    /// Notes an answer of this moment.
    pub(crate) fn put(&self, key: K, answer: bool) {
        let now = (self.clock)();
        self.answers.lock().put(key, (answer, now));
    }
}
