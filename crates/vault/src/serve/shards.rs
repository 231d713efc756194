//! Shards of larger blobs: gives pieces of those that are held, takes those that members put here.

use super::answer::{Serve, refuse};
use super::received::Receiving;
use crate::coding::{Coding, Piece};
use crate::disk::on_disk;
use crate::store::{Placement, ShardUpload};
use crate::wire::{Answer, PAGE_BYTES, Refusal, ShardName};
use crate::{Store, StoreError, VaultError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_runtime::{Clock, Spawner};
use std::sync::MutexGuard;
use theriac_envelope::ContentId;

/// A shard of at most so many bytes that is held already is read whole before it counts as intact; a larger one is taken anew.
const CHECKED_BYTES: u64 = 8 << 20;

impl<P: PublicKey> Serve<P> {
    pub(super) async fn piece(
        &self,
        context: &impl Spawner,
        (id, shard): (ContentId, ShardName),
        stripe: u32,
    ) -> Answer {
        let read = move |store: &Store| store.piece(&id, shard, stripe);
        match on_disk(context, &self.store, read).await {
            Ok(Some(piece)) => Answer::Piece(piece),
            Ok(None) => Answer::Absent,
            Err(VaultError::Store(StoreError::Damaged)) => {
                self.mailbox.heal(id);
                Answer::Absent
            }
            Err(error) => refuse(&error),
        }
    }

    pub(super) async fn leaves(
        &self,
        context: &impl Spawner,
        (id, shard): (ContentId, ShardName),
        from: u32,
    ) -> Answer {
        let read = move |store: &Store| store.shard(&id, shard);
        match on_disk(context, &self.store, read).await {
            Ok(Some(shard)) => {
                let leaves = shard.outline.leaves();
                let start = (from as usize * 32).min(leaves.len());
                let end = leaves.len().min(start + PAGE_BYTES);
                Answer::Leaves(Bytes::copy_from_slice(&leaves[start..end]))
            }
            Ok(None) => Answer::Absent,
            Err(VaultError::Store(StoreError::Damaged)) => {
                self.mailbox.heal(id);
                Answer::Absent
            }
            Err(error) => refuse(&error),
        }
    }

    pub(super) async fn keep<E: Spawner + Clock>(
        &self,
        context: &E,
        peer: P,
        (id, coding): (ContentId, Coding),
        (stripe, piece): (u32, Piece),
    ) -> Answer {
        let now = context.current();
        let index = piece.index;
        if index >= coding.members() {
            return Answer::Refused(Refusal::NotProven);
        }
        let shard = ShardName { coding, index };
        let key = (&peer, id, shard);
        let receiving = match self.received().shard(key, now) {
            Ok(receiving) => receiving,
            Err(refusal) => return Answer::Refused(refusal),
        };
        let receiving = match receiving {
            Some(receiving) => receiving,
            None => match self.begin(context, key).await {
                Ok(receiving) => receiving,
                Err(answer) => return answer,
            },
        };
        let bytes = piece.bytes.len();
        let write = move |_: &Store| match slot(&receiving).as_mut() {
            Some(upload) => upload.write(stripe, &piece).map(|()| Answer::Taken),
            None => Ok(Answer::Refused(Refusal::Busy)),
        };
        let answer = on_disk(context, &self.store, write).await;
        if let Ok(Answer::Taken) = answer {
            self.received().took(peer, bytes, now);
        }
        answer.unwrap_or_else(|error| refuse(&error))
    }

    /// Begins a shard, unless it is held intact.
    async fn begin<E: Spawner + Clock>(
        &self,
        context: &E,
        (peer, id, shard): (&P, ContentId, ShardName),
    ) -> Result<Receiving, Answer> {
        let begin = move |store: &Store| match is_intact(store, &id, shard)? {
            true => Ok(None),
            false => store.begin_shard(&id, shard).map(Some),
        };
        match on_disk(context, &self.store, begin).await {
            Ok(Some(upload)) => {
                let begun = self
                    .received()
                    .begin((peer, id, shard), upload, context.current());
                begun.map_err(Answer::Refused)
            }
            Ok(None) => Err(Answer::Durable),
            Err(error) => Err(refuse(&error)),
        }
    }

    pub(super) async fn outline<E: Spawner + Clock>(
        &self,
        context: &E,
        peer: P,
        (id, shard): (ContentId, ShardName),
        (from, leaves): (u32, Bytes),
    ) -> Answer {
        let receiving = self.received().shard((&peer, id, shard), context.current());
        match receiving {
            Err(refusal) => Answer::Refused(refusal),
            Ok(None) => self.held_or_out_of_order(context, (id, shard)).await,
            Ok(Some(receiving)) => match slot(&receiving).as_mut() {
                Some(upload) => match upload.outline(from, &leaves) {
                    Ok(()) => Answer::Taken,
                    Err(error) => refuse(&error.into()),
                },
                None => Answer::Refused(Refusal::Busy),
            },
        }
    }

    pub(super) async fn complete<E: Spawner + Clock>(
        &self,
        context: &E,
        peer: P,
        (id, shard): (ContentId, ShardName),
        (length, placement): (u64, Placement),
    ) -> Answer {
        let receiving = self.received().shard((&peer, id, shard), context.current());
        let receiving = match receiving {
            Ok(Some(receiving)) => receiving,
            Ok(None) => return self.held_or_out_of_order(context, (id, shard)).await,
            Err(refusal) => return Answer::Refused(refusal),
        };
        let complete = move |_: &Store| {
            let Some(upload) = slot(&receiving).take() else {
                return Ok(Answer::Refused(Refusal::Busy));
            };
            upload.complete(length, &placement)?;
            Ok(Answer::Durable)
        };
        let answer = on_disk(context, &self.store, complete).await;
        if !matches!(answer, Ok(Answer::Refused(Refusal::Busy))) {
            self.received().forget(&peer, (id, shard));
        }
        answer.unwrap_or_else(|error| refuse(&error))
    }

    /// The answer about a shard that nobody is sending: it may have been completed and the answer lost.
    async fn held_or_out_of_order(
        &self,
        context: &impl Spawner,
        (id, shard): (ContentId, ShardName),
    ) -> Answer {
        let look = move |store: &Store| is_intact(store, &id, shard);
        match on_disk(context, &self.store, look).await {
            Ok(true) => Answer::Durable,
            Ok(false) => Answer::Refused(Refusal::OutOfOrder),
            Err(error) => refuse(&error),
        }
    }
}

fn slot(receiving: &Receiving) -> MutexGuard<'_, Option<ShardUpload>> {
    receiving
        .lock()
        .expect("nothing panics while it writes a piece")
}

/// Whether the shard is held and was found to be right in every byte.
fn is_intact(store: &Store, id: &ContentId, shard: ShardName) -> Result<bool, StoreError> {
    let end = match store.examine_shard(id, shard) {
        Ok(Some(end)) => end,
        Ok(None) | Err(StoreError::Damaged) => return Ok(false),
        Err(error) => return Err(error),
    };
    if end.held().length / u64::from(shard.coding.needed()) > CHECKED_BYTES {
        return Ok(false);
    }
    for stripe in 0..end.outline.stripes() {
        match store.piece(id, shard, stripe) {
            Ok(Some(_)) => {}
            Ok(None) | Err(StoreError::Damaged) => return Ok(false),
            Err(error) => return Err(error),
        }
    }
    Ok(true)
}
