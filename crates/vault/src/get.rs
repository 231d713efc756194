//! Finds a blob: on this disk, or at the first member whose chunks prove themselves.

use crate::disk::on_disk;
use crate::requests::Requests;
use crate::wire::{Answer, Ask, Refusal};
use crate::{Store, StoreError, VaultError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use futures::stream::{FuturesUnordered, StreamExt};
use std::time::Duration;
use theriac_envelope::ContentId;
use theriac_envelope::content_id::chunk_count;
use tracing::{debug, warn};

/// Attempts at a busy member for one chunk before the next member is asked.
const BUSY_ATTEMPTS: u32 = 10;
const BUSY_PAUSE: Duration = Duration::from_millis(100);

/// One get.
pub(crate) struct Get<P, S> {
    pub(crate) store: Store,
    pub(crate) requests: Requests<P, S>,
    /// The other members.
    pub(crate) peers: Vec<P>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Get<P, S> {
    pub(crate) async fn run<E: Spawner + Clock>(
        self,
        context: E,
        id: ContentId,
    ) -> Result<Bytes, VaultError> {
        match on_disk(&context, &self.store, move |store| read_here(store, id)).await {
            Ok(Some(bytes)) => return Ok(bytes),
            Ok(None) => {}
            Err(VaultError::Store(error @ StoreError::Erased)) => return Err(error.into()),
            // Whatever is wrong with this disk, another member's may have it.
            Err(error) => debug!(%id, %error, "blob not readable here"),
        }
        let bytes = self.fetch(&context, id).await?;
        let kept = bytes.clone();
        if let Err(error) = on_disk(&context, &self.store, move |store| store.put(&id, &kept)).await
        {
            warn!(%id, %error, "a blob that came from another member was not kept");
        }
        Ok(bytes)
    }

    /// Asks everybody who has it, and takes it from those who say so, one after another.
    async fn fetch<E: Spawner + Clock>(
        &self,
        context: &E,
        id: ContentId,
    ) -> Result<Bytes, VaultError> {
        let ask = |peer: P| {
            let mut requests = self.requests.clone();
            async move {
                let answer = requests.ask(context, &peer, Ask::Has { id }).await;
                (peer, answer)
            }
        };
        let mut asked: FuturesUnordered<_> = self.peers.iter().cloned().map(ask).collect();
        let mut answered = 0;
        let mut blob = Blob {
            id,
            max: self.store.limits().blob_bytes,
            bytes: Vec::new(),
            next: 0,
            chunks: None,
        };
        while let Some((peer, answer)) = asked.next().await {
            answered += usize::from(answer.is_ok());
            if matches!(answer, Ok(Answer::Present))
                && self.fetch_from(context, &peer, &mut blob).await
            {
                return Ok(blob.bytes.into());
            }
        }
        Err(VaultError::NotFound {
            id,
            asked: self.peers.len(),
            answered,
        })
    }

    /// Takes the chunks that are missing from one member; whether none is missing then.
    async fn fetch_from<E: Clock>(&self, context: &E, peer: &P, blob: &mut Blob) -> bool {
        let mut requests = self.requests.clone();
        let mut attempts = 0;
        while !blob.is_complete() {
            match requests
                .ask(
                    context,
                    peer,
                    Ask::Chunk {
                        id: blob.id,
                        index: blob.next,
                    },
                )
                .await
            {
                Ok(Answer::Chunk { path, chunk }) if blob.append(&path, &chunk) => attempts = 0,
                Ok(Answer::Refused(Refusal::Busy)) if attempts < BUSY_ATTEMPTS => {
                    attempts += 1;
                    context.sleep(BUSY_PAUSE).await;
                }
                Ok(Answer::Chunk { .. }) => {
                    warn!(?peer, id = %blob.id, index = blob.next, "a member gave a chunk that is not the blob's");
                    return false;
                }
                Ok(_) | Err(_) => return false,
            }
        }
        true
    }
}

fn read_here(store: &Store, id: ContentId) -> Result<Option<Bytes>, StoreError> {
    if store.is_erased(&id)? {
        return Err(StoreError::Erased);
    }
    store.get(&id)
}

/// The proven front of a blob.
struct Blob {
    id: ContentId,
    max: u64,
    bytes: Vec<u8>,
    next: u32,
    /// Known with the first chunk, since the id binds the length.
    chunks: Option<u64>,
}

impl Blob {
    fn is_complete(&self) -> bool {
        self.chunks == Some(self.next.into())
    }

    /// Takes the next chunk, if it is proven to be that.
    fn append(&mut self, path: &theriac_envelope::ChunkPath, chunk: &[u8]) -> bool {
        if path.index() != self.next
            || path.length() > self.max
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
