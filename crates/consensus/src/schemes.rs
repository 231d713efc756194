//! The signing scheme of each epoch, installed when the epoch's shares are known.

use commonware_consensus::types::Epoch;
use commonware_cryptography::certificate::{Provider, Scoped};
use commonware_glue::dkg::{Registrar, SecretStore, types::SchemeInfo};
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc};
use theriac_ledger::block::{PublicKey, Scheme, Variant};

use crate::keeping::KeeperShares;

/// Epochs whose schemes, and with them this node's shares, are kept: the running one and the one before.
const KEPT: usize = 2;
/// Epochs back in which a share may still be on disk when a node leaves.
const ERASED_BACK: u64 = 3;

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

    /// Forgets the schemes of all epochs below `min`.
    fn forget_below(&self, min: Epoch) {
        let mut table = self.table.lock();
        *table = table.split_off(&min);
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
pub struct Installer<SS> {
    /// Where schemes are installed.
    pub schemes: Schemes,
    /// The keeper's shares.
    pub shares: KeeperShares,
    /// This node's secrets.
    pub secrets: SS,
    /// This node.
    pub me: PublicKey,
}

impl<SS: SecretStore + Clone> Installer<SS> {
    /// Destroys what this node holds of the epochs before `epoch`, in which it has no share.
    async fn leave(&self, epoch: Epoch) {
        let mut secrets = self.secrets.clone();
        let mut erased = Vec::new();
        let mut earlier = epoch.previous();
        while let Some(at) = earlier.filter(|at| at.get() + ERASED_BACK >= epoch.get()) {
            if secrets.get_share(at).await.is_some() {
                erased.push(at.get());
            }
            earlier = at.previous();
        }
        secrets.prune(epoch).await;
        self.shares.forget_below(epoch);
        self.schemes.forget_below(epoch);
        if !erased.is_empty() {
            tracing::warn!(
                %epoch,
                node = %self.me,
                ?erased,
                "this node left the committee and erased its shares; it follows from now on"
            );
        }
    }
}

impl<SS: SecretStore + Clone> Registrar for Installer<SS> {
    type Variant = Variant;
    type PublicKey = PublicKey;

    async fn register(&self, epoch: Epoch, info: SchemeInfo<Variant, PublicKey>) {
        match &info {
            SchemeInfo::Signer { share, .. } => self.shares.hold(epoch, share.clone()),
            SchemeInfo::Member { .. } => {
                let oldest = epoch.previous().unwrap_or(epoch);
                self.shares.forget_below(oldest);
            }
            SchemeInfo::Verifier { .. } => self.leave(epoch).await,
        }
        self.schemes.install(epoch, info, &self.me);
    }
}
