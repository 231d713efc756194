//! Answers other members from this node's disk, each within its share.

use crate::disk::on_disk;
use crate::wire::{Answer, Ask, Refusal};
use crate::{Mailbox, Store, StoreError, VaultError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_runtime::{Clock, Spawner};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};
use theriac_envelope::content_id::chunk_count;
use theriac_envelope::{ChunkPath, ContentId};
use tracing::warn;

use crate::store::Upload;

const HOUR: Duration = Duration::from_secs(3_600);
/// An upload of which nothing came for so long is forgotten.
const UPLOAD_IDLE: Duration = Duration::from_secs(120);

/// What is being received. Clones share it.
#[derive(Clone)]
pub(crate) struct Serve<P> {
    pub(crate) store: Store,
    pub(crate) mailbox: Mailbox,
    pub(crate) uploads_per_member: usize,
    pub(crate) bytes_per_hour: u64,
    received: Arc<Mutex<Received<P>>>,
}

struct Received<P> {
    uploads: BTreeMap<(P, ContentId), Slot>,
    /// The hour's beginning and the bytes taken in it.
    shares: BTreeMap<P, (SystemTime, u64)>,
}

/// An upload between two chunks, or the mark that a chunk is being written.
struct Slot {
    upload: Option<Upload>,
    touched: SystemTime,
}

impl<P: PublicKey> Serve<P> {
    pub(crate) fn new(
        store: Store,
        mailbox: Mailbox,
        uploads_per_member: usize,
        bytes_per_hour: u64,
    ) -> Self {
        let received = Received {
            uploads: BTreeMap::new(),
            shares: BTreeMap::new(),
        };
        Self {
            store,
            mailbox,
            uploads_per_member,
            bytes_per_hour,
            received: Arc::new(Mutex::new(received)),
        }
    }

    pub(crate) async fn run<E: Spawner + Clock>(self, context: E, peer: P, ask: Ask) -> Answer {
        match ask {
            Ask::Has { id } => self.has(&context, id).await,
            Ask::Chunk { id, index } => self.chunk(&context, id, index).await,
            Ask::Put { id, path, chunk } => self.put(&context, peer, id, (path, chunk)).await,
        }
    }

    async fn has(&self, context: &impl Spawner, id: ContentId) -> Answer {
        match on_disk(context, &self.store, move |store| store.has(&id)).await {
            Ok(true) => Answer::Present,
            Ok(false) => Answer::Absent,
            Err(error) => refuse(&error),
        }
    }

    async fn chunk(&self, context: &impl Spawner, id: ContentId, index: u32) -> Answer {
        match on_disk(context, &self.store, move |store| store.chunk(&id, index)).await {
            Ok(Some((path, chunk))) => Answer::Chunk { path, chunk },
            Ok(None) => Answer::Absent,
            Err(VaultError::Store(StoreError::Damaged)) => {
                self.mailbox.heal(id);
                Answer::Absent
            }
            Err(error) => refuse(&error),
        }
    }

    async fn put<E>(
        &self,
        context: &E,
        peer: P,
        id: ContentId,
        (path, chunk): (ChunkPath, Bytes),
    ) -> Answer
    where
        E: Spawner + Clock,
    {
        let now = context.current();
        if path.length() > self.store.limits().blob_bytes {
            return Answer::Refused(Refusal::TooLarge);
        }
        let upload = match self.received().take(self, (&peer, id), path.index(), now) {
            Ok(upload) => upload,
            Err(refusal) => return Answer::Refused(refusal),
        };
        let bytes = chunk.len() as u64;
        let written = on_disk(context, &self.store, move |store| {
            Ok(write(store, upload, id, &path, &chunk))
        })
        .await;
        let mut received = self.received();
        let (upload, answer) = written.unwrap_or((None, Answer::Refused(Refusal::Failed)));
        received.give_back((peer.clone(), id), upload, now);
        if matches!(answer, Answer::Taken | Answer::Durable) {
            received.shares.entry(peer).or_insert((now, 0)).1 += bytes;
        }
        answer
    }

    fn received(&self) -> MutexGuard<'_, Received<P>> {
        self.received
            .lock()
            .expect("nothing panics while it looks up an upload")
    }
}

impl<P: PublicKey> Received<P> {
    /// Takes the upload that a chunk belongs to out of the table and leaves a mark; `None` where it must begin.
    fn take(
        &mut self,
        serve: &Serve<P>,
        (peer, id): (&P, ContentId),
        index: u32,
        now: SystemTime,
    ) -> Result<Option<Upload>, Refusal> {
        let age = |since: SystemTime| now.duration_since(since).unwrap_or_default();
        self.uploads
            .retain(|_, slot| slot.upload.is_none() || age(slot.touched) < UPLOAD_IDLE);
        self.shares.retain(|_, (since, _)| age(*since) < HOUR);
        if self
            .shares
            .get(peer)
            .is_some_and(|(_, bytes)| *bytes >= serve.bytes_per_hour)
        {
            return Err(Refusal::OverQuota);
        }
        let key = (peer.clone(), id);
        let count = self
            .uploads
            .keys()
            .filter(|(uploader, _)| uploader == peer)
            .count();
        let upload = match self.uploads.get_mut(&key) {
            Some(Slot { upload: None, .. }) => return Err(Refusal::Busy),
            Some(slot) => slot.upload.take(),
            None if index > 0 => return Err(Refusal::OutOfOrder),
            None if count >= serve.uploads_per_member => return Err(Refusal::Busy),
            None => None,
        };
        self.uploads.insert(
            key,
            Slot {
                upload: None,
                touched: now,
            },
        );
        Ok(upload)
    }

    fn give_back(&mut self, key: (P, ContentId), upload: Option<Upload>, now: SystemTime) {
        match upload {
            Some(_) => self.uploads.insert(
                key,
                Slot {
                    upload,
                    touched: now,
                },
            ),
            None => self.uploads.remove(&key),
        };
    }
}

/// Writes one proven chunk. Returns the upload as long as it is not complete, and the answer.
fn write(
    store: &Store,
    upload: Option<Upload>,
    id: ContentId,
    path: &ChunkPath,
    chunk: &[u8],
) -> (Option<Upload>, Answer) {
    if path.verify(&id, chunk).is_err() {
        return (upload, Answer::Refused(Refusal::NotProven));
    }
    match append(store, upload, id, path, chunk) {
        Ok(Some(upload)) => (Some(upload), Answer::Taken),
        Ok(None) => (None, Answer::Durable),
        Err(error) => (None, refuse(&error.into())),
    }
}

/// `None` when the blob is durable.
fn append(
    store: &Store,
    upload: Option<Upload>,
    id: ContentId,
    path: &ChunkPath,
    chunk: &[u8],
) -> Result<Option<Upload>, StoreError> {
    let mut upload = match upload {
        // Sent again, because the answer was lost.
        Some(upload) if path.index() < upload.next() && path.index() > 0 => {
            return Ok(Some(upload));
        }
        Some(upload) if path.index() > 0 => upload,
        Some(_) | None if store.holds(&id)? => return Ok(None),
        Some(_) | None => store.begin(&id, path.length())?,
    };
    upload.write(path.index(), chunk)?;
    if u64::from(upload.next()) < chunk_count(path.length()) {
        return Ok(Some(upload));
    }
    upload.finish()?;
    Ok(None)
}

fn refuse(error: &VaultError) -> Answer {
    let refusal = match error {
        VaultError::Store(StoreError::TooLarge { .. }) => Refusal::TooLarge,
        VaultError::Store(StoreError::Full { .. }) => Refusal::Full,
        VaultError::Store(StoreError::Erased) => Refusal::Erased,
        VaultError::Store(StoreError::OutOfOrder { .. }) => Refusal::OutOfOrder,
        VaultError::Store(StoreError::Mismatch) => Refusal::NotProven,
        VaultError::Store(StoreError::Disk { .. } | StoreError::Damaged)
        | VaultError::NotDurable { .. }
        | VaultError::NotFound { .. }
        | VaultError::ContentIdMismatch { .. }
        | VaultError::Closed => Refusal::Failed,
    };
    if refusal == Refusal::Failed {
        warn!(%error, "a member's request failed on this node");
    }
    Answer::Refused(refusal)
}
