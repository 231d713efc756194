//! Receipts of one put, and whoever waits for enough of them.

use crate::mailbox::{Receipt, Reply};
use crate::{VaultError, quorum};
use commonware_utils::channel::oneshot;
use futures::stream::{FuturesUnordered, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use theriac_envelope::Content;

/// Puts that may go on after they were acknowledged; the actor holds the count as well.
const MAX_TAILS: usize = 65;

/// Who waits for a put: the caller for its result, the actor for the place that it takes.
pub(crate) struct Acknowledgement {
    pub(crate) reply: Reply<Receipt>,
    pub(crate) done: oneshot::Sender<()>,
}

impl Acknowledgement {
    pub(crate) fn resolve(self, result: Result<Receipt, VaultError>) {
        // Either may have stopped waiting.
        let _ = self.reply.send(result);
        let _ = self.done.send(());
    }
}

/// Receipts so far.
pub(crate) struct Tally {
    pub(crate) content: Content,
    pub(crate) durable_at: usize,
    pub(crate) members: usize,
    /// Raised when members that have not answered are not waited for any more.
    pub(crate) is_decided: Arc<AtomicBool>,
    /// Held by each put that goes on after it was acknowledged.
    pub(crate) tails: Arc<()>,
}

impl Tally {
    /// Replies when it is decided. Members that have not answered by then are served for as long as they do answer.
    pub(crate) async fn count<F>(mut self, mut transfers: FuturesUnordered<F>, ack: Acknowledgement)
    where
        F: Future<Output = bool>,
    {
        let needed = quorum(self.members);
        while self.durable_at < needed {
            match transfers.next().await {
                Some(is_durable) => self.durable_at += usize::from(is_durable),
                None => return ack.resolve(Err(self.not_durable())),
            }
        }
        self.is_decided.store(true, Ordering::Relaxed);
        let Acknowledgement { reply, done } = ack;
        let _ = reply.send(Ok(Receipt {
            content: self.content,
            durable_at: self.durable_at,
            members: self.members,
        }));
        drop(done);
        if Arc::strong_count(&self.tails) <= MAX_TAILS {
            while transfers.next().await.is_some() {}
        }
    }

    fn not_durable(&self) -> VaultError {
        VaultError::NotDurable {
            got: self.durable_at,
            needed: quorum(self.members),
            members: self.members,
        }
    }
}
