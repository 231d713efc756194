//! What all members together have, as they say.

use crate::requests::Requests;
use crate::serve::list::LIST_PAGE;
use crate::wire::{Answer, Ask};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::Clock;
use std::collections::BTreeMap;
use theriac_envelope::ContentId;
use tracing::debug;

/// Blobs of one member that are listened to in a scrub; a liar may have no end.
const MAX_LISTED: usize = 4 << 20;

/// How many other members say that they have a blob.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Claims {
    /// Whole.
    pub(super) whole: usize,
    /// A shard of it.
    pub(super) shards: usize,
}

/// Asks every member for its list. One that does not answer is passed over.
pub(super) async fn inventory<P, S>(
    context: &impl Clock,
    requests: &Requests<P, S>,
    peers: &[P],
) -> BTreeMap<ContentId, Claims>
where
    P: PublicKey,
    S: Sender<PublicKey = P>,
{
    let mut claims: BTreeMap<ContentId, Claims> = BTreeMap::new();
    let mut requests = requests.clone();
    for peer in peers {
        let (mut after, mut listed) = (None, 0);
        while listed < MAX_LISTED {
            let page = match requests.ask(context, peer, Ask::List { after }).await {
                Ok(Answer::List(page)) => page,
                answer => {
                    debug!(?peer, ?answer, "a member did not list its blobs");
                    break;
                }
            };
            for blob in &page {
                let claims = claims.entry(blob.id).or_default();
                claims.whole += usize::from(blob.is_whole);
                claims.shards += usize::from(!blob.is_whole);
            }
            listed += page.len();
            let last = page.last().map(|blob| blob.id);
            if page.len() < LIST_PAGE || last <= after {
                break;
            }
            after = last;
        }
    }
    claims
}
