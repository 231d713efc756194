//! Who takes part in the next epochs: the committee that the ledger's state announces.
//!
//! Epoch `e` ends with a block that names the players of `e + 2`. They are the validators that stood before the block at
//! [`Chain::announcing_height`], which wrote them into state (see `application::announce`). Whoever asks has been handed
//! every block before the middle of `e`, so the answer is final and the same on every node; this waits only until it is
//! applied here. A node that fetched its state from others finds the announcement in it.

use crate::{chain::Chain, committees::Committees};
use alloy_primitives::{B256, U256};
use commonware_codec::{Copying, DecodeExt as _};
use commonware_consensus::types::Epoch;
use commonware_glue::dkg::ParticipantsProvider;
use commonware_p2p::Address;
use commonware_runtime::{Clock, Metrics, Spawner, Storage};
use commonware_utils::ordered::Set;
use futures::future::{BoxFuture, Shared};
use std::{net::Ipv4Addr, sync::Arc};
use theriac_evidence::{
    addresses::HISTORY,
    committee::{Announcement, Seat},
    state::{StateKey, decode_slot},
};
use theriac_ledger::{
    block::{Directory, PublicKey},
    state::{Database, StateDatabase, key_of},
};
use tokio::sync::watch;

/// Where nobody answers: the address of a peer that neither the last announcement nor the running epoch knows.
const NOWHERE: (Ipv4Addr, u16) = (Ipv4Addr::LOCALHOST, 1);

/// Answers from the state of final blocks.
pub(super) struct Members<E: Storage + Clock + Metrics> {
    pub(super) chain: Arc<Chain>,
    pub(super) committees: Committees,
    pub(super) database: Shared<BoxFuture<'static, Database<E>>>,
    /// Changes with each applied block.
    pub(super) applied: watch::Receiver<u64>,
}

impl<E: Spawner + Storage + Clock + Metrics> Members<E> {
    /// What `epoch` announced: each validator and its address.
    async fn announced(&mut self, epoch: Epoch) -> Vec<(PublicKey, Address)> {
        if self.chain.announcing_height(epoch.get()) == 0 {
            return self.founders();
        }
        let database = self.database.clone().await;
        loop {
            self.applied.borrow_and_update();
            if let Some(announcement) = load(&*database.read().await, epoch).await {
                return announcement.seats.iter().filter_map(peer).collect();
            }
            if self.applied.changed().await.is_err() {
                // The application ended, and with it this node.
                futures::future::pending::<()>().await;
            }
        }
    }

    fn founders(&self) -> Vec<(PublicKey, Address)> {
        let founders = &self.chain.epoch_zero;
        let address = |player: &PublicKey| founders.directory.get(player).cloned();
        let peers = founders.players.iter();
        peers
            .filter_map(|player| Some((player.clone(), address(player)?)))
            .collect()
    }
}

impl<E: Spawner + Storage + Clock + Metrics + Sync> ParticipantsProvider for Members<E> {
    type PublicKey = PublicKey;
    type Directory = Directory;

    async fn participants(&mut self, epoch: Epoch) -> Set<PublicKey> {
        let announcing = Epoch::new(epoch.get().saturating_sub(2));
        let announced = self.announced(announcing).await;
        Set::from_iter_dedup(announced.into_iter().map(|(player, _)| player))
    }

    async fn directory(&mut self, epoch: Epoch, peers: Set<PublicKey>) -> Directory {
        let running = epoch.previous().unwrap_or_default();
        let announced: Directory = self.announced(running).await.into_iter().collect();
        let info = self.committees.wait_for(running).await;
        let address = |peer: &PublicKey| {
            let known = announced.get(peer).or_else(|| info.directory.get(peer));
            known.cloned().unwrap_or_else(|| {
                tracing::error!(%epoch, %peer, "a peer of the next epoch has no address");
                Address::Symmetric(NOWHERE.into())
            })
        };
        peers
            .iter()
            .map(|peer| (peer.clone(), address(peer)))
            .collect()
    }
}

async fn load<E: Spawner + Storage + Clock + Metrics>(
    database: &StateDatabase<E>,
    epoch: Epoch,
) -> Option<Announcement> {
    let mut known = std::collections::BTreeMap::new();
    loop {
        let slot = |slot: U256| known.get(&slot).copied().ok_or(slot);
        match Announcement::load(epoch.get(), slot) {
            Ok(announcement) => return announcement,
            Err(missing) => {
                let key = key_of(&StateKey::slot(&HISTORY, missing));
                let value = database.get(&key).await.expect("the state can be read");
                let value = value.map_or(U256::ZERO, |value| {
                    decode_slot(&value.0).expect("this node wrote the slot in its only encoding")
                });
                known.insert(missing, value);
            }
        }
    }
}

fn peer(seat: &Seat) -> Option<(PublicKey, Address)> {
    Some((identity(&seat.identity)?, Address::Symmetric(seat.address)))
}

/// The identity in 32 bytes, when they are an ed25519 public key.
pub(crate) fn identity(bytes: &B256) -> Option<PublicKey> {
    PublicKey::decode(Copying(bytes.as_slice())).ok()
}
