//! Takes a blob's leaf hashes from a member that holds a shard of it; they prove themselves by the content id.

use super::whole::{BUSY_ATTEMPTS, BUSY_PAUSE};
use crate::coding::Outline;
use crate::requests::Requests;
use crate::wire::{Answer, Ask, Held, Refusal};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::Clock;
use theriac_envelope::content_id::chunk_count;
use theriac_envelope::{ContentId, MAX_CIPHERTEXT_BYTES};
use tracing::warn;

/// The outline, or `None` where the member gave none or a wrong one.
pub(super) async fn fetch_outline<P, S>(
    context: &impl Clock,
    requests: &Requests<P, S>,
    peer: &P,
    (id, held): (ContentId, Held),
) -> Option<Outline>
where
    P: PublicKey,
    S: Sender<PublicKey = P>,
{
    if held.length > MAX_CIPHERTEXT_BYTES {
        return None;
    }
    let (shard, bytes) = (held.name, chunk_count(held.length) as usize * 32);
    let (mut requests, mut leaves, mut attempts) = (requests.clone(), Vec::new(), 0);
    while leaves.len() < bytes {
        let from = (leaves.len() / 32) as u32;
        let ask = Ask::Leaves { id, shard, from };
        match requests.ask(context, peer, ask).await {
            Ok(Answer::Leaves(page)) if !page.is_empty() => leaves.extend_from_slice(&page),
            Ok(Answer::Refused(Refusal::Busy)) if attempts < BUSY_ATTEMPTS => {
                attempts += 1;
                context.sleep(BUSY_PAUSE).await;
            }
            Ok(_) | Err(_) => return None,
        }
    }
    let outline = Outline::of(id, held.length, &leaves);
    if outline.is_none() {
        warn!(?peer, %id, "a member gave leaf hashes that are not the blob's");
    }
    outline
}
