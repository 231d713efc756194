//! Reads whole blobs, at once or by the chunk, and never gives out a byte that does not belong to the id.

use super::failure::{StoreError, disk};
use super::layout;
use super::objects::Objects as _;
use super::open::Store;
use bytes::Bytes;
use std::sync::Arc;
use theriac_envelope::content_id::chunk_length;
use theriac_envelope::{CHUNK_BYTES, ChunkPath, ContentId, ContentTree};

impl Store {
    /// Whether there is a file for the blob; it is not read.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn has(&self, id: &ContentId) -> Result<bool, StoreError> {
        Ok(self.shared.length(&layout::blob(id))?.is_some())
    }

    /// Whether this node erased the blob.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn is_erased(&self, id: &ContentId) -> Result<bool, StoreError> {
        let mark = self.shared.marks.length(&layout::tombstone(id));
        Ok(mark.map_err(disk("looking for a blob"))?.is_some())
    }

    /// Whether the blob is there and intact. A damaged file goes to quarantine.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn holds(&self, id: &ContentId) -> Result<bool, StoreError> {
        match self.get(id) {
            Ok(bytes) => Ok(bytes.is_some()),
            Err(StoreError::Damaged) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// The blob, or `None` where it is not held whole.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when the file was not what its name says; [`StoreError::Disk`].
    pub fn get(&self, id: &ContentId) -> Result<Option<Bytes>, StoreError> {
        let Some(bytes) = self.read_all(&layout::blob(id))? else {
            return Ok(None);
        };
        if ContentId::of(&bytes) != *id {
            self.quarantine(id)?;
            return Err(StoreError::Damaged);
        }
        Ok(Some(bytes.into()))
    }

    /// One chunk of the blob with the path that proves it, or `None` where there is no such blob or chunk.
    ///
    /// # Errors
    /// [`StoreError::Damaged`], [`StoreError::Disk`].
    pub fn chunk(
        &self,
        id: &ContentId,
        index: u32,
    ) -> Result<Option<(ChunkPath, Bytes)>, StoreError> {
        let Some(tree) = self.tree(id)? else {
            return Ok(None);
        };
        let Some(path) = tree.path(index) else {
            return Ok(None);
        };
        let Some(chunk) = self.read_chunk(id, &path)? else {
            return Ok(None);
        };
        if path.verify(id, &chunk).is_err() {
            self.quarantine(id)?;
            return Err(StoreError::Damaged);
        }
        Ok(Some((path, chunk)))
    }

    fn tree(&self, id: &ContentId) -> Result<Option<Arc<ContentTree>>, StoreError> {
        if let Some(tree) = self.shared.trees().get(id) {
            return Ok(Some(tree.clone()));
        }
        let Some(bytes) = self.get(id)? else {
            return Ok(None);
        };
        let tree = Arc::new(ContentTree::of(&bytes));
        self.shared.trees().put(*id, tree.clone());
        Ok(Some(tree))
    }

    /// Reads what is there of a chunk; too short where the file was cut.
    fn read_chunk(&self, id: &ContentId, path: &ChunkPath) -> Result<Option<Bytes>, StoreError> {
        let index = u64::from(path.index());
        let length = chunk_length(path.length(), index).expect("the tree gave the path");
        let offset = index * CHUNK_BYTES as u64;
        let objects = &self.shared.objects;
        let chunk = objects.read(&layout::blob(id), offset, length);
        Ok(chunk
            .map_err(disk("reading a chunk of a blob"))?
            .map(Bytes::from))
    }

    pub(super) fn read_all(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(length) = self.shared.length(name)? else {
            return Ok(None);
        };
        let read = self.shared.objects.read(name, 0, length as usize);
        read.map_err(disk("reading a blob"))
    }
}
