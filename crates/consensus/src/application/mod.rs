//! The state machine that consensus drives: builds blocks, checks them, hands on what is final.

mod announce;
mod ask;
mod finalized;
mod process;
mod propose;
mod run;
mod seal;
mod seed;
mod speculative;
mod version;

use crate::{chain::Chain, committees::Committees, mempool::Mempool, seeds::Seeds};
use commonware_consensus::marshal::ancestry::Ancestry;
use commonware_cryptography::{ed25519, sha256};
use commonware_glue::{
    dkg::reshare,
    stateful::{self, Finality, Input, Proposed, db::DatabaseSet},
};
use commonware_runtime::{Clock, Metrics, Spawner, Storage};
use commonware_storage::qmdb::sync::Target;
use commonware_utils::non_empty_range;
use parking_lot::Mutex;
use std::{future::Future, sync::Arc};
use theriac_execution::{ExecutedReceipt, Transaction};
use theriac_ledger::{
    Block,
    block::{BlockContext, Directory, Scheme, Variant},
    state::{Database, SyncTarget},
};

use tokio::sync::watch;

pub use seal::Draft;
pub use speculative::Speculative;
pub use version::Outdated;

/// A block with what its execution produced.
#[derive(Debug)]
pub struct Executed {
    /// The block.
    pub block: Block,
    /// Its transactions, senders recovered.
    pub transactions: Vec<Arc<Transaction>>,
    /// A receipt for each transaction.
    pub receipts: Vec<ExecutedReceipt>,
}

/// Receives final blocks in order; a block may come again after a crash.
pub trait Observer: Clone + Send + Sync + 'static {
    /// Stores a final block. Its transactions are acknowledged as final once this resolves, so it
    /// must be durable by then.
    fn finalized(&self, executed: Arc<Executed>) -> impl Future<Output = ()> + Send;
}

/// Alters a draft before it is sealed. Honest nodes have none; the simulator's liars do.
pub type Tamper = Arc<dyn Fn(&mut Draft) + Send + Sync>;

/// What every clone of the application shares.
pub(crate) struct Shared {
    pub(crate) chain: Arc<Chain>,
    pub(crate) genesis: Block,
    pub(crate) mempool: Mempool,
    pub(crate) seeds: Seeds,
    pub(crate) verifier: Scheme,
    pub(crate) speculative: Speculative,
    pub(crate) committees: Committees,
    pub(crate) applied: watch::Sender<u64>,
    pub(crate) outdated: watch::Sender<Option<Outdated>>,
    /// What this program lacks for the block after one that it has seen.
    pub(crate) ending: Mutex<Option<Outdated>>,
    pub(crate) tamper: Option<Tamper>,
}

/// The application of one validator.
#[derive(Clone)]
pub struct Application<O> {
    pub(crate) shared: Arc<Shared>,
    pub(crate) observer: O,
}

/// What an application is made of.
pub struct Config<O> {
    /// The network.
    pub chain: Arc<Chain>,
    /// Waiting transactions.
    pub mempool: Mempool,
    /// Seeds of recent rounds.
    pub seeds: Seeds,
    /// Blocks that are executed and not yet final.
    pub speculative: Speculative,
    /// The committees of the last epochs.
    pub committees: Committees,
    /// Told of each applied block.
    pub applied: watch::Sender<u64>,
    /// Told when the network goes on by rules that this program does not know.
    pub outdated: watch::Sender<Option<Outdated>>,
    /// Receives final blocks.
    pub observer: O,
    /// None on an honest node.
    pub tamper: Option<Tamper>,
}

impl<O: Observer> Application<O> {
    /// An application at its genesis.
    pub fn new(config: Config<O>) -> Self {
        let group_key = *config.chain.epoch_zero.output.public().public();
        let shared = Shared {
            genesis: config.chain.genesis(),
            verifier: Scheme::certificate_verifier(&config.chain.namespace, group_key),
            chain: config.chain,
            mempool: config.mempool,
            seeds: config.seeds,
            speculative: config.speculative,
            committees: config.committees,
            applied: config.applied,
            outdated: config.outdated,
            ending: Mutex::default(),
            tamper: config.tamper,
        };
        Self {
            shared: Arc::new(shared),
            observer: config.observer,
        }
    }
}

/// What the runtime must offer.
pub trait Runtime: Spawner + Metrics + Clock + Storage {}
impl<E: Spawner + Metrics + Clock + Storage> Runtime for E {}

pub(crate) type Batches<E> = <Database<E> as DatabaseSet<E>>::Unmerkleized;
pub(crate) type Merkleized<E> = <Database<E> as DatabaseSet<E>>::Merkleized;
pub(crate) type Readers<E> = <Database<E> as DatabaseSet<E>>::Readers;

impl<E: Runtime, O: Observer> stateful::Application<E> for Application<O> {
    type SigningScheme = Scheme;
    type Context = BlockContext;
    type Block = Block;
    type Databases = Database<E>;
    type Captured = ();
    type Provider = ();
    type Input = reshare::Input<(), Variant, ed25519::PrivateKey, Directory>;

    fn sync_targets(block: &Block) -> SyncTarget {
        let section = block.section();
        Target::new(
            sha256::Digest::from(section.ops_root.0),
            non_empty_range!(section.ops_start.into(), section.ops_end.into()),
        )
    }

    async fn genesis(&mut self) -> Block {
        self.shared.genesis.clone()
    }

    async fn propose(
        &mut self,
        context: (E, BlockContext),
        ancestry: impl Ancestry<Block>,
        batches: Batches<E>,
        input: Input<Self::Input, ()>,
    ) -> Option<Proposed<Self, E>> {
        let (block, merkleized) = propose::propose(
            &self.shared,
            context,
            ancestry,
            batches,
            input.upstream.payload,
        )
        .await?;
        Some(Proposed { block, merkleized })
    }

    async fn process(
        &mut self,
        context: (E, BlockContext),
        ancestry: impl Ancestry<Block>,
        batches: Batches<E>,
        finality: Finality,
    ) -> Option<Merkleized<E>> {
        process::process(&self.shared, context.0, ancestry, batches, finality).await
    }

    async fn capture(
        &mut self,
        _context: (E, BlockContext),
        _block: &Block,
        _batches: &Merkleized<E>,
        _readers: Readers<E>,
    ) {
    }

    async fn finalized(
        &mut self,
        _context: (E, BlockContext),
        block: &Block,
        _captured: (),
        _readers: Readers<E>,
    ) {
        finalized::finalized(&self.shared, &self.observer, block).await;
    }
}
