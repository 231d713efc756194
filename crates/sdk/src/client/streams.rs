//! Large blobs, from a file and into one, with little of them in memory at a time.

use super::Client;
use crate::{
    Error,
    rpc::{Body, Endpoint},
};
use futures::stream;
use http_body_util::{BodyExt as _, Empty, StreamBody};
use hyper::{
    Method, StatusCode,
    body::{Bytes, Frame, Incoming},
};
use std::{io, path::Path, sync::Arc, time::Duration};
use theriac_envelope::{Content, ContentHasher, ContentId};
use tokio::{
    fs::File,
    io::{AsyncReadExt as _, AsyncWriteExt as _},
};

/// Bytes that are read from a file at once.
const PART_BYTES: usize = 256 << 10;
/// How long nothing may come.
const STALL: Duration = Duration::from_secs(60);
/// A node may take so long for each MiB that it is sent.
const SLOWEST_MIB: Duration = Duration::from_secs(1);

/// Told of bytes that went through, and of how many there are.
pub type Transferred = Arc<dyn Fn(u64, u64) + Send + Sync>;

impl Client {
    /// Stores a file as a blob: reads it once for its name and once to send it. Returns name and length.
    ///
    /// # Errors
    /// `File`; `Unreachable` where no node can be reached; what the node answered otherwise.
    pub async fn put_blob_file(
        &self,
        path: &Path,
        transferred: &Transferred,
    ) -> Result<Content, Error> {
        let content = name(path).await?;
        let mut last = Error::BlobAbsent(content.id);
        for (_, endpoint) in self.nodes().in_order() {
            let send = || async {
                let file = File::open(path).await.map_err(file("open"))?;
                let body = sending(file, content.length, transferred.clone());
                let mib = u32::try_from(content.length >> 20).unwrap_or(u32::MAX);
                let patience = STALL + SLOWEST_MIB * mib;
                let ask = (Method::PUT, content.id);
                self.blobs.stream(endpoint, ask, (body, patience)).await
            };
            // Asked for nothing first, so that a file is not sent before a login.
            match self.logged_in(endpoint, content.id).await {
                Ok(()) => {}
                Err(error) if error.is_unreachable() => {
                    last = error;
                    continue;
                }
                Err(error) => return Err(error),
            }
            match send().await {
                Err(error) if error.is_unreachable() => last = error,
                answer => return answer.map(|_| content),
            }
        }
        Err(last)
    }

    /// Fetches a blob into a new file, and returns its length. What comes is checked as a whole at the end; the file is removed
    /// where it is not the blob.
    ///
    /// # Errors
    /// `File`, where it exists too; `BlobAbsent` where no node has it; otherwise the error of the last node that gave none.
    pub async fn get_blob_file(
        &self,
        id: ContentId,
        path: &Path,
        transferred: &Transferred,
    ) -> Result<u64, Error> {
        let mut last = Error::BlobAbsent(id);
        for (_, endpoint) in self.nodes().in_order() {
            if let Err(error) = self.logged_in(endpoint, id).await {
                last = error;
                continue;
            }
            let empty = Empty::new().map_err(|never| match never {}).boxed_unsync();
            let answer = self
                .blobs
                .stream(endpoint, (Method::GET, id), (empty, STALL));
            let body = match answer.await {
                Ok(answer) => answer.into_body(),
                Err(error) => {
                    if !is_absent(&error) {
                        last = error;
                    }
                    continue;
                }
            };
            let file_there = File::create_new(path).await.map_err(file("create"))?;
            match receive((id, endpoint.base()), body, file_there, transferred).await {
                Ok(length) => return Ok(length),
                Err(error) => {
                    tokio::fs::remove_file(path).await.map_err(file("remove"))?;
                    last = error;
                }
            }
        }
        Err(last)
    }

    /// Logs in where the node wants that.
    async fn logged_in(&self, endpoint: &Endpoint, id: ContentId) -> Result<(), Error> {
        let account = self.nodes().account();
        let token = endpoint.token().await;
        if account.is_none() || token.is_some() {
            return Ok(());
        }
        let empty = Empty::new().map_err(|never| match never {}).boxed_unsync();
        let asked = self
            .blobs
            .stream(endpoint, (Method::HEAD, id), (empty, STALL));
        match (asked.await, account) {
            (Err(Error::LoginNeeded), Some(account)) => {
                endpoint.login(account, token.as_deref()).await.map(drop)
            }
            (Err(error), _) if error.is_unreachable() => Err(error),
            (Ok(_) | Err(_), _) => Ok(()),
        }
    }
}

fn is_absent(error: &Error) -> bool {
    let absent = i64::from(StatusCode::NOT_FOUND.as_u16());
    matches!(error, Error::Node { code, .. } if *code == absent)
}

async fn name(path: &Path) -> Result<Content, Error> {
    let mut reading = File::open(path).await.map_err(file("open"))?;
    let (mut hasher, mut part) = (ContentHasher::new(), vec![0; PART_BYTES]);
    loop {
        match reading.read(&mut part).await.map_err(file("read"))? {
            0 => return Ok(hasher.finish()),
            count => hasher.update(&part[..count]),
        }
    }
}

/// The file as a body.
fn sending(file: File, total: u64, transferred: Transferred) -> Body {
    let parts = stream::try_unfold((file, 0), move |(mut file, sent)| {
        let transferred = transferred.clone();
        async move {
            let mut part = vec![0; PART_BYTES];
            let count = file.read(&mut part).await?;
            part.truncate(count);
            let sent = sent + count as u64;
            transferred(sent, total);
            let part = Frame::data(Bytes::from(part));
            Ok::<_, io::Error>((count > 0).then_some((part, (file, sent))))
        }
    });
    StreamBody::new(parts).boxed_unsync()
}

async fn receive(
    (id, node): (ContentId, &str),
    mut body: Incoming,
    mut into: File,
    transferred: &Transferred,
) -> Result<u64, Error> {
    let total = hyper::body::Body::size_hint(&body).exact().unwrap_or(0);
    let (mut hasher, mut received) = (ContentHasher::new(), 0);
    loop {
        let frame = tokio::time::timeout(STALL, body.frame()).await;
        let frame = frame.map_err(|elapsed| Error::unreachable(node, elapsed))?;
        let Some(frame) = frame else { break };
        let frame = frame.map_err(|error| Error::unreachable(node, error))?;
        if let Ok(part) = frame.into_data() {
            hasher.update(&part);
            received += part.len() as u64;
            into.write_all(&part).await.map_err(file("write"))?;
            transferred(received, total);
        }
    }
    into.sync_all().await.map_err(file("write"))?;
    match hasher.finish().id == id {
        true => Ok(received),
        false => Err(Error::BlobAltered(id)),
    }
}

fn file(action: &'static str) -> impl FnOnce(io::Error) -> Error {
    move |source| Error::File { action, source }
}
