//! Which blobs this node has, by the page, for members that look for what they should have.

use super::answer::{Serve, refuse};
use crate::disk::on_disk;
use crate::wire::{Answer, Listed};
use crate::{Store, StoreError};
use commonware_cryptography::PublicKey;
use commonware_runtime::Spawner;
use std::collections::BTreeMap;
use theriac_envelope::ContentId;

/// Blobs in one answer.
pub(crate) const LIST_PAGE: usize = 4_096;

impl<P: PublicKey> Serve<P> {
    pub(super) async fn list(&self, context: &impl Spawner, after: Option<ContentId>) -> Answer {
        match on_disk(context, &self.store, move |store| page(store, after)).await {
            Ok(page) => Answer::List(page),
            Err(error) => refuse(&error),
        }
    }
}

fn page(store: &Store, after: Option<ContentId>) -> Result<Vec<Listed>, StoreError> {
    let is_after = |id: &ContentId| after.is_none_or(|after| *id > after);
    let mut blobs = BTreeMap::new();
    for (id, _, _) in store.list_shards()? {
        if is_after(&id) {
            blobs.insert(id, false);
        }
    }
    for (id, _) in store.list()? {
        if is_after(&id) {
            blobs.insert(id, true);
        }
    }
    let listed = blobs.into_iter().take(LIST_PAGE);
    Ok(listed
        .map(|(id, is_whole)| Listed { id, is_whole })
        .collect())
}
