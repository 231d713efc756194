//! Stores a blob here and at the other members until enough hold it durably.

use crate::disk::on_disk;
use crate::mailbox::{Receipt, Reply};
use crate::requests::{Requests, Silence};
use crate::wire::{Answer, Ask, Refusal};
use crate::{Store, VaultError, quorum};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use commonware_utils::channel::oneshot;
use futures::stream::{FuturesUnordered, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use theriac_envelope::{CHUNK_BYTES, Content, ContentId, ContentTree};
use tracing::debug;

/// Between two attempts at a member that is busy.
const BUSY_PAUSE: Duration = Duration::from_millis(100);
/// Puts that may go on after they were acknowledged; the actor holds the count as well.
const MAX_TAILS: usize = 65;

/// One put.
pub(crate) struct Put<P, S> {
    pub(crate) store: Store,
    pub(crate) requests: Requests<P, S>,
    /// The other members.
    pub(crate) peers: Vec<P>,
    /// All members.
    pub(crate) members: usize,
    /// Whether this node is one.
    pub(crate) is_member: bool,
    pub(crate) timeout: Duration,
    /// Its count of holders is that of the puts that go on after they were acknowledged.
    pub(crate) tails: Arc<()>,
}

/// Who waits for a put: the caller for its result, the actor for the place that it takes.
pub(crate) struct Acknowledgement {
    pub(crate) reply: Reply<Receipt>,
    pub(crate) done: oneshot::Sender<()>,
}

impl Acknowledgement {
    fn resolve(self, result: Result<Receipt, VaultError>) {
        // Either may have stopped waiting.
        let _ = self.reply.send(result);
        let _ = self.done.send(());
    }
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Put<P, S> {
    /// Replies when it is decided. Members that have not answered by then are served for as long as they do answer.
    pub(crate) async fn run<E>(
        self,
        context: E,
        expected: Option<ContentId>,
        bytes: Bytes,
        ack: Acknowledgement,
    ) where
        E: Spawner + Clock,
    {
        let tree = match self.store_here(&context, expected, bytes.clone()).await {
            Ok(tree) => Arc::new(tree),
            Err(error) => {
                ack.resolve(Err(error));
                return;
            }
        };
        let content = tree.content();
        let is_decided = Arc::new(AtomicBool::new(false));
        let deadline = context.current() + self.timeout;
        let send = |peer: P| {
            let (requests, tree, bytes) = (self.requests.clone(), tree.clone(), bytes.clone());
            let transfer = Transfer {
                requests,
                peer,
                content,
                tree,
                bytes,
                deadline,
                is_decided: is_decided.clone(),
            };
            let context = context.child("transfer");
            async move { transfer.run(&context).await }
        };
        let mut transfers: FuturesUnordered<_> = self.peers.iter().cloned().map(send).collect();
        let mut tally = Tally {
            durable_at: usize::from(self.is_member),
            members: self.members,
            ack: Some(ack),
        };
        tally.acknowledge(content);
        while let Some(is_durable) = transfers.next().await {
            tally.durable_at += usize::from(is_durable);
            tally.acknowledge(content);
            if tally.ack.is_none() {
                is_decided.store(true, Ordering::Relaxed);
                break;
            }
        }
        tally.give_up();
        if Arc::strong_count(&self.tails) <= MAX_TAILS {
            while transfers.next().await.is_some() {}
        }
    }

    async fn store_here(
        &self,
        context: &impl Spawner,
        expected: Option<ContentId>,
        bytes: Bytes,
    ) -> Result<ContentTree, VaultError> {
        let work = move |store: &Store| {
            let max = store.limits().blob_bytes;
            if bytes.len() as u64 > max {
                return Err(crate::StoreError::TooLarge {
                    max,
                    got: bytes.len() as u64,
                });
            }
            let tree = ContentTree::of(&bytes);
            let got = tree.content().id;
            match expected {
                Some(expected) if expected != got => {
                    Ok(Err(VaultError::ContentIdMismatch { expected, got }))
                }
                Some(_) | None => store.put(&got, &bytes).map(|()| Ok(tree)),
            }
        };
        on_disk(context, &self.store, work).await?
    }
}

/// Receipts so far, and whoever waits for enough of them.
struct Tally {
    durable_at: usize,
    members: usize,
    ack: Option<Acknowledgement>,
}

impl Tally {
    fn acknowledge(&mut self, content: Content) {
        if self.durable_at < quorum(self.members) {
            return;
        }
        if let Some(ack) = self.ack.take() {
            let _ = ack.reply.send(Ok(Receipt {
                content,
                durable_at: self.durable_at,
                members: self.members,
            }));
        }
    }

    fn give_up(self) {
        if let Some(ack) = self.ack {
            let needed = quorum(self.members);
            let failure = VaultError::NotDurable {
                got: self.durable_at,
                needed,
                members: self.members,
            };
            ack.resolve(Err(failure));
        }
    }
}

/// One blob on its way to one member.
struct Transfer<P, S> {
    requests: Requests<P, S>,
    peer: P,
    content: Content,
    tree: Arc<ContentTree>,
    bytes: Bytes,
    deadline: SystemTime,
    /// The put does not wait for this member any more.
    is_decided: Arc<AtomicBool>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Transfer<P, S> {
    /// Whether the member said that the blob is durable.
    async fn run(mut self, context: &impl Clock) -> bool {
        let mut index = 0;
        while context.current() < self.deadline {
            let Some(ask) = self.ask(index) else {
                return false;
            };
            match self.requests.ask(context, &self.peer, ask).await {
                Ok(Answer::Durable) => return true,
                Ok(Answer::Taken) => index += 1,
                Ok(Answer::Refused(Refusal::Busy)) => context.sleep(BUSY_PAUSE).await,
                Ok(Answer::Refused(Refusal::OutOfOrder)) if index > 0 => index = 0,
                Err(Silence) if self.is_decided.load(Ordering::Relaxed) => return false,
                // Perhaps restarting: the same chunk again, until the put's time is over.
                Err(Silence) => {}
                Ok(answer) => {
                    debug!(peer = ?self.peer, id = %self.content.id, ?answer, "member did not take a blob");
                    return false;
                }
            }
        }
        false
    }

    fn ask(&self, index: u32) -> Option<Ask> {
        let path = self.tree.path(index)?;
        let start = index as usize * CHUNK_BYTES;
        let chunk = self
            .bytes
            .slice(start..self.bytes.len().min(start + CHUNK_BYTES));
        Some(Ask::Put {
            id: self.content.id,
            path,
            chunk,
        })
    }
}
