//! What a keeper may do with this node's shares: sign the ids of seals, and nothing else.
//!
//! A share signs votes, seeds and seals under disjoint namespaces. This handle takes ids of 32 bytes and puts the
//! namespace of seals before them itself, so that whoever holds it cannot have anything signed that consensus, or
//! another network, would take for its own.

use std::{collections::BTreeMap, sync::Arc};

use alloy_primitives::B256;
use commonware_consensus::types::Epoch;
use commonware_cryptography::bls12381::primitives::{
    group::Share, ops::threshold, sharing::Sharing, variant::PartialSignature,
};
use commonware_utils::ordered::{Quorum as _, Set};
use parking_lot::Mutex;
use theriac_ledger::block::{EpochInfo, PublicKey, Variant};

use crate::{chain::Chain, committees::Committees};

/// Epochs whose shares are held: the running one and the one before.
const HELD: usize = 2;

/// A keeper's signature over the id of a seal, with the number of its share.
pub type Partial = PartialSignature<Variant>;

/// What is public of an epoch's key: enough to check partial signatures and to combine them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EpochKey {
    /// The epoch.
    pub epoch: u64,
    /// The public polynomial: the group key, and each share's public half.
    pub sharing: Sharing<Variant>,
    /// Who holds a share; the place in this order is the number of the share.
    pub players: Set<PublicKey>,
    /// Whose shares the epoch's key generation revealed.
    pub revealed: Set<PublicKey>,
    /// True when more are revealed than the network accepts: no seal is opened with this epoch.
    pub exposed: bool,
}

/// This node's shares for its keeper. Clones use the same shares.
#[derive(Clone)]
pub struct KeeperShares {
    namespace: Arc<[u8]>,
    me: PublicKey,
    committees: Committees,
    held: Arc<Mutex<BTreeMap<Epoch, Share>>>,
}

impl KeeperShares {
    /// A handle without a share.
    pub(crate) fn new(chain: &Chain, me: PublicKey, committees: Committees) -> Self {
        Self {
            namespace: chain.seal_namespace().into(),
            me,
            committees,
            held: Arc::default(),
        }
    }

    /// Signs each of `seals` with this node's share of `epoch`, in their order; `None` where it holds none.
    ///
    /// Whether they may be signed is the caller's to decide: see the keepers' crate.
    pub fn sign(&self, epoch: u64, seals: &[B256]) -> Option<Vec<Partial>> {
        let share = self.held.lock().get(&Epoch::new(epoch)).cloned()?;
        let sign = |seal: &B256| {
            threshold::sign_message::<Variant>(&share, &self.namespace, seal.as_slice())
        };
        Some(seals.iter().map(sign).collect())
    }

    /// What is public of `epoch`, as long as this node remembers it.
    pub fn public(&self, epoch: u64) -> Option<EpochKey> {
        let info = self.committees.of(Epoch::new(epoch))?;
        Some(EpochKey {
            epoch,
            sharing: info.output.public().clone(),
            players: info.output.players().clone(),
            revealed: info.output.revealed().clone(),
            exposed: self.committees.exposed(&info).is_some(),
        })
    }

    /// The running epoch.
    pub fn running_epoch(&self) -> u64 {
        self.committees.current().epoch.get()
    }

    /// The epochs of which this node holds a share, in order.
    pub fn epochs(&self) -> Vec<u64> {
        self.held.lock().keys().map(|epoch| epoch.get()).collect()
    }

    /// The committees that these shares belong to.
    pub fn committees(&self) -> &Committees {
        &self.committees
    }

    /// Takes in the share of `epoch` and forgets those that are older than the epoch before.
    pub(crate) fn hold(&self, epoch: Epoch, share: Share) {
        let mut held = self.held.lock();
        held.insert(epoch, share);
        while held.len() > HELD {
            held.pop_first();
        }
        let oldest = epoch.previous().unwrap_or(epoch);
        *held = held.split_off(&oldest);
    }

    /// Takes in a share from disk, when it is this node's of that epoch.
    pub(crate) fn restore(&self, info: &EpochInfo, share: Share) {
        let index = info.output.players().index(&self.me);
        let expected = index.and_then(|index| info.output.public().partial_public(index).ok());
        if expected == Some(share.public::<Variant>()) {
            self.hold(info.epoch, share);
        }
    }

    /// Forgets the shares of all epochs below `min`.
    pub(crate) fn forget_below(&self, min: Epoch) {
        let mut held = self.held.lock();
        *held = held.split_off(&min);
    }
}

#[cfg(test)]
mod tests;
