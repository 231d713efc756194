//! Puts a damaged file aside, so that it is neither served nor taken for a copy.

use super::failure::{StoreError, disk};
use super::layout;
use super::open::Store;
use std::fs;
use theriac_envelope::ContentId;
use tracing::warn;

/// Damaged files kept for examination; further ones are removed.
const KEPT: usize = 64;

impl Store {
    pub(super) fn quarantine(&self, id: &ContentId) -> Result<(), StoreError> {
        let layout = &self.shared.layout;
        let blob = layout.blob(id);
        let mut usage = self.shared.usage();
        self.shared.trees().pop(id);
        // Looked at again, since it may have been erased or replaced by an intact copy after it was read.
        let Some(length) = layout::length(&blob)? else {
            return Ok(());
        };
        if fs::read(&blob).is_ok_and(|bytes| ContentId::of(&bytes) == *id) {
            return Ok(());
        }
        warn!(%id, length, "a blob on disk is damaged: moved to quarantine, to be fetched from another node");
        if layout::entries(&layout.quarantine)?.len() < KEPT {
            fs::rename(&blob, layout.quarantined(id))
                .map_err(disk("moving a damaged blob to quarantine"))?;
        } else {
            layout::remove(&blob, "removing a damaged blob")?;
        }
        usage.bytes = usage.bytes.saturating_sub(length);
        usage.blobs = usage.blobs.saturating_sub(1);
        layout::sync_directory(blob.parent().expect("the fan-out"))
    }
}
