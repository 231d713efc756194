//! The bucket as the store sees it.

use super::drive::Driver;
use super::http::Connections;
use super::{BucketConfig, BucketError, BucketKey};
use crate::store::objects::Objects;
use futures::StreamExt as _;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as Key;
use object_store::{
    BackoffConfig, GetOptions, GetRange, ObjectStore as _, ObjectStoreExt as _, RetryConfig,
};
use std::fs;
use std::future::Future;
use std::io;
use std::path::Path;
use std::time::Duration;

/// The file that says whose files lie below the prefix.
const OWNER: &str = "node";
const MAX_OWNER_BYTES: usize = 256;
/// A request is repeated so often, if it may be.
const RETRIES: usize = 2;
/// More names in one list are refused; as many blobs fill the largest vault with 256 KiB each.
const MAX_LISTED: usize = 1 << 22;
/// Names in one answer of the service.
const PAGE: usize = 1_000;

/// Files of one node in a bucket. Every call blocks and takes bounded time; it may be made on any thread that may block.
pub struct Bucket {
    pub(super) client: AmazonS3,
    pub(super) driver: Driver,
    prefix: Key,
    /// No step, a request with its repetitions and its whole answer, takes longer.
    pub(super) patience: Duration,
}

impl Bucket {
    /// Opens the bucket for one node and marks what lies below the prefix as its own, which also shows that the key is right.
    ///
    /// # Errors
    /// A [`BucketError`], among them [`BucketError::AnotherNodes`] and [`BucketError::KeepsVersions`]; what this machine says.
    pub fn open(
        config: &BucketConfig,
        key: &BucketKey,
        (owner, scratch): (&str, &Path),
    ) -> io::Result<Self> {
        let bucket = Self::connect(config, key)?;
        let marked = bucket.read(OWNER, 0, MAX_OWNER_BYTES)?;
        if marked.is_some_and(|marked| marked != owner.as_bytes()) {
            return Err(BucketError::AnotherNodes.into());
        }
        fs::write(scratch, owner)?;
        bucket.publish(scratch, OWNER)?;
        Ok(bucket)
    }

    /// The bucket, without asking anything of it.
    ///
    /// # Errors
    /// [`BucketError::Config`]; what this machine says.
    pub(crate) fn connect(config: &BucketConfig, key: &BucketKey) -> io::Result<Self> {
        config.check()?;
        let retry = RetryConfig {
            backoff: BackoffConfig {
                max_backoff: Duration::from_secs(2),
                ..BackoffConfig::default()
            },
            max_retries: RETRIES,
            retry_timeout: config.patience,
        };
        let client = AmazonS3Builder::new()
            .with_endpoint(&config.endpoint)
            .with_region(&config.region)
            .with_bucket_name(&config.bucket)
            .with_access_key_id(&key.id)
            .with_secret_access_key(key.secret.as_str())
            .with_retry(retry)
            // Deleting several at once is not in every service's S3.
            .with_disable_bulk_delete(true)
            .with_http_connector(Connections::new(config.patience))
            .build();
        Ok(Self {
            client: client.map_err(|error| BucketError::of(&error))?,
            driver: Driver::start()?,
            prefix: Key::from(config.prefix.as_str()),
            patience: 3 * config.patience,
        })
    }

    pub(super) fn key(&self, name: &str) -> Key {
        Key::from_iter(self.prefix.parts().chain(Key::from(name).parts()))
    }

    pub(super) fn ask<T: Send + 'static>(
        &self,
        step: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<T, BucketError> {
        let outcome = self.driver.run(self.bounded(step))??;
        outcome.map_err(|error| BucketError::of(&error))
    }

    pub(super) fn bounded<F: Future>(
        &self,
        step: F,
    ) -> impl Future<Output = Result<F::Output, BucketError>> + use<F> {
        let patience = self.patience;
        async move {
            let outcome = tokio::time::timeout(patience, step).await;
            outcome.map_err(|_| BucketError::TimedOut)
        }
    }

    /// As [`Bucket::ask`] about one file; `None` where it is not there.
    fn look<T: Send + 'static>(
        &self,
        step: impl Future<Output = object_store::Result<T>> + Send + 'static,
    ) -> Result<Option<T>, BucketError> {
        match self.ask(step) {
            Ok(found) => Ok(Some(found)),
            Err(BucketError::NotThere) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn read_range(
        &self,
        name: &str,
        offset: u64,
        bytes: usize,
    ) -> Result<Option<Vec<u8>>, BucketError> {
        let (client, key) = (self.client.clone(), self.key(name));
        let range = GetRange::Bounded(offset..offset.saturating_add(bytes as u64));
        let options = GetOptions::new().with_range(Some(range));
        let read = self.look(async move {
            let mut body = client.get_opts(&key, options).await?.into_stream();
            let mut read = Vec::new();
            while let Some(part) = body.next().await {
                read.extend_from_slice(&part?);
                if read.len() > bytes {
                    break;
                }
            }
            Ok(read)
        })?;
        match read {
            Some(read) if read.len() > bytes => Err(BucketError::TooMuch),
            read => Ok(read),
        }
    }

    fn name(&self, key: &Key) -> Option<String> {
        let parts = key.prefix_match(&self.prefix)?;
        let parts: Vec<_> = parts.map(|part| part.as_ref().to_owned()).collect();
        Some(parts.join("/"))
    }
}

impl Objects for Bucket {
    fn publish(&self, staged: &Path, name: &str) -> io::Result<()> {
        self.put_file(staged, name)?;
        fs::remove_file(staged)
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        let (client, key) = (self.client.clone(), self.key(name));
        let found = self.look(async move { client.head(&key).await })?;
        Ok(found.map(|meta| meta.size))
    }

    fn read(&self, name: &str, offset: u64, bytes: usize) -> io::Result<Option<Vec<u8>>> {
        if bytes == 0 {
            return Ok(self.length(name)?.map(|_| Vec::new()));
        }
        match self.read_range(name, offset, bytes) {
            Ok(read) => Ok(read),
            // A range that begins after the end is an error of its own to the service.
            Err(BucketError::Failed) => match self.length(name)? {
                Some(length) if offset >= length => Ok(Some(Vec::new())),
                Some(_) => Err(BucketError::Failed.into()),
                None => Ok(None),
            },
            Err(error) => Err(error.into()),
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, u64)>> {
        let listed = self.client.list(Some(&self.key(folder)));
        let mut pages = listed.ready_chunks(PAGE);
        let mut files = Vec::new();
        loop {
            let step = self.bounded(async move { (pages.next().await, pages) });
            let (page, rest) = self.driver.run(step)??;
            let Some(page) = page else { break };
            for file in page {
                let file = file.map_err(|error| BucketError::of(&error))?;
                files.extend(self.name(&file.location).map(|name| (name, file.size)));
            }
            if files.len() > MAX_LISTED {
                return Err(BucketError::TooMuch.into());
            }
            pages = rest;
        }
        files.sort();
        Ok(files)
    }

    fn remove(&self, name: &str) -> io::Result<bool> {
        // The service does not say whether there was anything to delete.
        if self.length(name)?.is_none() {
            return Ok(false);
        }
        let (client, key) = (self.client.clone(), self.key(name));
        self.look(async move { client.delete(&key).await })?;
        Ok(true)
    }
}
