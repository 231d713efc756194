//! Codes a blob as its bytes come and hands each member its shard, until enough hold theirs durably.

use crate::coding::{Coding, Outline, Piece, Stripe};
use crate::disk::on_disk;
use crate::holder::{Holder, Item};
use crate::mailbox::{Body, Broken};
use crate::replicate::Replicate;
use crate::requests::Requests;
use crate::store::Placement;
use crate::tally::{Acknowledgement, Tally};
use crate::wire::ShardName;
use crate::{Committee, SMALL_BYTES, Store, StoreError, VaultError, quorum};
use bytes::{Bytes, BytesMut};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use futures::stream::FuturesUnordered;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use theriac_envelope::{CHUNK_BYTES, ContentId, ContentTree};

/// One put.
pub(crate) struct Put<P, S> {
    pub(crate) store: Store,
    pub(crate) requests: Requests<P, S>,
    pub(crate) me: P,
    pub(crate) committee: Arc<Committee<P>>,
    /// How long one answer may take.
    pub(crate) request_timeout: Duration,
    /// How long the put may take from the last byte on.
    pub(crate) timeout: Duration,
    /// Its count of holders is that of the puts that go on after they were acknowledged.
    pub(crate) tails: Arc<()>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Put<P, S> {
    /// Replies when it is decided.
    pub(crate) async fn run<E>(self, context: E, id: ContentId, body: Body, ack: Acknowledgement)
    where
        E: Spawner + Clock,
    {
        let mut chunks = Chunks::new(body, self.store.limits().blob_bytes);
        let first = match chunks.next().await {
            Ok(first) => first.unwrap_or_default(),
            Err(error) => return ack.resolve(Err(error)),
        };
        if first.len() <= SMALL_BYTES {
            let replicate = Replicate {
                store: self.store,
                requests: self.requests,
                me: self.me,
                committee: self.committee,
                timeout: self.timeout,
                tails: self.tails,
            };
            return replicate.run(context, id, first, ack).await;
        }
        let is_decided = Arc::new(AtomicBool::new(false));
        let mut holders = self.holders(&context, id, &is_decided);
        let spread = self.spread(&context, id, (first, chunks), &mut holders);
        let outline = match spread.await {
            Ok(outline) => outline,
            // What was kept elsewhere is abandoned, since the queues end without completion.
            Err(error) => return ack.resolve(Err(error)),
        };
        let tally = Tally {
            content: outline.content(),
            durable_at: 0,
            members: self.committee.members.len(),
            is_decided,
            tails: self.tails.clone(),
        };
        let transfers: FuturesUnordered<_> = holders.into_iter().map(Holder::receipt).collect();
        tally.count(transfers, ack).await;
    }

    fn holders<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
        is_decided: &Arc<AtomicBool>,
    ) -> Vec<Holder> {
        let Some(coding) = Coding::over(self.committee.members.len()) else {
            return Vec::new();
        };
        let members = (0..).zip(&self.committee.members);
        members
            .map(|(index, member)| {
                let shard = ShardName { coding, index };
                match *member == self.me {
                    true => Holder::here(context, self.store.clone(), (id, shard), self.timeout),
                    false => Holder::at(
                        context,
                        (self.requests.clone(), member.clone()),
                        (id, shard),
                        (self.request_timeout, self.timeout),
                        is_decided.clone(),
                    ),
                }
            })
            .collect()
    }

    /// Codes chunk after chunk, then asks all to complete.
    async fn spread<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
        (first, mut chunks): (Bytes, Chunks),
        holders: &mut [Holder],
    ) -> Result<Arc<Outline>, VaultError> {
        let mut leaves = Vec::new();
        let mut next = Some(first);
        while let Some(chunk) = next {
            let number = (leaves.len() / 32) as u32;
            let coding = Coding::over(self.committee.members.len()).ok_or(self.not_durable(0))?;
            let code = move |_: &Store| Ok(Stripe::of(&id, coding, number, &chunk));
            let stripe = on_disk(context, &self.store, code).await?;
            leaves.extend_from_slice(&stripe.leaf);
            self.hand(context, holders, number, stripe).await?;
            next = chunks.next().await?;
        }
        let length = chunks.length;
        let Some(outline) = Outline::of(id, length, &leaves) else {
            let (leaves, _) = leaves.as_chunks::<32>();
            let tree = ContentTree::of_leaves(leaves.to_vec(), length).expect("one leaf a chunk");
            let (expected, got) = (id, tree.content().id);
            return Err(VaultError::ContentIdMismatch { expected, got });
        };
        let (outline, placement) = (Arc::new(outline), Arc::new(placement(&self.committee)));
        for holder in holders {
            let (outline, placement) = (outline.clone(), placement.clone());
            holder
                .hand(context, Item::Complete(outline, placement))
                .await;
        }
        Ok(outline)
    }

    /// Hands each member its piece. Who does not keep up is left behind, as long as a quorum does.
    async fn hand<E: Spawner + Clock>(
        &self,
        context: &E,
        holders: &mut [Holder],
        number: u32,
        stripe: Stripe,
    ) -> Result<(), VaultError> {
        let mut keeping = 0;
        for (index, bytes) in (0..).zip(stripe.pieces) {
            let piece = Piece {
                index,
                table: stripe.table.clone(),
                bytes,
            };
            let holder = &mut holders[usize::from(index)];
            keeping += usize::from(holder.hand(context, Item::Keep(number, piece)).await);
        }
        match keeping >= quorum(self.committee.members.len()) {
            true => Ok(()),
            false => Err(self.not_durable(keeping)),
        }
    }

    fn not_durable(&self, got: usize) -> VaultError {
        let members = self.committee.members.len();
        VaultError::NotDurable {
            got,
            needed: quorum(members),
            members,
        }
    }
}

/// The committee as a shard's file records it.
pub(crate) fn placement<P: PublicKey>(committee: &Committee<P>) -> Placement {
    let mut members = BytesMut::new();
    for member in &committee.members {
        members.extend_from_slice(member.as_ref());
    }
    Placement {
        epoch: committee.epoch,
        members: members.freeze(),
    }
}

/// A blob's chunks, put together from parts of any size.
struct Chunks {
    body: Body,
    rest: Bytes,
    max: u64,
    length: u64,
}

impl Chunks {
    fn new(body: Body, max: u64) -> Self {
        Self {
            body,
            rest: Bytes::new(),
            max,
            length: 0,
        }
    }

    /// The next chunk; a short one is the last.
    async fn next(&mut self) -> Result<Option<Bytes>, VaultError> {
        let mut chunk = BytesMut::new();
        while chunk.len() < CHUNK_BYTES {
            if self.rest.is_empty() {
                match self.body.recv().await {
                    Some(Ok(part)) => self.rest = part,
                    Some(Err(Broken)) => return Err(VaultError::Broken),
                    None => break,
                }
            }
            if chunk.is_empty() && self.rest.len() >= CHUNK_BYTES {
                return self
                    .count(self.rest.len().min(CHUNK_BYTES))
                    .map(|()| Some(self.rest.split_to(CHUNK_BYTES)));
            }
            chunk.reserve(CHUNK_BYTES - chunk.len());
            let part = self.rest.len().min(CHUNK_BYTES - chunk.len());
            chunk.extend_from_slice(&self.rest.split_to(part));
        }
        self.count(chunk.len())?;
        Ok((!chunk.is_empty()).then(|| chunk.freeze()))
    }

    fn count(&mut self, bytes: usize) -> Result<(), VaultError> {
        self.length += bytes as u64;
        if self.length <= self.max {
            return Ok(());
        }
        let (max, got) = (self.max, self.length);
        Err(StoreError::TooLarge { max, got }.into())
    }
}
