//! Drops a shard of an earlier committee once the present one holds the blob.

use crate::requests::Requests;
use crate::wire::{Answer, Ask, ShardName};
use crate::{Committee, quorum};
use commonware_cryptography::PublicKey;
use commonware_p2p::Sender;
use commonware_runtime::Clock;
use theriac_envelope::ContentId;

use crate::coding::Coding;

/// Whether q members of the committee say that they hold what they should of the blob. Up to f of them may lie; the others are k at
/// least.
pub(super) async fn is_held<P, S>(
    context: &impl Clock,
    requests: &Requests<P, S>,
    (committee, me, is_here): (&Committee<P>, &P, bool),
    id: ContentId,
) -> bool
where
    P: PublicKey,
    S: Sender<PublicKey = P>,
{
    let Some(coding) = Coding::over(committee.members.len()) else {
        return false;
    };
    let mut requests = requests.clone();
    let mut holding = 0;
    for (index, member) in (0..).zip(&committee.members) {
        if member == me {
            holding += usize::from(is_here);
            continue;
        }
        let name = ShardName { coding, index };
        if let Ok(Answer::Shards(held)) = requests.ask(context, member, Ask::Has { id }).await {
            holding += usize::from(held.iter().any(|held| held.name == name));
        }
    }
    holding >= quorum(committee.members.len())
}
