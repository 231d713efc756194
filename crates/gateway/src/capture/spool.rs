//! Documents on disk between their receipt and their storing.

use axum::body::Body;
use futures::StreamExt;
use std::{
    io,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};
use thiserror::Error;
use tokio::{fs, io::AsyncWriteExt, time::timeout_at};

/// A folder of documents.
#[derive(Clone)]
pub(crate) struct Spool {
    folder: PathBuf,
}

/// Why a document was not received.
#[derive(Debug, Error)]
pub(crate) enum SpoolError {
    #[error("more than {0} bytes")]
    TooLarge(u64),
    #[error("the client took too long")]
    TimedOut,
    #[error("the connection broke off")]
    BrokenOff,
    #[error("the spool cannot be written")]
    Disk(#[from] io::Error),
}

/// Bounds of one receipt.
#[derive(Clone, Copy)]
pub(crate) struct Receipt {
    pub(crate) bytes: u64,
    /// How long it may take, beside a second for each MiB.
    pub(crate) time: Duration,
}

impl Spool {
    /// Opens the folder, and makes it where it is absent.
    pub(crate) fn open(folder: PathBuf) -> io::Result<Self> {
        std::fs::create_dir_all(&folder)?;
        Ok(Self { folder })
    }

    /// Where the document of a capture lies.
    pub(crate) fn path(&self, id: &str) -> PathBuf {
        self.folder.join(id)
    }

    /// Writes a body under `id`. When this returns, it is on disk.
    pub(crate) async fn receive(
        &self,
        id: &str,
        body: Body,
        receipt: Receipt,
    ) -> Result<u64, SpoolError> {
        let path = self.path(id);
        let received = self.write(&path, body, receipt).await;
        if received.is_err() {
            self.remove(id).await;
        }
        received
    }

    async fn write(&self, path: &Path, body: Body, receipt: Receipt) -> Result<u64, SpoolError> {
        let began = Instant::now();
        let mut file = fs::File::create_new(path).await?;
        let mut bytes = body.into_data_stream();
        let mut length = 0;
        loop {
            let earned = Duration::from_secs(length >> 20);
            let end = began + receipt.time + earned;
            let next = timeout_at(end.into(), bytes.next()).await;
            let Some(chunk) = next.map_err(|_| SpoolError::TimedOut)? else {
                break;
            };
            let chunk = chunk.map_err(|_| SpoolError::BrokenOff)?;
            length += chunk.len() as u64;
            if length > receipt.bytes {
                return Err(SpoolError::TooLarge(receipt.bytes));
            }
            file.write_all(&chunk).await?;
        }
        file.flush().await?;
        file.sync_all().await?;
        self.sync_folder().await?;
        Ok(length)
    }

    /// Puts a document in the place of the one under `id`. Blocks.
    pub(crate) fn replace(&self, id: &str, text: &str) -> io::Result<()> {
        let other = self.path(&format!("{id}.new"));
        std::fs::write(&other, text)?;
        std::fs::File::open(&other)?.sync_all()?;
        std::fs::rename(&other, self.path(id))?;
        std::fs::File::open(&self.folder)?.sync_all()
    }

    async fn sync_folder(&self) -> io::Result<()> {
        fs::File::open(&self.folder).await?.sync_all().await
    }

    /// Forgets a document.
    pub(crate) async fn remove(&self, id: &str) {
        if let Err(error) = fs::remove_file(self.path(id)).await {
            tracing::warn!(%error, "a spooled document could not be removed");
        }
    }

    /// Removes all documents but those of these captures: they were not acknowledged, or are done with.
    pub(crate) fn keep_only(&self, ids: &[String]) -> io::Result<()> {
        for entry in std::fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if !name.is_some_and(|name| ids.iter().any(|id| id == name)) {
                std::fs::remove_file(path)?;
            }
        }
        Ok(())
    }
}
