//! The store itself, opened over a directory, and what it counts.

use super::failure::StoreError;
use super::layout::{self, Layout};
use lru::LruCache;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard};
use theriac_envelope::{ContentId, ContentTree};

/// Leaf hashes of so many blobs are kept, so that a chunk is proven without reading its whole blob again.
const CACHED_TREES: NonZeroUsize = NonZeroUsize::new(256).expect("not zero");

/// What a node is willing to hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one blob.
    pub blob_bytes: u64,
    /// Bytes of all blobs.
    pub total_bytes: u64,
}

impl Default for Limits {
    /// 64 MiB for a blob, 1 TiB in all.
    fn default() -> Self {
        Self {
            blob_bytes: 64 << 20,
            total_bytes: 1 << 40,
        }
    }
}

/// What a node holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Blobs.
    pub blobs: u64,
    /// Bytes of all blobs.
    pub bytes: u64,
    /// Bytes of blobs that are being written.
    pub reserved_bytes: u64,
}

/// The blobs of one node. Clones share it.
#[derive(Clone)]
pub struct Store {
    pub(super) shared: Arc<Shared>,
}

pub(super) struct Shared {
    pub(super) layout: Layout,
    pub(super) limits: Limits,
    /// Held while a name in `blobs` or `erased` changes, so that the counts are those of the files.
    usage: Mutex<Usage>,
    trees: Mutex<LruCache<ContentId, Arc<ContentTree>>>,
    pub(super) next_partial: AtomicU64,
}

impl Store {
    /// Opens the store in `directory`, which is made where it does not exist. Only one process may have it open.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn open(directory: &Path, limits: Limits) -> Result<Self, StoreError> {
        let layout = Layout::prepare(directory)?;
        let shared = Shared {
            layout,
            limits,
            usage: Mutex::default(),
            trees: Mutex::new(LruCache::new(CACHED_TREES)),
            next_partial: AtomicU64::new(0),
        };
        let store = Self {
            shared: Arc::new(shared),
        };
        let blobs = store.list()?;
        let bytes = blobs.iter().map(|(_, length)| length).sum();
        *store.shared.usage() = Usage {
            blobs: blobs.len() as u64,
            bytes,
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

    /// Every blob with its length in bytes, in order of the ids.
    ///
    /// # Errors
    /// [`StoreError::Disk`].
    pub fn list(&self) -> Result<Vec<(ContentId, u64)>, StoreError> {
        let mut blobs = Vec::new();
        for first in layout::entries(&self.shared.layout.blobs)? {
            for second in layout::entries(&first)? {
                for path in layout::entries(&second)? {
                    let (Some(id), Some(length)) = (layout::id_of(&path), layout::length(&path)?)
                    else {
                        continue;
                    };
                    blobs.push((id, length));
                }
            }
        }
        Ok(blobs)
    }
}

impl Shared {
    pub(super) fn usage(&self) -> MutexGuard<'_, Usage> {
        self.usage.lock().expect("nothing panics while it counts")
    }

    pub(super) fn trees(&self) -> MutexGuard<'_, LruCache<ContentId, Arc<ContentTree>>> {
        self.trees
            .lock()
            .expect("nothing panics while it looks up a tree")
    }
}
