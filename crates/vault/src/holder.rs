//! One member's shard on its way: a queue of pieces, and the task that brings them there.

use crate::coding::{Outline, Piece};
use crate::disk::on_disk;
use crate::replicate::BUSY_PAUSE;
use crate::requests::{Requests, Silence};
use crate::store::{Placement, ShardUpload};
use crate::wire::{Answer, Ask, PAGE_BYTES, Refusal, ShardName};
use crate::{Store, VaultError};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Handle, Spawner};
use commonware_utils::channel::mpsc::{self, error::TrySendError};
use futures::stream::{FuturesUnordered, StreamExt};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};
use theriac_envelope::ContentId;
use tracing::debug;

/// Pieces that may wait for one member. With those under way they are the memory that a put takes.
const QUEUE: usize = 8;
/// Pieces under way to one member.
const UNDER_WAY: usize = 4;
/// Silences in a row after which a member is given up while others keep up.
const SILENCES: u32 = 2;

/// What a member is handed.
pub(crate) enum Item {
    Keep(u32, Piece),
    Complete(Arc<Outline>, Arc<Placement>),
}

/// A member that is being handed its shard. Dropping it before completion abandons the shard.
pub(crate) struct Holder {
    queue: Option<mpsc::Sender<Item>>,
    /// How long a full queue is waited for.
    patience: Duration,
    task: Handle<bool>,
}

impl Holder {
    /// This node.
    pub(crate) fn here<E: Spawner + Clock>(
        context: &E,
        store: Store,
        (id, shard): (ContentId, ShardName),
        patience: Duration,
    ) -> Self {
        let (queue, items) = mpsc::channel(QUEUE);
        let task = context.child("holder").spawn(move |context| async move {
            match keep_here(&context, &store, (id, shard), items).await {
                Ok(is_durable) => is_durable,
                Err(error) => {
                    debug!(%id, %error, "this node did not keep its shard");
                    false
                }
            }
        });
        Self {
            queue: Some(queue),
            patience,
            task,
        }
    }

    /// Another member.
    pub(crate) fn at<E, P, S>(
        context: &E,
        (requests, peer): (Requests<P, S>, P),
        (id, shard): (ContentId, ShardName),
        (patience, timeout): (Duration, Duration),
        is_decided: Arc<AtomicBool>,
    ) -> Self
    where
        E: Spawner + Clock,
        P: PublicKey,
        S: Sender<PublicKey = P>,
    {
        let (queue, items) = mpsc::channel(QUEUE);
        let delivery = Delivery {
            requests,
            peer,
            id,
            shard,
            timeout,
            is_decided,
        };
        let task = context
            .child("holder")
            .spawn(move |context| async move { delivery.run(&context, items).await });
        Self {
            queue: Some(queue),
            patience,
            task,
        }
    }

    /// Puts an item into the queue; false where the member was given up, now or before.
    pub(crate) async fn hand<E: Clock>(&mut self, context: &E, item: Item) -> bool {
        let Some(queue) = self.queue.clone() else {
            return false;
        };
        let is_taken = match queue.try_send(item) {
            Ok(()) => true,
            Err(TrySendError::Closed(_)) => false,
            Err(TrySendError::Full(item)) => {
                let send = async move { queue.send(item).await.is_ok() };
                context.timeout(self.patience, send).await.unwrap_or(false)
            }
        };
        if !is_taken {
            self.queue = None;
        }
        is_taken
    }

    /// Whether the member made its shard durable.
    pub(crate) async fn receipt(self) -> bool {
        drop(self.queue);
        self.task.await.unwrap_or(false)
    }
}

async fn keep_here<E: Spawner>(
    context: &E,
    store: &Store,
    (id, shard): (ContentId, ShardName),
    mut items: mpsc::Receiver<Item>,
) -> Result<bool, VaultError> {
    let begun = on_disk(context, store, move |store| store.begin_shard(&id, shard)).await?;
    let upload = Arc::new(Mutex::new(Some(begun)));
    while let Some(item) = items.recv().await {
        let upload = upload.clone();
        let write = move |_: &Store| {
            let mut slot = upload.lock().expect("one write at a time");
            let Some(mut writing) = slot.take() else {
                return Ok(false);
            };
            match item {
                Item::Keep(stripe, piece) => {
                    writing.write(stripe, &piece)?;
                    *slot = Some(writing);
                    Ok(false)
                }
                Item::Complete(outline, placement) => {
                    finish(writing, &outline, &placement)?;
                    Ok(true)
                }
            }
        };
        if on_disk(context, store, write).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Completes a shard of which all pieces are written.
pub(crate) fn finish(
    mut upload: ShardUpload,
    outline: &Outline,
    placement: &Placement,
) -> Result<(), crate::StoreError> {
    upload.outline(0, outline.leaves())?;
    upload.complete(outline.content().length, placement)?;
    Ok(())
}

/// One shard on its way to another member.
struct Delivery<P, S> {
    requests: Requests<P, S>,
    peer: P,
    id: ContentId,
    shard: ShardName,
    timeout: Duration,
    /// The put does not wait for this member any more.
    is_decided: Arc<AtomicBool>,
}

/// How a member answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Taken,
    Durable,
    Lost,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Delivery<P, S> {
    /// Whether the member said that its shard is durable.
    async fn run(self, context: &impl Clock, mut items: mpsc::Receiver<Item>) -> bool {
        let mut under_way = FuturesUnordered::new();
        let mut has_it = false;
        while let Some(item) = items.recv().await {
            match item {
                Item::Keep(..) if has_it => {}
                Item::Keep(stripe, piece) => {
                    let ask = Ask::Keep {
                        id: self.id,
                        coding: self.shard.coding,
                        stripe,
                        piece,
                    };
                    under_way.push(self.tell(context, ask, None));
                    if under_way.len() < UNDER_WAY {
                        continue;
                    }
                    match under_way.next().await {
                        Some(Outcome::Lost) => return false,
                        outcome => has_it |= outcome == Some(Outcome::Durable),
                    }
                }
                Item::Complete(outline, placement) => {
                    while let Some(outcome) = under_way.next().await {
                        if outcome == Outcome::Lost {
                            return false;
                        }
                        has_it |= outcome == Outcome::Durable;
                    }
                    return has_it || self.complete(context, &outline, &placement).await;
                }
            }
        }
        drop(under_way);
        let (id, shard) = (self.id, self.shard);
        let mut requests = self.requests.clone();
        let _ = requests
            .ask(context, &self.peer, Ask::Abandon { id, shard })
            .await;
        false
    }

    async fn complete(
        &self,
        context: &impl Clock,
        outline: &Outline,
        placement: &Placement,
    ) -> bool {
        let (id, shard) = (self.id, self.shard);
        let deadline = Some(context.current() + self.timeout);
        let leaves = bytes::Bytes::copy_from_slice(outline.leaves());
        for start in (0..leaves.len()).step_by(PAGE_BYTES) {
            let page = leaves.slice(start..leaves.len().min(start + PAGE_BYTES));
            let ask = Ask::Outline {
                id,
                shard,
                from: (start / 32) as u32,
                leaves: page,
            };
            match self.tell(context, ask, deadline).await {
                Outcome::Taken => {}
                Outcome::Durable => return true,
                Outcome::Lost => return false,
            }
        }
        let ask = Ask::Complete {
            id,
            shard,
            length: outline.content().length,
            epoch: placement.epoch,
            members: placement.members.clone(),
        };
        self.tell(context, ask, deadline).await == Outcome::Durable
    }

    /// Tells the member something until it answers: until the deadline, or for some silences where there is none.
    async fn tell(&self, context: &impl Clock, ask: Ask, deadline: Option<SystemTime>) -> Outcome {
        let mut requests = self.requests.clone();
        let mut silences = 0;
        loop {
            match requests.ask(context, &self.peer, ask.clone()).await {
                Ok(Answer::Taken) => return Outcome::Taken,
                Ok(Answer::Durable) => return Outcome::Durable,
                Ok(Answer::Refused(Refusal::Busy)) => context.sleep(BUSY_PAUSE).await,
                Err(Silence) => silences += 1,
                Ok(answer) => {
                    debug!(peer = ?self.peer, id = %self.id, ?answer, "member did not take its shard");
                    return Outcome::Lost;
                }
            }
            let is_over = match deadline {
                Some(deadline) => context.current() >= deadline,
                None => silences >= SILENCES,
            };
            let is_unneeded = silences > 0 && self.is_decided.load(Ordering::Relaxed);
            if is_over || is_unneeded {
                return Outcome::Lost;
            }
        }
    }
}
