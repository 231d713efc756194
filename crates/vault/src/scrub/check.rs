//! Reads one blob or shard whole, without asking anyone.

use crate::disk::on_disk;
use crate::pace::Pace;
use crate::wire::ShardName;
use crate::{Store, StoreError, VaultError};
use commonware_runtime::{Clock, Spawner};
use std::collections::BTreeSet;
use theriac_envelope::ContentId;

/// Whether a whole blob is intact; a damaged one goes to quarantine.
pub(super) async fn check_whole<E: Spawner + Clock>(
    context: &E,
    (store, pace): (&Store, &mut Pace),
    (id, bytes): (ContentId, u64),
) -> Result<bool, VaultError> {
    pace.spend(context, bytes).await;
    match on_disk(context, store, move |store| store.get(&id)).await {
        Ok(_) => Ok(true),
        Err(VaultError::Store(StoreError::Damaged)) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The stripes of a shard that are damaged, or `None` where its end is, so that nothing of it counts.
pub(super) async fn check_shard<E: Spawner + Clock>(
    context: &E,
    (store, pace): (&Store, &mut Pace),
    (id, name): (ContentId, ShardName),
) -> Result<Option<BTreeSet<u32>>, VaultError> {
    let end = on_disk(context, store, move |store| store.examine_shard(&id, name)).await;
    let stripes = match end {
        Ok(Some(shard)) => shard.outline.stripes(),
        // It was erased or moved since it was listed.
        Ok(None) => return Ok(Some(BTreeSet::new())),
        Err(VaultError::Store(StoreError::Damaged)) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut damaged = BTreeSet::new();
    for stripe in 0..stripes {
        match on_disk(context, store, move |store| store.piece(&id, name, stripe)).await {
            Ok(piece) => {
                let bytes = piece.map_or(0, |piece| piece.bytes.len() as u64);
                pace.spend(context, bytes).await;
            }
            Err(VaultError::Store(StoreError::Damaged)) => {
                damaged.insert(stripe);
            }
            Err(error) => return Err(error),
        }
    }
    Ok(Some(damaged))
}
