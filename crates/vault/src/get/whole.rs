//! Takes a small blob from a member that holds it whole, chunk by proven chunk.

use crate::requests::Requests;
use crate::wire::{Answer, Ask, Refusal};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::Clock;
use std::time::Duration;
use theriac_envelope::content_id::chunk_count;
use theriac_envelope::{ChunkPath, ContentId};
use tracing::warn;

/// Attempts at a busy member for one chunk before the next member is asked.
pub(super) const BUSY_ATTEMPTS: u32 = 10;
pub(super) const BUSY_PAUSE: Duration = Duration::from_millis(100);

/// The largest blob that is given and taken whole: before there were shards, blobs of up to this size were.
pub(crate) const MAX_WHOLE_BYTES: u64 = 64 << 20;

/// The proven front of a blob. What one member did not give is taken from the next.
pub(super) struct Front {
    id: ContentId,
    bytes: Vec<u8>,
    next: u32,
    /// Known with the first chunk, since the id binds the length.
    chunks: Option<u64>,
}

impl Front {
    pub(super) fn new(id: ContentId) -> Self {
        Self {
            id,
            bytes: Vec::new(),
            next: 0,
            chunks: None,
        }
    }

    /// Takes the chunks that are missing from one member; the blob if none is missing then.
    pub(super) async fn fetch<P, S>(
        &mut self,
        context: &impl Clock,
        requests: &Requests<P, S>,
        peer: &P,
    ) -> Option<Bytes>
    where
        P: PublicKey,
        S: Sender<PublicKey = P>,
    {
        let mut requests = requests.clone();
        let mut attempts = 0;
        while self.chunks != Some(self.next.into()) {
            let (id, index) = (self.id, self.next);
            match requests.ask(context, peer, Ask::Chunk { id, index }).await {
                Ok(Answer::Chunk { path, chunk }) if self.append(&path, &chunk) => attempts = 0,
                Ok(Answer::Refused(Refusal::Busy)) if attempts < BUSY_ATTEMPTS => {
                    attempts += 1;
                    context.sleep(BUSY_PAUSE).await;
                }
                Ok(Answer::Chunk { .. }) => {
                    warn!(?peer, %id, index, "a member gave a chunk that is not the blob's");
                    return None;
                }
                Ok(_) | Err(_) => return None,
            }
        }
        Some(std::mem::take(&mut self.bytes).into())
    }

    /// Takes the next chunk, if it is proven to be that.
    fn append(&mut self, path: &ChunkPath, chunk: &[u8]) -> bool {
        if path.index() != self.next
            || path.length() > MAX_WHOLE_BYTES
            || path.verify(&self.id, chunk).is_err()
        {
            return false;
        }
        self.bytes.extend_from_slice(chunk);
        self.chunks = Some(chunk_count(path.length()));
        self.next += 1;
        true
    }
}
