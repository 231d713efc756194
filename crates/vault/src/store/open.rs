//! The store itself, opened over a directory, and what it counts.

use super::failure::{StoreError, disk};
use super::layout::{self, BLOBS, Layout, SHARDS};
use super::objects::{Folder, Objects};
use super::shard::Shard;
use crate::wire::ShardName;
use lru::LruCache;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard};
use theriac_envelope::{ContentId, ContentTree, MAX_CIPHERTEXT_BYTES};

/// Leaf hashes of so many blobs are kept, so that a chunk is proven without reading its whole blob again.
const CACHED_TREES: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");
/// Shards of which the end is kept; that of a blob of 64 GiB has 2 MiB.
const CACHED_SHARDS: NonZeroUsize = NonZeroUsize::new(16).expect("not zero");

/// What a node is willing to hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one blob.
    pub blob_bytes: u64,
    /// Bytes of all blobs and shards on this node.
    pub total_bytes: u64,
}

impl Default for Limits {
    /// 64 GiB for a blob, which is what the format allows, and 1 TiB in all.
    fn default() -> Self {
        Self {
            blob_bytes: MAX_CIPHERTEXT_BYTES,
            total_bytes: 1 << 40,
        }
    }
}

/// What a node holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Whole blobs.
    pub blobs: u64,
    /// Shards.
    pub shards: u64,
    /// Bytes of all blobs and shards.
    pub bytes: u64,
    /// Bytes of those that are being written.
    pub reserved_bytes: u64,
}

/// The blobs and shards of one node. Clones share it.
#[derive(Clone)]
pub struct Store {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) layout: Layout,
    /// Blobs and shards.
    pub(super) objects: Arc<dyn Objects>,
    /// Marks of what was erased, always on this machine.
    pub(super) marks: Folder,
    pub(super) limits: Limits,
    /// One for each first byte of an id.
    pub(super) naming: [Mutex<()>; 256],
    /// Never held while a disk or a bucket is asked, since those who may not block look at it too.
    usage: Mutex<Usage>,
    trees: Mutex<LruCache<ContentId, Arc<ContentTree>>>,
    shards: Mutex<LruCache<(ContentId, ShardName), Arc<Shard>>>,
    pub(super) next_partial: AtomicU64,
}

impl Store {
    /// Opens the store in `directory`, which is made where it does not exist. Only one process may have it open.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn open(directory: &Path, limits: Limits) -> Result<Self, StoreError> {
        Self::open_with(directory, limits, Arc::new(Folder::new(directory)))
    }

    /// Opens a store whose finished files lie elsewhere; marks, and what is being written, lie in `directory`.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn open_with(
        directory: &Path,
        limits: Limits,
        objects: Arc<dyn Objects>,
    ) -> Result<Self, StoreError> {
        let shared = Shared {
            layout: Layout::prepare(directory)?,
            objects,
            marks: Folder::new(directory),
            limits,
            naming: [const { Mutex::new(()) }; 256],
            usage: Mutex::default(),
            trees: Mutex::new(LruCache::new(CACHED_TREES)),
            shards: Mutex::new(LruCache::new(CACHED_SHARDS)),
            next_partial: AtomicU64::new(0),
        };
        let store = Self {
            shared: Arc::new(shared),
        };
        let (blobs, shards) = (store.list()?, store.list_shards()?);
        let bytes = blobs.iter().map(|(_, length)| length);
        let shard_bytes = shards.iter().map(|(_, _, length)| length);
        *store.shared.usage() = Usage {
            blobs: blobs.len() as u64,
            shards: shards.len() as u64,
            bytes: bytes.chain(shard_bytes).sum(),
            reserved_bytes: 0,
        };
        Ok(store)
    }

    /// The limits that it was opened with.
    pub fn limits(&self) -> Limits {
        self.shared.limits
    }

    /// What is held now.
    pub fn usage(&self) -> Usage {
        *self.shared.usage()
    }

    /// Every whole blob with its length in bytes, in order of the ids.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn list(&self) -> Result<Vec<(ContentId, u64)>, StoreError> {
        let files = self.shared.list(BLOBS)?;
        let blob = |(name, length): (String, u64)| Some((layout::id_of(&name)?, length));
        Ok(files.into_iter().filter_map(blob).collect())
    }

    /// Every shard with its bytes on disk, in order of the blobs' ids.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub(crate) fn list_shards(&self) -> Result<Vec<(ContentId, ShardName, u64)>, StoreError> {
        self.shared.shards_in(SHARDS)
    }

    /// The shards of one blob.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub(crate) fn shards_of(&self, id: &ContentId) -> Result<Vec<ShardName>, StoreError> {
        let shards = self.shared.shards_in(&layout::shard_folder(id))?;
        let of_blob = shards.into_iter().filter(|(blob, _, _)| blob == id);
        Ok(of_blob.map(|(_, name, _)| name).collect())
    }
}

impl Shared {
    fn list(&self, folder: &str) -> Result<Vec<(String, u64)>, StoreError> {
        self.objects
            .list(folder)
            .map_err(disk("listing the vault's directories"))
    }

    fn shards_in(&self, folder: &str) -> Result<Vec<(ContentId, ShardName, u64)>, StoreError> {
        let shard = |(name, length): (String, u64)| {
            let (id, shard) = layout::shard_of(&name)?;
            Some((id, shard, length))
        };
        Ok(self.list(folder)?.into_iter().filter_map(shard).collect())
    }

    pub(super) fn usage(&self) -> MutexGuard<'_, Usage> {
        self.usage.lock().expect("nothing panics while it counts")
    }

    pub(super) fn trees(&self) -> MutexGuard<'_, LruCache<ContentId, Arc<ContentTree>>> {
        self.trees
            .lock()
            .expect("nothing panics while it looks up a tree")
    }

    pub(super) fn shards(&self) -> MutexGuard<'_, LruCache<(ContentId, ShardName), Arc<Shard>>> {
        self.shards
            .lock()
            .expect("nothing panics while it looks up a shard")
    }

    pub(super) fn length(&self, name: &str) -> Result<Option<u64>, StoreError> {
        self.objects
            .length(name)
            .map_err(disk("looking for a blob"))
    }
}
