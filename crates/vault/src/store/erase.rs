//! Erases a blob on this node, for good.

use super::failure::{StoreError, disk};
use super::layout;
use super::open::Store;
use std::fs::File;
use theriac_envelope::ContentId;

impl Store {
    /// Removes the blob and remembers that it must not come back. Returns whether it was held.
    ///
    /// The space is freed, not overwritten: what makes the content unreadable is that its wraps are erased as well.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn erase(&self, id: &ContentId) -> Result<bool, StoreError> {
        let tombstone = self.shared.layout.tombstone(id);
        let blob = self.shared.layout.blob(id);
        layout::make_parents(&tombstone)?;
        let mut usage = self.shared.usage();
        // The mark first: after a crash between the two the blob is refused, not resurrected.
        File::create(&tombstone).map_err(disk("marking a blob as erased"))?;
        layout::sync_directory(tombstone.parent().expect("the fan-out"))?;
        let removed = layout::length(&blob)?;
        if let Some(length) = removed {
            layout::remove(&blob, "erasing a blob")?;
            layout::sync_directory(blob.parent().expect("the fan-out"))?;
            usage.bytes = usage.bytes.saturating_sub(length);
            usage.blobs = usage.blobs.saturating_sub(1);
        }
        drop(usage);
        self.shared.trees().pop(id);
        layout::remove(
            &self.shared.layout.quarantined(id),
            "erasing a damaged copy of a blob",
        )?;
        Ok(removed.is_some())
    }
}
