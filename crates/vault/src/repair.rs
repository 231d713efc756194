//! Makes a shard of this node anew from pieces of others, or under another committee than it was put.

use crate::coding::{Piece, Stripe};
use crate::disk::on_disk;
use crate::get::{Coded, Finder, Found};
use crate::holder::finish;
use crate::pace::Pace;
use crate::store::Placement;
use crate::wire::ShardName;
use crate::{Store, StoreError, VaultError};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use std::sync::{Arc, Mutex};
use theriac_envelope::ContentId;

/// What became of a repair.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Repaired {
    /// The shard is here now; bytes of the blob that were restored for that.
    Shard { restored_bytes: u64 },
    /// The blob is small, and here whole now.
    Whole,
}

/// One repair.
pub(crate) struct Repair<P, S> {
    pub(crate) finder: Finder<P, S>,
    pub(crate) id: ContentId,
    /// The shard that should be here.
    pub(crate) shard: ShardName,
    pub(crate) placement: Placement,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Repair<P, S> {
    /// Takes what is intact of the shard here, and restores the rest. The file is replaced as a whole.
    ///
    /// # Errors
    /// [`VaultError::NotFound`], [`VaultError::NotRestored`], [`VaultError::Store`].
    pub(crate) async fn run<E: Spawner + Clock>(
        self,
        context: &E,
        pace: &mut Pace,
    ) -> Result<Repaired, VaultError> {
        let coded = match self.finder.find(context, self.id).await? {
            Found::Whole(_) => return Ok(Repaired::Whole),
            Found::Coded(coded) => coded,
        };
        let (id, shard, store) = (self.id, self.shard, self.finder.store.clone());
        let begun = on_disk(context, &store, move |store| store.begin_shard(&id, shard)).await?;
        let upload = Arc::new(Mutex::new(begun));
        let mut restored_bytes = 0;
        for stripe in 0..coded.outline().stripes() {
            let (piece, restored) = match self.intact(context, stripe).await? {
                Some(piece) => (piece, 0),
                None => self.restored(context, &coded, stripe).await?,
            };
            restored_bytes += restored;
            pace.spend(context, piece.bytes.len() as u64 + restored)
                .await;
            let upload = upload.clone();
            let write = move |_: &Store| {
                let mut upload = upload.lock().expect("one write at a time");
                upload.write(stripe, &piece)
            };
            on_disk(context, &store, write).await?;
        }
        let outline = coded.outline().clone();
        let upload = Arc::into_inner(upload).expect("all writes have ended");
        let upload = upload.into_inner().expect("nothing panicked while writing");
        let placement = self.placement;
        on_disk(context, &store, move |_| {
            finish(upload, &outline, &placement)
        })
        .await?;
        Ok(Repaired::Shard { restored_bytes })
    }

    async fn intact<E: Spawner>(
        &self,
        context: &E,
        stripe: u32,
    ) -> Result<Option<Piece>, VaultError> {
        let (id, shard) = (self.id, self.shard);
        let read = move |store: &Store| match store.piece(&id, shard, stripe) {
            Err(StoreError::Damaged) => Ok(None),
            other => other,
        };
        on_disk(context, &self.finder.store, read).await
    }

    async fn restored<E: Spawner + Clock>(
        &self,
        context: &E,
        coded: &Coded<P, S>,
        stripe: u32,
    ) -> Result<(Piece, u64), VaultError> {
        let chunk = coded.chunk(context, stripe).await?;
        let bytes = chunk.len() as u64;
        let (id, ShardName { coding, index }) = (self.id, self.shard);
        let code = move |_: &Store| Ok(Stripe::of(&id, coding, stripe, &chunk));
        let coded = on_disk(context, &self.finder.store, code).await?;
        let piece = Piece {
            index,
            table: coded.table,
            bytes: coded.pieces[usize::from(index)].clone(),
        };
        Ok((piece, bytes))
    }
}
