//! Tracks no more peers of an epoch than the network has room for: the network ends the node when it gets more.

use commonware_consensus::types::Epoch;
use commonware_glue::dkg::network::Manager;
use commonware_p2p::{PeerSetSubscription, Provider, TrackedPeers};
use commonware_utils::ordered::Set;
use std::num::NonZeroUsize;

/// A manager of peers with a bound.
#[derive(Clone, Debug)]
pub(super) struct Bounded<M> {
    inner: M,
    peers_max: NonZeroUsize,
}

impl<M> Bounded<M> {
    pub(super) const fn new(inner: M, peers_max: NonZeroUsize) -> Self {
        Self { inner, peers_max }
    }
}

impl<M: Provider> Provider for Bounded<M> {
    type PublicKey = M::PublicKey;

    async fn peer_set(&mut self, id: u64) -> Option<TrackedPeers<M::PublicKey>> {
        self.inner.peer_set(id).await
    }

    async fn subscribe(&mut self) -> PeerSetSubscription<M::PublicKey> {
        self.inner.subscribe().await
    }
}

impl<M: Manager> Manager for Bounded<M> {
    type Directory = M::Directory;
    type Error = M::Error;

    fn track(
        &mut self,
        epoch: Epoch,
        peers: TrackedPeers<M::PublicKey>,
        directory: &M::Directory,
    ) -> Result<(), M::Error> {
        // One place is this node's own.
        let room = self.peers_max.get() - 1;
        let peers = shortened(peers, room).unwrap_or_else(|peers| {
            tracing::error!(%epoch, room, "an epoch has more peers than this node has room for; the last of those who are yet to join are not reached");
            peers
        });
        self.inner.track(epoch, peers, directory)
    }
}

/// `peers` as they are when there is room; else those that fit, members of the epoch before those who are yet to join.
fn shortened<P: commonware_cryptography::PublicKey>(
    peers: TrackedPeers<P>,
    room: usize,
) -> Result<TrackedPeers<P>, TrackedPeers<P>> {
    let all = Set::from_iter_dedup(peers.primary.iter().chain(peers.secondary.iter()).cloned());
    if all.len() <= room {
        return Ok(peers);
    }
    let primary: Vec<P> = peers.primary.iter().take(room).cloned().collect();
    let left = room - primary.len();
    let joining = peers
        .secondary
        .iter()
        .filter(|peer| peers.primary.position(peer).is_none())
        .take(left);
    let secondary = Set::from_iter_dedup(joining.cloned());
    Err(TrackedPeers::new(Set::from_iter_dedup(primary), secondary))
}

#[cfg(test)]
mod tests {
    use super::*;
    use commonware_cryptography::{Signer as _, ed25519};

    fn keys(range: std::ops::Range<u64>) -> Set<ed25519::PublicKey> {
        Set::from_iter_dedup(range.map(|seed| ed25519::PrivateKey::from_seed(seed).public_key()))
    }

    #[test]
    fn members_come_before_those_who_are_yet_to_join() {
        let peers = TrackedPeers::new(keys(0..4), keys(2..9));
        assert_eq!(shortened(peers.clone(), 9), Ok(peers.clone()));
        let fitting = shortened(peers.clone(), 6).expect_err("nine do not fit");
        assert_eq!(fitting.primary, keys(0..4));
        assert_eq!(fitting.secondary.len(), 2);
    }
}
