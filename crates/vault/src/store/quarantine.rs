//! Puts a damaged file aside, so that it is neither served nor taken for a copy.

use super::count::Kind;
use super::failure::{StoreError, disk};
use super::layout;
use super::open::Store;
use crate::wire::ShardName;
use std::fs;
use theriac_envelope::ContentId;
use tracing::warn;

/// Damaged files kept for examination; further ones are removed.
const KEPT: usize = 64;
/// Larger ones are removed at once.
const KEPT_BYTES: u64 = 64 << 20;

impl Store {
    pub(super) fn quarantine(&self, id: &ContentId) -> Result<(), StoreError> {
        let name = layout::blob(id);
        let _naming = self.shared.naming(id);
        self.shared.trees().pop(id);
        // Looked at again, since it may have been erased or replaced by an intact copy after it was read.
        let Some(length) = self.shared.length(&name)? else {
            return Ok(());
        };
        if self
            .read_all(&name)?
            .is_some_and(|bytes| ContentId::of(&bytes) == *id)
        {
            return Ok(());
        }
        warn!(%id, length, "a blob on disk is damaged: moved to quarantine, to be fetched from another node");
        self.put_aside(&name, length)?;
        self.shared.count(Kind::Blob, None, Some(length));
        Ok(())
    }

    /// Puts a shard aside whose end does not tell what it is.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub(crate) fn quarantine_shard(
        &self,
        id: &ContentId,
        shard: ShardName,
    ) -> Result<(), StoreError> {
        let name = layout::shard(id, shard);
        let _naming = self.shared.naming(id);
        self.shared.shards().pop(&(*id, shard));
        let Some(length) = self.shared.length(&name)? else {
            return Ok(());
        };
        warn!(%id, length, "a shard on disk is damaged: moved to quarantine, to be made anew");
        self.put_aside(&name, length)?;
        self.shared.count(Kind::Shard, None, Some(length));
        Ok(())
    }

    fn put_aside(&self, name: &str, length: u64) -> Result<(), StoreError> {
        let action = "moving a damaged blob to quarantine";
        let layout = &self.shared.layout;
        let files = fs::read_dir(&layout.quarantine).map_err(disk(action))?;
        if length <= KEPT_BYTES
            && files.count() < KEPT
            && let Some(bytes) = self.read_all(name)?
        {
            fs::write(layout.quarantined(name), bytes).map_err(disk(action))?;
        }
        let removed = self.shared.objects.remove(name);
        removed.map_err(disk("removing a damaged blob"))?;
        Ok(())
    }
}
