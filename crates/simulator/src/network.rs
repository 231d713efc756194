//! The engine of every member on the simulated network.

use crate::{accounts::enrolments, chain::founding, recorder::Recorder};
use alloy_primitives::{B256, Bytes};
use commonware_consensus::types::Epoch;
use commonware_cryptography::{Signer as _, ed25519};
use commonware_glue::{
    dkg::{SecretStore as _, network::AddressableManager},
    simulate::engine::{EngineDefinition, InitContext},
};
use commonware_runtime::{Handle, Quota, Spawner as _, Supervisor as _, deterministic};
use futures::executor::block_on;
use std::{sync::Arc, time::Duration};
use theriac_consensus::{
    Chain,
    application::{Draft, Tamper},
    engine::{Channels, Config, Engine, Timeouts, channel_quotas, max_message_bytes},
    mempool::{Mempool, PoolLimits},
    schemes::Permission,
    secrets::memory::MemorySecretStore,
};
use theriac_execution::admit;
use theriac_ledger::block::PublicKey;

/// How a member lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Liar {
    /// It proposes a wrong state root.
    StateRoot,
    /// It proposes a transaction of somebody who is not enrolled.
    Transaction,
    /// It proposes a time far ahead.
    Time,
}

/// A simulated network.
#[derive(Clone)]
pub struct Network {
    chain: Arc<Chain>,
    members: Vec<Member>,
    load: Arc<Vec<Bytes>>,
    liar: Option<(usize, Liar)>,
}

#[derive(Clone)]
struct Member {
    identity: ed25519::PrivateKey,
    secrets: MemorySecretStore,
    recorder: Recorder,
}

/// A started member.
pub struct Validator {
    context: deterministic::Context,
    engine: Engine<deterministic::Context>,
}

struct Always;

impl Permission for Always {
    fn may_vote(&self, _epoch: u64) -> bool {
        true
    }
}

impl Network {
    /// A network of `members`, into which `load` enrolments are sent.
    pub fn new(members: u64, load: u64) -> Self {
        let founding = founding(members);
        let shares = founding.shares;
        let members = founding
            .identities
            .into_iter()
            .map(|identity| {
                let mut secrets = MemorySecretStore::default();
                let share = shares
                    .get_value(&identity.public_key())
                    .expect("dealt to all");
                block_on(secrets.put_share(Epoch::zero(), share.clone()));
                Member {
                    recorder: Recorder::new(identity.public_key()),
                    identity,
                    secrets,
                }
            })
            .collect();
        let load = enrolments(&founding.admin, founding.chain.spec.chain_id, load);
        Self {
            chain: Arc::new(founding.chain),
            members,
            load: Arc::new(load),
            liar: None,
        }
    }

    /// The same network with member `index` lying.
    pub fn with_liar(mut self, index: usize, liar: Liar) -> Self {
        self.liar = Some((index, liar));
        self
    }

    fn mempool(&self) -> Mempool {
        let mempool = Mempool::new(PoolLimits::default());
        for raw in self.load.iter() {
            let transaction = admit(&self.chain.spec, raw.clone()).expect("the load is valid");
            mempool.insert(transaction).expect("the load fits");
        }
        mempool
    }

    fn tamper(&self, index: usize) -> Option<Tamper> {
        let (liar, conduct) = self.liar?;
        (liar == index).then(|| tamper(conduct, &self.chain))
    }
}

fn tamper(conduct: Liar, chain: &Chain) -> Tamper {
    let stranger = crate::accounts::Account::new(999_999);
    let raw = stranger.call(chain.spec.chain_id, 0, stranger.address, Bytes::new());
    Arc::new(move |draft: &mut Draft| match conduct {
        Liar::StateRoot => draft.header.state_root = B256::repeat_byte(0xbb),
        Liar::Transaction => {
            draft.transactions.push(raw.clone());
            draft.header.transactions_root =
                theriac_ledger::Block::transactions_root(&draft.transactions);
        }
        Liar::Time => {
            draft.section.time_ms += 25_000;
            draft.header.timestamp = draft.section.time_ms / 1_000;
        }
    })
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
        let InitContext {
            context,
            index,
            delayed,
            oracle,
            channels,
            monitor,
            ..
        } = context;
        let member = self.members[index].clone();
        let me = member.identity.public_key();
        member.recorder.monitored(monitor);
        let mut pairs = channels.into_iter();
        let channels = Channels::open(|_, _| {
            pairs
                .next()
                .expect("a pair was registered for each channel")
        });
        let config = Config {
            chain: self.chain.clone(),
            identity: member.identity.clone(),
            manager: AddressableManager::new(oracle.socket_manager()),
            blocker: oracle.control(me),
            secrets: member.secrets.clone(),
            permission: Arc::new(Always),
            observer: member.recorder.clone(),
            mempool: self.mempool(),
            prefix: format!("member-{index}"),
            state_sync: delayed,
            timeouts: Timeouts {
                leader: Duration::from_millis(1_000),
                certification: Duration::from_millis(1_500),
                skip: Duration::from_millis(4_000),
                retry: Duration::from_millis(500),
            },
            tamper: self.tamper(index),
        };
        let engine = Engine::start(context.child("engine"), config, channels).await;
        (Validator { context, engine }, member.recorder)
    }

    fn start(validator: Validator) -> Handle<()> {
        let Validator { context, engine } = validator;
        context.spawn(move |_| async move {
            Handle::select(engine.handles)
                .await
                .expect("no actor of an honest member fails");
        })
    }
}
