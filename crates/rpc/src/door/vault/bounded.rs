//! A request's body as a stream that breaks off when it is too long or too slow, and says which.

use std::{
    io,
    sync::{Arc, OnceLock},
    time::Duration,
};

use futures::{StreamExt, stream};
use http_body_util::BodyDataStream;
use hyper::body::Incoming;
use tokio::time::{Instant, timeout_at};

use crate::{ByteStream, Limits, Refusal};

/// Whoever sends slower than so many bytes in a second is given up when the time of a blob is over.
const BYTES_PER_SECOND: u64 = 1 << 20;

/// Why the stream broke off, if it did.
pub(super) type Fault = Arc<OnceLock<Refusal>>;

struct Reading {
    body: BodyDataStream<Incoming>,
    limit: u64,
    received: u64,
    began: Instant,
    time: Duration,
    fault: Fault,
}

/// The body, and where to look for why it broke off.
pub(super) fn bounded(body: Incoming, limits: &Limits) -> (ByteStream, Fault) {
    let fault = Fault::default();
    let reading = Reading {
        body: BodyDataStream::new(body),
        limit: limits.blob_bytes,
        received: 0,
        began: Instant::now(),
        time: limits.blob_time,
        fault: fault.clone(),
    };
    let parts = stream::unfold(Some(reading), |reading| async move {
        let mut reading = reading?;
        match reading.next().await {
            Ok(Some(part)) => Some((Ok(part), Some(reading))),
            Ok(None) => None,
            Err(error) => Some((Err(error), None)),
        }
    });
    (parts.boxed(), fault)
}

impl Reading {
    async fn next(&mut self) -> io::Result<Option<hyper::body::Bytes>> {
        let earned = Duration::from_secs(self.received / BYTES_PER_SECOND);
        let deadline = self.began + self.time + earned;
        let Ok(part) = timeout_at(deadline, self.body.next()).await else {
            return Err(self.broken(Refusal::TookTooLong));
        };
        let Some(part) = part else {
            return Ok(None);
        };
        let part = part.map_err(io::Error::other)?;
        self.received += part.len() as u64;
        match self.received > self.limit {
            true => Err(self.broken(Refusal::BlobTooLarge)),
            false => Ok(Some(part)),
        }
    }

    fn broken(&self, refusal: Refusal) -> io::Error {
        let refusal = self.fault.get_or_init(|| refusal);
        io::Error::other(refusal.message())
    }
}
