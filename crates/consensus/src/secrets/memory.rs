//! Secrets in memory, for simulations: they live as long as a handle does, through any restart of an engine.

use std::{collections::BTreeMap, sync::Arc};

use commonware_consensus::types::Epoch;
use commonware_cryptography::{
    PublicKey,
    bls12381::{dkg::feldman_desmedt::DealerPrivMsg, primitives::group::Share},
    transcript::Summary,
};
use commonware_glue::dkg::SecretStore;
use parking_lot::Mutex;

/// A store whose clones share their content.
#[derive(Clone, Default)]
pub struct MemorySecretStore {
    held: Arc<Mutex<Held>>,
}

#[derive(Default)]
struct Held {
    shares: BTreeMap<Epoch, Share>,
    seeds: BTreeMap<Epoch, Summary>,
    dealings: BTreeMap<(Epoch, Vec<u8>), DealerPrivMsg>,
}

impl MemorySecretStore {
    /// The epochs of which a share is held, in order.
    pub fn share_epochs(&self) -> Vec<Epoch> {
        self.held.lock().shares.keys().copied().collect()
    }

    /// Forgets everything, as a wiped disk does.
    pub fn wipe(&self) {
        *self.held.lock() = Held::default();
    }
}

impl SecretStore for MemorySecretStore {
    async fn put_share(&mut self, epoch: Epoch, share: Share) {
        self.held.lock().shares.insert(epoch, share);
    }

    async fn get_share(&mut self, epoch: Epoch) -> Option<Share> {
        self.held.lock().shares.get(&epoch).cloned()
    }

    async fn put_seed(&mut self, epoch: Epoch, seed: Summary) {
        self.held.lock().seeds.insert(epoch, seed);
    }

    async fn get_seed(&mut self, epoch: Epoch) -> Option<Summary> {
        self.held.lock().seeds.get(&epoch).copied()
    }

    async fn put_dealing<P: PublicKey>(&mut self, epoch: Epoch, dealer: P, private: DealerPrivMsg) {
        let key = (epoch, dealer.as_ref().to_vec());
        self.held.lock().dealings.insert(key, private);
    }

    async fn get_dealing<P: PublicKey>(
        &mut self,
        epoch: Epoch,
        dealer: &P,
    ) -> Option<DealerPrivMsg> {
        let key = (epoch, dealer.as_ref().to_vec());
        self.held.lock().dealings.get(&key).cloned()
    }

    async fn prune(&mut self, min: Epoch) {
        let mut held = self.held.lock();
        held.shares.retain(|epoch, _| *epoch >= min);
        held.seeds.retain(|epoch, _| *epoch >= min);
        held.dealings.retain(|(epoch, _), _| *epoch >= min);
    }
}
