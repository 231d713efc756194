//! Stores a small blob here and at the other members until enough hold it durably.

use crate::disk::on_disk;
use crate::requests::{Requests, Silence};
use crate::tally::{Acknowledgement, Tally};
use crate::wire::{Answer, Ask, Refusal};
use crate::{Committee, Store, VaultError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use futures::stream::FuturesUnordered;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};
use theriac_envelope::{CHUNK_BYTES, Content, ContentId, ContentTree};
use tracing::debug;

/// Between two attempts at a member that is busy.
pub(crate) const BUSY_PAUSE: Duration = Duration::from_millis(100);

/// One put of a small blob.
pub(crate) struct Replicate<P, S> {
    pub(crate) store: Store,
    pub(crate) requests: Requests<P, S>,
    pub(crate) me: P,
    pub(crate) committee: Arc<Committee<P>>,
    pub(crate) timeout: Duration,
    /// Its count of holders is that of the puts that go on after they were acknowledged.
    pub(crate) tails: Arc<()>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Replicate<P, S> {
    pub(crate) async fn run<E>(self, context: E, id: ContentId, bytes: Bytes, ack: Acknowledgement)
    where
        E: Spawner + Clock,
    {
        let tree = match self.store_here(&context, id, bytes.clone()).await {
            Ok(tree) => Arc::new(tree),
            Err(error) => return ack.resolve(Err(error)),
        };
        let content = tree.content();
        let is_decided = Arc::new(AtomicBool::new(false));
        let deadline = context.current() + self.timeout;
        let send = |peer: &P| {
            let transfer = Transfer {
                requests: self.requests.clone(),
                peer: peer.clone(),
                content,
                tree: tree.clone(),
                bytes: bytes.clone(),
                deadline,
                is_decided: is_decided.clone(),
            };
            let context = context.child("transfer");
            async move { transfer.run(&context).await }
        };
        let members = &self.committee.members;
        let others = members.iter().filter(|member| **member != self.me);
        let transfers: FuturesUnordered<_> = others.map(send).collect();
        let tally = Tally {
            content,
            durable_at: usize::from(members.contains(&self.me)),
            members: members.len(),
            is_decided: is_decided.clone(),
            tails: self.tails.clone(),
        };
        tally.count(transfers, ack).await;
    }

    async fn store_here(
        &self,
        context: &impl Spawner,
        expected: ContentId,
        bytes: Bytes,
    ) -> Result<ContentTree, VaultError> {
        let work = move |store: &Store| {
            let tree = ContentTree::of(&bytes);
            let got = tree.content().id;
            match expected == got {
                true => store.put(&got, &bytes).map(|()| Ok(tree)),
                false => Ok(Err(VaultError::ContentIdMismatch { expected, got })),
            }
        };
        on_disk(context, &self.store, work).await?
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
