//! Whether a node answers.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use theriac_sdk::{Error as LedgerError, ErrorKind};
use tokio::sync::{Notify, futures::Notified};

use crate::packs::Error;

/// Whether a node answered when one was asked last. While none does, requests are answered from the book at once, and one task alone asks on.
pub(super) struct Link {
    is_up: AtomicBool,
    /// Unix milliseconds of the last look at the flags.
    looked_ms: AtomicU64,
    settled: Notify,
}

impl Default for Link {
    fn default() -> Self {
        Self {
            is_up: AtomicBool::new(true),
            looked_ms: AtomicU64::new(0),
            settled: Notify::new(),
        }
    }
}

impl Link {
    pub(super) fn is_up(&self) -> bool {
        self.is_up.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self, is_up: bool) {
        if self.is_up.swap(is_up, Ordering::Relaxed) != is_up {
            match is_up {
                true => tracing::info!("a node answers again"),
                false => {
                    tracing::warn!("no node answers: the book answers alone, and exits wait in it")
                }
            }
            // Who waits for an exit is told that it will take longer.
            self.settled.notify_waiters();
        }
    }

    pub(super) fn looked_ms(&self) -> u64 {
        self.looked_ms.load(Ordering::Relaxed)
    }

    pub(super) fn set_looked(&self, time_ms: u64) {
        self.looked_ms.store(time_ms, Ordering::Relaxed);
    }

    /// Tells those who wait that something was settled.
    pub(super) fn tell_settled(&self) {
        self.settled.notify_waiters();
    }

    /// Returns when something is settled, or the nodes came or went, after this was called.
    pub(super) fn settled(&self) -> Notified<'_> {
        self.settled.notified()
    }
}

/// Whether an error says nothing of the matter: no node took part in it, or not in time.
pub(super) fn is_passing(error: &Error) -> bool {
    matches!(error, Error::Ledger(error) if error.kind() == ErrorKind::Unreachable || matches!(error, LedgerError::NotFinalInTime(_)))
}
