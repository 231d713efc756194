//! Runs work on the disk where it may block.

use crate::{Store, StoreError, VaultError};
use commonware_runtime::Spawner;

/// Runs `work` on the runtime's threads for blocking work.
pub(crate) async fn on_disk<E, T, W>(context: &E, store: &Store, work: W) -> Result<T, VaultError>
where
    E: Spawner,
    T: Send + 'static,
    W: FnOnce(&Store) -> Result<T, StoreError> + Send + 'static,
{
    let store = store.clone();
    let task = context
        .child("disk")
        .shared(true)
        .spawn(move |_| async move { work(&store) });
    Ok(task.await.map_err(|_| VaultError::Closed)??)
}
