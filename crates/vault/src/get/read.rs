//! One reading: finds the blob, replies with its length, then gives its bytes as they are taken.

use super::find::{Finder, Found};
use crate::coding::{part_of, stripes_of};
use crate::mailbox::{Blob, Reply};
use crate::{VaultError, Wanted};
use bytes::Bytes;
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::{Clock, Spawner};
use commonware_utils::channel::mpsc;
use futures::stream::{self, StreamExt};
use std::time::Duration;
use theriac_envelope::{Content, ContentId};
use tracing::debug;

/// Stripes that are restored ahead of the reader.
const AHEAD: usize = 4;
/// A reader that takes nothing for so long is not waited for any more.
const STALL: Duration = Duration::from_secs(60);
/// Chunks that wait for the reader.
const WAITING: usize = 1;

/// One reading.
pub(crate) struct Read<P, S> {
    pub(crate) finder: Finder<P, S>,
}

impl<P: PublicKey, S: Sender<PublicKey = P>> Read<P, S> {
    pub(crate) async fn run<E: Spawner + Clock>(
        self,
        context: E,
        id: ContentId,
        wanted: Wanted,
        reply: Reply<Blob>,
    ) {
        let found = match self.finder.find(&context, id).await {
            Ok(found) => found,
            Err(error) => return answer(reply, Err(error)),
        };
        let content = match &found {
            Found::Whole(bytes) => Content {
                id,
                length: bytes.len() as u64,
            },
            Found::Coded(coded) => coded.outline().content(),
        };
        let range = match wanted.in_blob(content.length) {
            Ok(range) => range,
            Err(error) => return answer(reply, Err(error)),
        };
        let (parts, body) = mpsc::channel(WAITING);
        let blob = Blob {
            content,
            range: range.clone(),
            body,
        };
        answer(reply, Ok(blob));
        match found {
            Found::Whole(bytes) => {
                let part = bytes.slice(range.start as usize..range.end as usize);
                let _ = parts.send(Ok(part)).await;
            }
            Found::Coded(coded) => {
                let chunk = |stripe| {
                    let (coded, context) = (&coded, &context);
                    async move { (stripe, coded.chunk(context, stripe).await) }
                };
                let mut chunks = stream::iter(stripes_of(&range)).map(chunk).buffered(AHEAD);
                while let Some((stripe, chunk)) = chunks.next().await {
                    let part = chunk.map(|chunk| part_of(&range, stripe, &chunk));
                    if !give(&context, &parts, id, part).await {
                        return;
                    }
                }
            }
        }
    }
}

/// Whether the reader goes on.
async fn give(
    context: &impl Clock,
    parts: &mpsc::Sender<Result<Bytes, VaultError>>,
    id: ContentId,
    part: Result<Bytes, VaultError>,
) -> bool {
    let is_last = part.is_err();
    if let Err(error) = &part {
        debug!(%id, %error, "a reading broke off");
    }
    let (parts, send) = (parts.clone(), part);
    let sent = context.timeout(STALL, async move { parts.send(send).await.is_ok() });
    sent.await.unwrap_or(false) && !is_last
}

fn answer(reply: Reply<Blob>, result: Result<Blob, VaultError>) {
    // Whoever asked may have stopped waiting.
    let _ = reply.send(result);
}
