//! Counts what is held, and keeps two from changing one name at a time.

use super::open::Shared;
use std::sync::{MutexGuard, PoisonError};
use theriac_envelope::ContentId;

/// What a file is.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// A whole blob.
    Blob,
    /// A shard.
    Shard,
}

impl Shared {
    /// Held by whoever gives or takes a name of this blob, also while a bucket is asked; that of other blobs is rarely the same.
    pub(super) fn naming(&self, id: &ContentId) -> MutexGuard<'_, ()> {
        let naming = &self.naming[usize::from(id.0[0])];
        naming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a file that came, and one that went, by their bytes.
    pub(super) fn count(&self, kind: Kind, came: Option<u64>, went: Option<u64>) {
        let mut usage = self.usage();
        let bytes = usage.bytes + came.unwrap_or(0);
        usage.bytes = bytes.saturating_sub(went.unwrap_or(0));
        let files = match kind {
            Kind::Blob => &mut usage.blobs,
            Kind::Shard => &mut usage.shards,
        };
        // A file may be there that was never counted: its bucket took it and the answer was lost.
        *files = (*files + u64::from(came.is_some())).saturating_sub(u64::from(went.is_some()));
    }
}
