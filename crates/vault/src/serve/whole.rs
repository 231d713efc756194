//! Small blobs, which are kept whole.

use super::answer::{Serve, refuse};
use crate::disk::on_disk;
use crate::get::MAX_WHOLE_BYTES;
use crate::store::Upload;
use crate::wire::{Answer, Refusal};
use crate::{Store, StoreError, VaultError};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_runtime::{Clock, Spawner};
use theriac_envelope::content_id::chunk_count;
use theriac_envelope::{ChunkPath, ContentId};

impl<P: PublicKey> Serve<P> {
    pub(super) async fn chunk(&self, context: &impl Spawner, id: ContentId, index: u32) -> Answer {
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

    pub(super) async fn put<E>(
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
        if path.length() > MAX_WHOLE_BYTES {
            return Answer::Refused(Refusal::TooLarge);
        }
        let upload = match self.received().take((&peer, id), path.index(), now) {
            Ok(upload) => upload,
            Err(refusal) => return Answer::Refused(refusal),
        };
        let bytes = chunk.len();
        let written = on_disk(context, &self.store, move |store| {
            Ok(write(store, upload, id, &path, &chunk))
        })
        .await;
        let mut received = self.received();
        let (upload, answer) = written.unwrap_or((None, Answer::Refused(Refusal::Failed)));
        received.give_back((peer.clone(), id), upload, now);
        if matches!(answer, Answer::Taken | Answer::Durable) {
            received.took(peer, bytes, now);
        }
        answer
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
