//! The engine of every member on the simulated network.

use crate::{
    chain::{Founding, founding},
    equivocator::Equivocator,
    liar::{Liar, Lies, tamper},
    load::{Clients, Load},
    recorder::{Recorder, Scribe},
    sender::Sender,
};
use alloy_primitives::B256;
use commonware_consensus::types::Epoch;
use commonware_cryptography::{Signer as _, bls12381::primitives::group::Share, ed25519};
use commonware_glue::{
    dkg::{SecretStore as _, network::AddressableManager},
    simulate::{
        engine::{EngineDefinition, InitContext},
        plan::{Plan, PlanResult},
    },
};
use commonware_runtime::{Handle, Quota, Spawner as _, Supervisor as _, deterministic};
use futures::{executor::block_on, future::BoxFuture};
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::Duration,
};
use theriac_consensus::{
    Chain,
    committees::RevealLimit,
    engine::{Channel, Channels, Config, Engine, Timeouts, channel_quotas, max_message_bytes},
    mempool::{Mempool, PoolLimits},
    schemes::Permission,
    secrets::memory::MemorySecretStore,
};
use theriac_ledger::block::{PublicKey, Scheme};

/// A simulated network. Clones share what members keep through crashes, so each run wants a new one.
#[derive(Clone)]
pub struct Network {
    chain: Arc<Chain>,
    members: Vec<Member>,
    clients: Arc<Clients>,
    liar: Option<(usize, Liar)>,
    lies: Lies,
}

#[derive(Clone)]
struct Member {
    identity: ed25519::PrivateKey,
    share: Share,
    secrets: MemorySecretStore,
    recorder: Recorder,
}

/// A started member.
pub struct Validator {
    context: deterministic::Context,
    handles: Vec<Handle<()>>,
    honest: bool,
}

struct Always;

impl Permission for Always {
    fn may_vote(&self, _epoch: u64) -> bool {
        true
    }
}

impl Network {
    /// A network of `members`, to which clients send `load`.
    pub fn new(members: u64, load: Load) -> Self {
        let founding = founding(members);
        Self {
            clients: Arc::new(Clients::new(&founding, load)),
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

    fn equivocator(&self, index: usize) -> Option<Arc<Equivocator>> {
        let Some(Liar::Equivocate { seed }) = self.liar(index) else {
            return None;
        };
        let output = &self.chain.epoch_zero.output;
        let scheme = Scheme::signer(
            &self.chain.namespace,
            output.players().clone(),
            output.public().clone(),
            self.members[index].share.clone(),
        )
        .expect("a dealt share fits its committee");
        Some(Arc::new(Equivocator::new(seed, scheme, self.lies.clone())))
    }
}

impl Member {
    fn new(identity: &ed25519::PrivateKey, founding: &Founding) -> Self {
        let member = identity.public_key();
        let share = founding.shares.get_value(&member).expect("dealt to all");
        let mut secrets = MemorySecretStore::default();
        block_on(secrets.put_share(Epoch::zero(), share.clone()));
        Self {
            identity: identity.clone(),
            share: share.clone(),
            secrets,
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
            .map(|(channel, quota)| (channel as u64, Quota::per_second(quota)))
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
        state_sync: delayed,
        reveal_limit: RevealLimit::default(),
        timeouts: timeouts(),
        tamper: network
            .liar(index)
            .and_then(|liar| tamper(liar, &network.chain, network.lies.clone())),
    };
    let engine = Engine::start(context.child("engine"), config, channels).await;
    let clients = network.clients.clone();
    let place = (index, network.members.len());
    context
        .child("clients")
        .spawn(move |clock| async move { clients.send(clock, place, mempool).await });
    let validator = Validator {
        context,
        handles: engine.handles,
        honest,
    };
    (validator, member.recorder)
}

fn timeouts() -> Timeouts {
    Timeouts {
        leader: Duration::from_millis(1_000),
        certification: Duration::from_millis(1_500),
        skip: Duration::from_millis(4_000),
        retry: Duration::from_millis(500),
    }
}
