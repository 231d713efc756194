//! The engine of every member on the simulated network.

use crate::{
    chain::{EPOCH_BLOCKS, Founders, Founding, founding},
    change::{Change, Scheduled},
    equivocator::Equivocator,
    liar::{Liar, Lies, tamper},
    load::{Clients, Load},
    recorder::{Recorder, Scribe},
    sender::Sender,
};
use alloy_primitives::B256;
use commonware_codec::Encode as _;
use commonware_consensus::types::Epoch;
use commonware_cryptography::{Signer as _, bls12381::primitives::group::Share, ed25519};
use commonware_glue::{
    dkg::{SecretStore as _, network::AddressableManager},
    simulate::{
        engine::{EngineDefinition, InitContext},
        plan::{Plan, PlanResult},
    },
};
use commonware_p2p::simulated::{self, Control, SocketManager};
use commonware_runtime::{Clock as _, Handle, Quota, Spawner as _, Supervisor as _, deterministic};
use futures::{executor::block_on, future::BoxFuture};
use parking_lot::Mutex;
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, SystemTime},
};
use theriac_consensus::{
    Chain,
    committees::RevealLimit,
    engine::{Channel, Channels, Config, Engine, Timeouts, channel_quotas, max_message_bytes},
    mempool::{Mempool, PoolLimits},
    schemes::Permission,
    secrets::memory::MemorySecretStore,
    votes::{Proof, namespace},
};
use theriac_ledger::block::{PublicKey, Scheme};

/// A simulated network. Clones share what members keep through crashes, so each run wants a new one.
#[derive(Clone)]
pub struct Network {
    chain: Arc<Chain>,
    members: Vec<Member>,
    clients: Arc<Clients>,
    founders: usize,
    changes: Vec<Scheduled>,
    reveal_limit: RevealLimit,
    liar: Option<(usize, Liar)>,
    lies: Lies,
}

#[derive(Clone)]
struct Member {
    identity: ed25519::PrivateKey,
    /// None of those who may join.
    share: Option<Share>,
    secrets: MemorySecretStore,
    recorder: Recorder,
    /// Double votes that it found.
    proofs: Arc<Mutex<Vec<Proof>>>,
}

/// A started member.
pub struct Validator {
    context: deterministic::Context,
    handles: Vec<Handle<()>>,
    honest: bool,
}

type Manager = AddressableManager<SocketManager<PublicKey, deterministic::Context>>;
type Blocker = Control<PublicKey, deterministic::Context>;
type Receiver = simulated::Receiver<PublicKey>;
type MemberConfig = Config<Manager, Blocker, MemorySecretStore, Scribe>;

struct Always;

impl Permission for Always {
    fn may_vote(&self, _epoch: u64) -> bool {
        true
    }
}

impl Network {
    /// A network of `members`, to which clients send `load`.
    pub fn new(members: u64, load: Load) -> Self {
        let founders = Founders {
            members,
            joiners: 0,
            epoch_blocks: EPOCH_BLOCKS,
        };
        Self::with_changes(founders, load, Vec::new())
    }

    /// A network whose committee changes; `changes` are in order of time.
    pub fn with_changes(founders: Founders, load: Load, changes: Vec<Scheduled>) -> Self {
        let founding = founding(founders);
        Self {
            clients: Arc::new(Clients::new(&founding, load, &changes)),
            founders: founding.chain.epoch_zero.players.len(),
            changes,
            reveal_limit: RevealLimit::default(),
            members: founding
                .identities
                .iter()
                .map(|identity| Member::new(identity, &founding))
                .collect(),
            chain: Arc::new(founding.chain),
            liar: None,
            lies: Lies::default(),
        }
    }

    /// The same network with member `index` lying.
    pub fn with_liar(mut self, index: usize, liar: Liar) -> Self {
        self.liar = Some((index, liar));
        self
    }

    /// The same network with another limit of revealed shares.
    pub fn with_reveal_limit(mut self, limit: RevealLimit) -> Self {
        self.reveal_limit = limit;
        self
    }

    /// Double votes that each member found.
    pub fn proofs(&self) -> Vec<Vec<Proof>> {
        let members = self.members.iter();
        members.map(|member| member.proofs.lock().clone()).collect()
    }

    /// The chain id.
    pub fn chain_id(&self) -> u64 {
        self.chain.spec.chain_id
    }

    /// The group key with which the network began.
    pub fn group_key(&self) -> Vec<u8> {
        self.chain
            .epoch_zero
            .output
            .public()
            .public()
            .encode()
            .to_vec()
    }

    /// The epochs of which each member holds a share on its disk.
    pub fn share_epochs(&self) -> Vec<Vec<u64>> {
        let epochs = |member: &Member| {
            let epochs = member.secrets.share_epochs().into_iter();
            epochs.map(|epoch| epoch.get()).collect()
        };
        self.members.iter().map(epochs).collect()
    }

    /// How often the liar lied.
    pub fn lies(&self) -> u64 {
        self.lies.count()
    }

    /// The recorder of each member.
    pub fn recorders(&self) -> Vec<Recorder> {
        self.members
            .iter()
            .map(|member| member.recorder.clone())
            .collect()
    }

    /// Hashes of the transactions that clients send.
    pub fn load(&self) -> Vec<B256> {
        self.clients.hashes()
    }

    fn liar(&self, index: usize) -> Option<Liar> {
        let (liar, conduct) = self.liar?;
        (liar == index).then_some(conduct)
    }

    /// When a machine that joins is switched on; none of a founder, or of one that stays off until the end of time.
    fn switched_on(&self, index: usize) -> Option<Duration> {
        let added = |scheduled: &&Scheduled| scheduled.change == Change::Add(index);
        let at = || {
            self.changes
                .iter()
                .find(added)
                .map_or(Duration::MAX / 4, |change| change.at)
        };
        (index >= self.founders).then(at)
    }

    fn equivocator(&self, index: usize) -> Option<Arc<Equivocator>> {
        let Some(Liar::Equivocate { seed }) = self.liar(index) else {
            return None;
        };
        let output = &self.chain.epoch_zero.output;
        let scheme = Scheme::signer(
            &self.chain.namespace,
            output.players().clone(),
            output.public().clone(),
            self.members[index].share.clone()?,
        )
        .expect("a dealt share fits its committee");
        let identity = self.members[index].identity.clone();
        Some(Arc::new(Equivocator::new(
            seed,
            scheme,
            (identity, namespace(self.chain_id())),
            self.lies.clone(),
        )))
    }
}

impl Member {
    fn new(identity: &ed25519::PrivateKey, founding: &Founding) -> Self {
        let member = identity.public_key();
        let share = founding.shares.get_value(&member).cloned();
        let mut secrets = MemorySecretStore::default();
        if let Some(share) = &share {
            block_on(secrets.put_share(Epoch::zero(), share.clone()));
        }
        Self {
            identity: identity.clone(),
            share,
            secrets,
            proofs: Arc::default(),
            recorder: Recorder::new(member),
        }
    }
}

/// Runs a plan to its exit condition.
///
/// # Errors
/// What ended the run before: a fork, a failed condition, a panic, or `runtime timeout`.
pub fn run(plan: Plan<Network>) -> Result<PlanResult<Network>, String> {
    catch_unwind(AssertUnwindSafe(|| plan.run())).unwrap_or_else(|panic| Err(message(&*panic)))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    text.or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "a panic without a text".into())
}

impl EngineDefinition for Network {
    type PublicKey = PublicKey;
    type Engine = Validator;
    type State = Recorder;

    fn participants(&self) -> Vec<PublicKey> {
        self.members
            .iter()
            .map(|member| member.identity.public_key())
            .collect()
    }

    fn channels(&self) -> Vec<(u64, Quota)> {
        channel_quotas()
            .into_iter()
            .map(|(channel, quota)| (channel as u64, quota))
            .collect()
    }

    fn max_message_size(&self) -> u32 {
        max_message_bytes(&self.chain.limits, &[])
    }

    async fn init(&self, context: InitContext<'_, PublicKey>) -> (Validator, Recorder) {
        init(self, context).await
    }

    /// The member's actors are below `context` in the tree of supervision: they end with this task.
    fn start(validator: Validator) -> Handle<()> {
        let Validator {
            context,
            handles,
            honest,
        } = validator;
        context.spawn(move |_| async move {
            let ended = Handle::select(handles).await;
            assert!(!honest, "an actor of an honest member ended: {ended:?}");
        })
    }
}

/// The future is boxed so that the engine's code is generated here and not in each test program.
fn init<'a>(
    network: &'a Network,
    context: InitContext<'a, PublicKey>,
) -> BoxFuture<'a, (Validator, Recorder)> {
    Box::pin(start(network, context))
}

async fn start(network: &Network, init: InitContext<'_, PublicKey>) -> (Validator, Recorder) {
    let InitContext {
        context,
        index,
        delayed,
        oracle,
        channels,
        monitor,
        ..
    } = init;
    let member = network.members[index].clone();
    let honest = network.liar(index).is_none();
    let switched_on = network.switched_on(index);
    let me = member.identity.public_key();
    let equivocator = network.equivocator(index);
    let mut pairs = channels.into_iter();
    let channels = Channels::open(|channel, _| {
        let (sender, receiver) = pairs
            .next()
            .expect("a pair was registered for each channel");
        let votes = channel == Channel::Votes as u64;
        let equivocator = equivocator.clone().filter(|_| votes);
        (Sender::new(sender, equivocator), receiver)
    });
    let mempool = Mempool::new(PoolLimits::default());
    let config = Config {
        chain: network.chain.clone(),
        identity: member.identity,
        manager: AddressableManager::new(oracle.socket_manager()),
        blocker: oracle.control(me),
        secrets: member.secrets,
        permission: Arc::new(Always),
        observer: Scribe {
            recorder: member.recorder.clone(),
            clock: Arc::new(context.child("scribe")),
            monitor: honest.then_some(monitor),
        },
        mempool: mempool.clone(),
        prefix: format!("member-{index}"),
        state_sync: delayed || switched_on.is_some(),
        reveal_limit: network.reveal_limit,
        accuse: {
            let proofs = member.proofs.clone();
            Arc::new(move |proof: &Proof| proofs.lock().push(proof.clone()))
        },
        timeouts: timeouts(),
        tamper: network
            .liar(index)
            .and_then(|liar| tamper(liar, &network.chain, network.lies.clone())),
    };
    let clients = network.clients.clone();
    let place = (index, network.founders);
    context
        .child("clients")
        .spawn(move |clock| async move { clients.send(clock, place, mempool).await });
    let handles = match switched_on {
        None => {
            let engine = Engine::start(context.child("engine"), config, channels);
            engine.await.handles
        }
        Some(at) => vec![
            context
                .child("joining")
                .spawn(move |context| join(context, at, config, channels)),
        ],
    };
    let validator = Validator {
        context,
        handles,
        honest,
    };
    (validator, member.recorder)
}

/// Starts the engine of a machine that joins, when it is switched on. It goes on once it was admitted by the others, so
/// nobody waits for it.
async fn join(
    context: deterministic::Context,
    at: Duration,
    config: MemberConfig,
    channels: Channels<Sender, Receiver>,
) {
    context.sleep_until(SystemTime::UNIX_EPOCH + at).await;
    let engine = Engine::start(context.child("engine"), config, channels).await;
    let ended = Handle::select(engine.handles).await;
    panic!("an actor of a machine that joined ended: {ended:?}");
}

fn timeouts() -> Timeouts {
    Timeouts {
        leader: Duration::from_millis(1_000),
        certification: Duration::from_millis(1_500),
        skip: Duration::from_millis(4_000),
        retry: Duration::from_millis(500),
    }
}
