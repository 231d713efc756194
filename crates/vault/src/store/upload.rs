//! Writes a blob chunk by chunk: a temporary file, made durable, then renamed to its id.

use super::count::Kind;
use super::failure::{StoreError, disk};
use super::layout;
use super::objects::Objects as _;
use super::open::{Shared, Store};
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use theriac_envelope::{CHUNK_BYTES, ContentHasher, ContentId};

/// A blob being written. Dropping it before [`Upload::finish`] leaves nothing behind.
pub struct Upload {
    shared: Arc<Shared>,
    id: ContentId,
    length: u64,
    file: File,
    path: PathBuf,
    hasher: ContentHasher,
    next: u32,
}

impl Store {
    /// Writes a blob that is in memory; on return it is durable. A blob that is there intact already is left alone.
    ///
    /// # Errors
    /// A [`StoreError`]; see [`Upload::finish`].
    pub fn put(&self, id: &ContentId, bytes: &[u8]) -> Result<(), StoreError> {
        if self.holds(id)? {
            return Ok(());
        }
        let mut upload = self.begin(id, bytes.len() as u64)?;
        for (index, chunk) in bytes.chunks(CHUNK_BYTES).enumerate() {
            upload.write(index as u32, chunk)?;
        }
        upload.finish()
    }

    /// Begins a blob of `length` bytes and reserves room for it.
    ///
    /// # Errors
    /// [`StoreError::TooLarge`], [`StoreError::Erased`], [`StoreError::Full`], [`StoreError::Disk`].
    pub fn begin(&self, id: &ContentId, length: u64) -> Result<Upload, StoreError> {
        let shared = self.shared.clone();
        let max = shared.limits.blob_bytes;
        if length > max {
            return Err(StoreError::TooLarge { max, got: length });
        }
        if shared.is_marked(id)? {
            return Err(StoreError::Erased);
        }
        let number = shared.next_partial.fetch_add(1, Ordering::Relaxed);
        let path = shared.layout.partial.join(number.to_string());
        shared.reserve(length)?;
        match File::create_new(&path) {
            Ok(file) => Ok(Upload {
                shared,
                id: *id,
                length,
                file,
                path,
                hasher: ContentHasher::new(),
                next: 0,
            }),
            Err(error) => {
                shared.usage().reserved_bytes -= length;
                Err(disk("creating a temporary file in the vault")(error))
            }
        }
    }
}

impl Shared {
    /// Whether this node erased the blob.
    pub(super) fn is_marked(&self, id: &ContentId) -> Result<bool, StoreError> {
        let mark = self.marks.length(&layout::tombstone(id));
        Ok(mark.map_err(disk("looking for a blob"))?.is_some())
    }

    pub(super) fn reserve(&self, length: u64) -> Result<(), StoreError> {
        let mut usage = self.usage();
        let used = usage.bytes + usage.reserved_bytes;
        let capacity = self.limits.total_bytes;
        if length > capacity.saturating_sub(used) {
            return Err(StoreError::Full { capacity, used });
        }
        usage.reserved_bytes += length;
        Ok(())
    }
}

impl Upload {
    /// The index of the chunk that comes next.
    pub fn next(&self) -> u32 {
        self.next
    }

    /// Appends chunk `index`.
    ///
    /// # Errors
    /// [`StoreError::OutOfOrder`], [`StoreError::Disk`].
    pub fn write(&mut self, index: u32, chunk: &[u8]) -> Result<(), StoreError> {
        if index != self.next {
            return Err(StoreError::OutOfOrder {
                expected: self.next,
                got: index,
            });
        }
        self.file.write_all(chunk).map_err(disk("writing a blob"))?;
        self.hasher.update(chunk);
        self.next += 1;
        Ok(())
    }

    /// Checks the id, makes the file durable and gives it its name. On return the blob survives a loss of power.
    ///
    /// # Errors
    /// [`StoreError::Mismatch`], [`StoreError::Erased`], [`StoreError::Disk`].
    pub fn finish(mut self) -> Result<(), StoreError> {
        let content = std::mem::take(&mut self.hasher).finish();
        if (content.id, content.length) != (self.id, self.length) {
            return Err(StoreError::Mismatch);
        }
        // Made durable before the lock is taken, so that others do not wait for the disk.
        self.file
            .sync_all()
            .map_err(disk("making a blob durable"))?;
        let name = layout::blob(&self.id);
        let _naming = self.shared.naming(&self.id);
        if self.shared.is_marked(&self.id)? {
            return Err(StoreError::Erased);
        }
        let replaced = self.shared.length(&name)?;
        self.shared
            .objects
            .publish(&self.path, &name)
            .map_err(disk("naming a blob"))?;
        self.shared.count(Kind::Blob, Some(self.length), replaced);
        Ok(())
    }
}

impl Drop for Upload {
    fn drop(&mut self) {
        self.shared.usage().reserved_bytes -= self.length;
        // Gone already when it was given its name; otherwise opening the store removes what stays here.
        let _ = fs::remove_file(&self.path);
    }
}
