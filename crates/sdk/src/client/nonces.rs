//! The count of an account's transactions, shared by sends that run at the same time.

use crate::Error;
use tokio::sync::{Mutex, MutexGuard};

/// The next nonce, once it is known.
#[derive(Debug, Default)]
pub(super) struct Nonces {
    next: Mutex<Option<u64>>,
}

/// The right to send the next transaction; others wait, so that nonces reach the node in order.
pub(super) struct Turn<'a> {
    next: MutexGuard<'a, Option<u64>>,
}

impl Nonces {
    pub(super) async fn turn(&self) -> Turn<'_> {
        Turn {
            next: self.next.lock().await,
        }
    }
}

impl Turn<'_> {
    /// The nonce to sign with: the one after the last that was sent, or what `ask` answers.
    pub(super) async fn nonce(
        &self,
        ask: impl Future<Output = Result<u64, Error>>,
    ) -> Result<u64, Error> {
        match *self.next {
            Some(nonce) => Ok(nonce),
            None => ask.await,
        }
    }

    /// The node took the transaction with this nonce.
    pub(super) fn sent(&mut self, nonce: u64) {
        *self.next = Some(nonce + 1);
    }

    /// The count is in doubt; the next turn asks the node.
    pub(super) fn forget(&mut self) {
        *self.next = None;
    }
}
