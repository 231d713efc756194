//! Puts a file of this machine into the bucket: one request where it is small, parts where it is not.

use super::{Bucket, BucketError};
use bytes::Bytes;
use object_store::path::Path as Key;
use object_store::{MultipartUpload, ObjectStoreExt as _, PutResult};
use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use tracing::warn;

/// Bytes of a part, and of the largest file that is put at once. A bucket takes 10,000 parts, hence 80 GiB, which is more than the
/// shard of the largest blob.
const PART_BYTES: u64 = 8 << 20;

type Parts = Box<dyn MultipartUpload>;

impl Bucket {
    /// Puts the file and returns when the bucket has acknowledged all of it.
    ///
    /// # Errors
    /// A [`BucketError`], or what this machine's disk says.
    pub(super) fn put_file(&self, staged: &Path, name: &str) -> io::Result<()> {
        let mut file = File::open(staged)?;
        let key = self.key(name);
        let first = next_part(&mut file)?;
        let put = if first.len() as u64 == PART_BYTES {
            self.put_parts(first, &mut file, key)?
        } else {
            let client = self.client.clone();
            let put = async move { client.put(&key, first.into()).await };
            self.ask(put)?
        };
        if put.version.is_some_and(|version| version != "null") {
            return Err(BucketError::KeepsVersions.into());
        }
        Ok(())
    }

    fn put_parts(&self, first: Bytes, file: &mut File, key: Key) -> io::Result<PutResult> {
        let client = self.client.clone();
        let parts = self.ask(async move { client.put_multipart(&key).await })?;
        let (parts, outcome) = self.send_parts(parts, first, file);
        // A node that gives up leaves nothing that would have to be paid for, or erased.
        if let (Err(_), Some(mut parts)) = (&outcome, parts) {
            let aborted = self.ask(async move { parts.abort().await });
            if let Err(error) = aborted {
                warn!(%error, "parts of a file that was not completed stay in the bucket until its own rules remove them");
            }
        }
        outcome
    }

    /// One part in memory at a time.
    fn send_parts(
        &self,
        mut parts: Parts,
        first: Bytes,
        file: &mut File,
    ) -> (Option<Parts>, io::Result<PutResult>) {
        let mut part = first;
        while !part.is_empty() {
            let put = parts.put_part(part.into());
            if let Err(error) = self.ask(put) {
                return (Some(parts), Err(error.into()));
            }
            part = match next_part(file) {
                Ok(part) => part,
                Err(error) => return (Some(parts), Err(error)),
            };
        }
        let patience = self.patience;
        let completed = self.driver.run(async move {
            let outcome = tokio::time::timeout(patience, parts.complete()).await;
            (parts, outcome)
        });
        let failed = |error: BucketError| Err(error.into());
        match completed {
            Ok((_, Ok(Ok(put)))) => (None, Ok(put)),
            Ok((parts, Ok(Err(error)))) => (Some(parts), failed(BucketError::of(&error))),
            Ok((parts, Err(_))) => (Some(parts), failed(BucketError::TimedOut)),
            Err(error) => (None, failed(error)),
        }
    }
}

fn next_part(file: &mut File) -> io::Result<Bytes> {
    let mut part = Vec::new();
    file.take(PART_BYTES).read_to_end(&mut part)?;
    Ok(part.into())
}
