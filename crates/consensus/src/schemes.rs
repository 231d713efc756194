//! The signing scheme of each epoch, installed when the epoch's shares are known.

use commonware_consensus::types::Epoch;
use commonware_cryptography::certificate::{Provider, Scoped};
use commonware_glue::dkg::{Registrar, types::SchemeInfo};
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc};
use theriac_ledger::block::{PublicKey, Scheme, Variant};

/// Epochs whose schemes are kept: the running one, the one before and the next.
const KEPT: usize = 4;

/// Whether this node may use its share in an epoch; see `secrets`.
pub trait Permission: Send + Sync + 'static {
    /// True when the node's journal for `epoch` is intact, so that it cannot vote twice.
    fn may_vote(&self, epoch: u64) -> bool;
}

/// Schemes by epoch; clones share one table.
#[derive(Clone)]
pub struct Schemes {
    namespace: Arc<Vec<u8>>,
    permission: Arc<dyn Permission>,
    table: Arc<Mutex<BTreeMap<Epoch, Arc<Scheme>>>>,
}

impl Schemes {
    /// An empty table for the network of `namespace`.
    pub fn new(namespace: Vec<u8>, permission: Arc<dyn Permission>) -> Self {
        Self {
            namespace: Arc::new(namespace),
            permission,
            table: Arc::default(),
        }
    }

    /// Installs what `info` describes for `epoch`. Without permission to vote, the node follows as a
    /// member that holds no share.
    pub fn install(&self, epoch: Epoch, info: SchemeInfo<Variant, PublicKey>, me: &PublicKey) {
        let scheme = self.scheme_of(epoch, info, me);
        let mut table = self.table.lock();
        table.insert(epoch, Arc::new(scheme));
        while table.len() > KEPT {
            table.pop_first();
        }
    }

    fn scheme_of(
        &self,
        epoch: Epoch,
        info: SchemeInfo<Variant, PublicKey>,
        me: &PublicKey,
    ) -> Scheme {
        match info {
            SchemeInfo::Signer {
                participants,
                sharing,
                share,
            } if self.permission.may_vote(epoch.get()) => {
                Scheme::signer(&self.namespace, participants, sharing, share)
                    .expect("a derived share fits the committee it was derived for")
            }
            SchemeInfo::Signer {
                participants,
                sharing,
                share: _,
            } => {
                tracing::warn!(%epoch, "journal lost in this epoch: following without a vote");
                Scheme::member(&self.namespace, participants, sharing, me)
                    .expect("a signer is a participant")
            }
            SchemeInfo::Member {
                participants,
                sharing,
                public_key,
            } => Scheme::member(&self.namespace, participants, sharing, &public_key)
                .expect("a member is a participant"),
            SchemeInfo::Verifier {
                participants,
                sharing,
            } => Scheme::verifier(&self.namespace, participants, sharing),
        }
    }
}

impl Provider for Schemes {
    type Scope = Epoch;
    type Scheme = Scheme;

    fn scoped(&self, scope: Epoch) -> Option<Scoped<Scheme>> {
        self.scheme(scope).map(Scoped::scheme)
    }

    fn scheme(&self, scope: Epoch) -> Option<Arc<Scheme>> {
        self.table.lock().get(&scope).cloned()
    }
}

/// Installs schemes as key generation derives them.
#[derive(Clone)]
pub struct Installer {
    /// Where schemes are installed.
    pub schemes: Schemes,
    /// This node.
    pub me: PublicKey,
}

impl Registrar for Installer {
    type Variant = Variant;
    type PublicKey = PublicKey;

    async fn register(&self, epoch: Epoch, info: SchemeInfo<Variant, PublicKey>) {
        self.schemes.install(epoch, info, &self.me);
    }
}
