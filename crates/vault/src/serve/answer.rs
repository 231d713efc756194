//! Which request is answered where.

use super::received::Received;
use crate::disk::on_disk;
use crate::wire::{Answer, Ask, Held, Refusal};
use crate::{Mailbox, Store, StoreError, VaultError};
use commonware_cryptography::PublicKey;
use commonware_runtime::{Clock, Spawner};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use theriac_envelope::ContentId;
use tracing::warn;

/// What is being received. Clones share it.
#[derive(Clone)]
pub(crate) struct Serve<P> {
    pub(crate) store: Store,
    pub(crate) mailbox: Mailbox<P>,
    pub(super) is_caught_up: Arc<AtomicBool>,
    received: Arc<Mutex<Received<P>>>,
}

impl<P: PublicKey> Serve<P> {
    pub(crate) fn new(
        store: Store,
        mailbox: Mailbox<P>,
        is_caught_up: Arc<AtomicBool>,
        (uploads_per_member, bytes_per_hour): (usize, u64),
    ) -> Self {
        let received = Received::new(uploads_per_member, bytes_per_hour);
        Self {
            store,
            mailbox,
            is_caught_up,
            received: Arc::new(Mutex::new(received)),
        }
    }

    pub(crate) async fn run<E: Spawner + Clock>(self, context: E, peer: P, ask: Ask) -> Answer {
        if !self.is_caught_up.load(Ordering::Relaxed) && gives(&ask) {
            return Answer::Refused(Refusal::Busy);
        }
        match ask {
            Ask::Has { id } => self.has(&context, id).await,
            Ask::Chunk { id, index } => self.chunk(&context, id, index).await,
            Ask::Put { id, path, chunk } => self.put(&context, peer, id, (path, chunk)).await,
            Ask::Piece { id, shard, stripe } => self.piece(&context, (id, shard), stripe).await,
            Ask::Leaves { id, shard, from } => self.leaves(&context, (id, shard), from).await,
            Ask::Keep {
                id,
                coding,
                stripe,
                piece,
            } => {
                self.keep(&context, peer, (id, coding), (stripe, piece))
                    .await
            }
            Ask::Outline {
                id,
                shard,
                from,
                leaves,
            } => {
                self.outline(&context, peer, (id, shard), (from, leaves))
                    .await
            }
            Ask::Complete {
                id,
                shard,
                length,
                epoch,
                members,
            } => {
                let placement = crate::store::Placement { epoch, members };
                let complete = self.complete(&context, peer, (id, shard), (length, placement));
                complete.await
            }
            Ask::Abandon { id, shard } => {
                self.received().forget(&peer, (id, shard));
                Answer::Taken
            }
            Ask::List { after } => self.list(&context, after).await,
            Ask::Erased { id } => self.erased(&context, id).await,
        }
    }

    async fn has(&self, context: &impl Spawner, id: ContentId) -> Answer {
        let look = move |store: &Store| {
            if store.is_erased(&id)? {
                return Err(StoreError::Erased);
            }
            if store.has(&id)? {
                return Ok(Answer::Present);
            }
            let held = held(store, &id)?;
            Ok(match held.is_empty() {
                true => Answer::Absent,
                false => Answer::Shards(held),
            })
        };
        let looked = on_disk(context, &self.store, look).await;
        looked.unwrap_or_else(|error| refuse(&error))
    }

    async fn erased(&self, context: &impl Spawner, id: ContentId) -> Answer {
        match on_disk(context, &self.store, move |store| store.tombstone(&id)).await {
            Ok(Some(tombstone)) => Answer::Erased {
                time: tombstone.time,
                signature: tombstone.signature,
            },
            Ok(None) => Answer::Absent,
            Err(error) => refuse(&error),
        }
    }

    pub(super) fn received(&self) -> MutexGuard<'_, Received<P>> {
        self.received
            .lock()
            .expect("nothing panics while it looks up an upload")
    }
}

/// The shards of a blob that are held with a readable end.
pub(crate) fn held(store: &Store, id: &ContentId) -> Result<Vec<Held>, StoreError> {
    let mut held = Vec::new();
    for name in store.shards_of(id)? {
        match store.shard(id, name) {
            Ok(shard) => held.extend(shard.map(|shard| shard.held())),
            Err(StoreError::Damaged) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(held)
}

/// Whether a request wants bytes that may have been erased meanwhile.
fn gives(ask: &Ask) -> bool {
    match ask {
        Ask::Has { .. } | Ask::Chunk { .. } | Ask::Piece { .. } | Ask::Leaves { .. } => true,
        Ask::Put { .. }
        | Ask::Keep { .. }
        | Ask::Outline { .. }
        | Ask::Complete { .. }
        | Ask::Abandon { .. }
        | Ask::List { .. }
        | Ask::Erased { .. } => false,
    }
}

pub(super) fn refuse(error: &VaultError) -> Answer {
    let refusal = match error {
        VaultError::Store(StoreError::TooLarge { .. }) => Refusal::TooLarge,
        VaultError::Store(StoreError::Full { .. }) => Refusal::Full,
        VaultError::Store(StoreError::Erased) => Refusal::Erased,
        VaultError::Store(StoreError::OutOfOrder { .. }) => Refusal::OutOfOrder,
        VaultError::Store(StoreError::Mismatch) => Refusal::NotProven,
        _ => Refusal::Failed,
    };
    if refusal == Refusal::Failed {
        warn!(%error, "a member's request failed on this node");
    }
    Answer::Refused(refusal)
}
