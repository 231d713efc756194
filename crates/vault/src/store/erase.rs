//! Erases a blob on this node, for good.

use super::count::Kind;
use super::failure::{StoreError, disk};
use super::layout;
use super::objects::Objects as _;
use super::open::Store;
use std::fs;
use std::sync::atomic::Ordering;
use theriac_envelope::ContentId;

/// What this node keeps of a blob that it erased at the ledger's order: enough to show the receipt again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// When it was erased, in unix seconds.
    pub time: u64,
    /// This node's signature over that.
    pub signature: [u8; 64],
}

const TOMBSTONE_BYTES: usize = 8 + 64;

impl Store {
    /// Removes the blob and its shards and remembers that they must not come back. Returns whether anything was held.
    ///
    /// The space is freed, not overwritten: a disk may keep the old bytes for a while, a solid-state one for as long as it likes.
    /// What makes the content unreadable is that its wraps are erased as well.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn erase(&self, id: &ContentId) -> Result<bool, StoreError> {
        self.erase_with(id, None)
    }

    /// As [`Store::erase`], and keeps the receipt for it; one that is there already stays.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn erase_with(
        &self,
        id: &ContentId,
        receipt: Option<Tombstone>,
    ) -> Result<bool, StoreError> {
        let naming = self.shared.naming(id);
        // The mark first: after a crash between the two the blob is refused, not resurrected.
        self.mark(id, None)?;
        let mut removed = false;
        for shard in self.shards_of(id)? {
            let length = self.remove_object(&layout::shard(id, shard))?;
            self.shared.shards().pop(&(*id, shard));
            self.shared.count(Kind::Shard, None, length);
            removed |= length.is_some();
        }
        let length = self.remove_object(&layout::blob(id))?;
        self.shared.count(Kind::Blob, None, length);
        removed |= length.is_some();
        self.shared.trees().pop(id);
        self.remove_quarantined(id)?;
        // The receipt last: it is not given while a bucket still has what it says is erased.
        self.mark(id, receipt)?;
        drop(naming);
        Ok(removed)
    }

    /// The receipt that this node gave for erasing the blob, if it was ordered to.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn tombstone(&self, id: &ContentId) -> Result<Option<Tombstone>, StoreError> {
        let name = layout::tombstone(id);
        let read = self.shared.marks.read(&name, 0, TOMBSTONE_BYTES);
        let bytes = read.map_err(disk("reading the mark of an erased blob"))?;
        Ok(bytes.and_then(|bytes| {
            let (time, signature) = bytes.split_first_chunk::<8>()?;
            Some(Tombstone {
                time: u64::from_be_bytes(*time),
                signature: signature.try_into().ok()?,
            })
        }))
    }

    fn mark(&self, id: &ContentId, receipt: Option<Tombstone>) -> Result<(), StoreError> {
        let action = "marking a blob as erased";
        if self.tombstone(id)?.is_some() || (receipt.is_none() && self.is_erased(id)?) {
            return Ok(());
        }
        let number = self.shared.next_partial.fetch_add(1, Ordering::Relaxed);
        let staged = self.shared.layout.partial.join(number.to_string());
        let mut bytes = Vec::new();
        if let Some(Tombstone { time, signature }) = receipt {
            bytes.extend(time.to_be_bytes());
            bytes.extend(signature);
        }
        fs::write(&staged, bytes).map_err(disk(action))?;
        let mark = layout::tombstone(id);
        self.shared
            .marks
            .publish(&staged, &mark)
            .map_err(disk(action))
    }

    /// Removes a file; its length if it was there.
    pub(super) fn remove_object(&self, name: &str) -> Result<Option<u64>, StoreError> {
        let Some(length) = self.shared.length(name)? else {
            return Ok(None);
        };
        let removed = self.shared.objects.remove(name);
        Ok(removed.map_err(disk("removing a blob"))?.then_some(length))
    }

    fn remove_quarantined(&self, id: &ContentId) -> Result<(), StoreError> {
        let action = "erasing a damaged copy of a blob";
        let prefix = id.to_string();
        let files = fs::read_dir(&self.shared.layout.quarantine).map_err(disk(action))?;
        for file in files {
            let file = file.map_err(disk(action))?;
            let name = file.file_name();
            if name.to_str().is_some_and(|name| name.starts_with(&prefix)) {
                fs::remove_file(file.path()).map_err(disk(action))?;
            }
        }
        Ok(())
    }
}
