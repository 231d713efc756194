//! The committees of the last epochs, as final blocks named them, for all who must follow them.

use std::{collections::BTreeMap, sync::Arc};

use commonware_consensus::types::Epoch;
use commonware_utils::{Faults as _, N3f1, ordered::Set};
use theriac_ledger::block::{EpochInfo, PublicKey};
use tokio::sync::watch;

/// Epochs that are remembered: the running one and those before it.
const KEPT: usize = 3;

type Table = BTreeMap<Epoch, Arc<EpochInfo>>;

/// How many shares an epoch's key generation may reveal before the epoch counts as exposed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum RevealLimit {
    /// As many as may be faulty: f of n.
    #[default]
    Faulty,
    /// This many.
    Shares(usize),
}

/// The committees of the running epoch and of those before it. Clones see the same.
#[derive(Clone)]
pub struct Committees {
    table: Arc<watch::Sender<Table>>,
    limit: RevealLimit,
}

/// Waits for epochs to begin; see [`Committees::follow`].
pub struct Following(watch::Receiver<Table>);

impl Committees {
    /// What is known when a node starts, in any order.
    ///
    /// # Panics
    /// Where nothing is: each network begins with a committee.
    pub fn new(infos: impl IntoIterator<Item = EpochInfo>, limit: RevealLimit) -> Self {
        let infos = infos.into_iter();
        let mut table: Table = infos.map(|info| (info.epoch, Arc::new(info))).collect();
        assert!(!table.is_empty(), "a network begins with a committee");
        shorten(&mut table);
        let (table, _) = watch::channel(table);
        Self {
            table: Arc::new(table),
            limit,
        }
    }

    /// The running epoch.
    pub fn current(&self) -> Arc<EpochInfo> {
        newest(&self.table.borrow())
    }

    /// One epoch, as long as it is remembered.
    pub fn of(&self, epoch: Epoch) -> Option<Arc<EpochInfo>> {
        self.table.borrow().get(&epoch).cloned()
    }

    /// Who holds a share of the running epoch: they vote, keep seals and store ciphertext.
    pub fn members(&self) -> Set<PublicKey> {
        self.current().output.players().clone()
    }

    /// Everybody who is reached in the running epoch: its members and those of the next two.
    pub fn peers(&self) -> Set<PublicKey> {
        peers_of(&self.current())
    }

    /// Shares of `info` that its key generation revealed, when they are more than the limit.
    pub fn exposed(&self, info: &EpochInfo) -> Option<usize> {
        let revealed = info.output.revealed().len();
        let limit = match self.limit {
            RevealLimit::Faulty => N3f1::max_faults(info.output.players().len()) as usize,
            RevealLimit::Shares(shares) => shares,
        };
        (revealed > limit).then_some(revealed)
    }

    /// Whether the running epoch must end soon, since too many of its shares are revealed.
    pub fn is_hurried(&self) -> bool {
        self.exposed(&self.current()).is_some()
    }

    /// Waits for epochs from the next on.
    pub fn follow(&self) -> Following {
        Following(self.table.subscribe())
    }

    /// Waits until `epoch` is known.
    pub(crate) async fn wait_for(&self, epoch: Epoch) -> Arc<EpochInfo> {
        let mut receiver = self.table.subscribe();
        let table = receiver
            .wait_for(|table| table.contains_key(&epoch))
            .await
            .expect("the table lives as long as this handle");
        table[&epoch].clone()
    }

    /// Adds an epoch; one that is known stays as it is.
    pub(crate) fn insert(&self, info: EpochInfo) {
        self.table.send_if_modified(|table| {
            if table.contains_key(&info.epoch) {
                return false;
            }
            table.insert(info.epoch, Arc::new(info));
            shorten(table);
            true
        });
    }

    /// All that are remembered, the oldest first.
    pub(crate) fn all(&self) -> Vec<Arc<EpochInfo>> {
        self.table.borrow().values().cloned().collect()
    }
}

impl Following {
    /// The next epoch that begins; the newest where several began since. `None` when the node ended.
    pub async fn next(&mut self) -> Option<Arc<EpochInfo>> {
        self.0.changed().await.ok()?;
        Some(newest(&self.0.borrow_and_update()))
    }
}

/// Dealers, players and next players.
pub(crate) fn peers_of(info: &EpochInfo) -> Set<PublicKey> {
    let peers = info
        .output
        .players()
        .iter()
        .chain(&info.players)
        .chain(&info.next_players);
    Set::from_iter_dedup(peers.cloned())
}

fn newest(table: &Table) -> Arc<EpochInfo> {
    let (_, info) = table.last_key_value().expect("never empty");
    info.clone()
}

fn shorten(table: &mut Table) {
    while table.len() > KEPT {
        table.pop_first();
    }
}
