//! Starts the actors of one validator in the order in which they need each other.

use super::{
    archives,
    channels::{Channels, SYNC_OPERATIONS},
    epochs::Epochs,
    members::Members,
    settings::{self, BUFFER, MAILBOX, Timeouts, VIEW_RETENTION},
};
use crate::{
    application::{self, Application, Observer, Outdated, Speculative, Tamper},
    chain::Chain,
    committees::{Committees, RevealLimit},
    keeping::KeeperShares,
    mempool::{Gossip, Mempool},
    schemes::{Installer, Permission, Schemes},
    seeds::{Observed, Seeds},
    votes::{Accuse, Exchange, Incoming, Journal, Outgoing, VoteLog},
};
use commonware_broadcast::buffered;
use commonware_consensus::{
    Reporters,
    marshal::{
        self,
        core::{Actor as Marshal, Mailbox as MarshalMailbox},
        resolver::p2p as marshal_resolver,
        standard::{Deferred, Standard},
    },
    types::{Epoch, FixedEpocher},
};
use commonware_cryptography::bls12381::{dkg::feldman_desmedt::Reveal, primitives::sharing::Mode};
use commonware_cryptography::{
    Digested, Digestible as _, Signer as _, certificate::ConstantProvider, ed25519,
};
use commonware_glue::{
    dkg::{
        SecretStore,
        fence::Fence,
        network::Manager,
        orchestrator, probe, reshare,
        state_sync::{Config as SyncConfig, Plan, StateSync},
        types::SchemeInfo,
    },
    stateful::{
        self, PruneConfig, Stateful, SyncPlan,
        db::{SyncEngineConfig, p2p as state_resolver},
    },
};
use commonware_p2p::{Blocker, Receiver, Sender};
use commonware_parallel::Sequential;
use commonware_runtime::{Clock, Handle, Metrics, Network, Spawner, Storage};
use commonware_storage::archive::prunable;
use commonware_utils::{NZDuration, NZU64, NZUsize};
use futures::FutureExt as _;
use rand_core::CryptoRng;
use std::{sync::Arc, time::Duration};
use theriac_ledger::{
    Block,
    block::{Directory, MAX_PARTICIPANTS, PublicKey, Scheme, supported_mode},
    state::{self, Database},
};
use tokio::sync::watch;

/// What a validator is started with.
pub struct Config<M, B, SS, O> {
    /// The network.
    pub chain: Arc<Chain>,
    /// This validator's identity.
    pub identity: ed25519::PrivateKey,
    /// Activates the peers of each epoch.
    pub manager: M,
    /// Blocks peers that misbehave.
    pub blocker: B,
    /// Shares and dealings of this validator.
    pub secrets: SS,
    /// Whether the journal of an epoch is intact.
    pub permission: Arc<dyn Permission>,
    /// Receives final blocks.
    pub observer: O,
    /// Waiting transactions.
    pub mempool: Mempool,
    /// Prefix of every storage partition.
    pub prefix: String,
    /// True to fetch the state from peers rather than to execute every block since genesis.
    pub state_sync: bool,
    /// How many revealed shares of an epoch are accepted.
    pub reveal_limit: RevealLimit,
    /// Is told of double votes of other members.
    pub accuse: Accuse,
    /// Waiting times.
    pub timeouts: Timeouts,
    /// None on an honest node.
    pub tamper: Option<Tamper>,
}

/// A running validator.
pub struct Engine<E: Storage + Clock + Metrics> {
    /// Final blocks and certificates.
    pub marshal: MarshalMailbox<Scheme, Standard<Block>>,
    /// State of the last applied block.
    pub database: futures::future::Shared<futures::future::BoxFuture<'static, Database<E>>>,
    /// Executed blocks that may not be final.
    pub speculative: Speculative,
    /// The committees of the last epochs, and who is told of the next.
    pub committees: Committees,
    /// This node's shares for its keeper.
    pub shares: KeeperShares,
    /// Holds what this program lacks, once the network goes on by rules that it does not know.
    pub outdated: watch::Receiver<Option<Outdated>>,
    /// The actors; a validator ends when one of them does.
    pub handles: Vec<Handle<()>>,
}

impl<E> Engine<E>
where
    E: Spawner + Metrics + Clock + Storage + Network + CryptoRng + Sync,
{
    /// Starts a validator on `channels`.
    pub async fn start<M, B, SS, O, S, R>(
        context: E,
        config: Config<M, B, SS, O>,
        channels: Channels<S, R>,
    ) -> Self
    where
        M: Manager<PublicKey = PublicKey, Directory = Directory> + Clone,
        B: Blocker<PublicKey = PublicKey> + Clone,
        SS: SecretStore + Clone,
        O: Observer,
        S: Sender<PublicKey = PublicKey>,
        R: Receiver<PublicKey = PublicKey>,
    {
        let Config {
            chain,
            identity,
            manager,
            blocker,
            mut secrets,
            permission,
            observer,
            mempool,
            prefix,
            state_sync,
            reveal_limit,
            accuse,
            timeouts,
            tamper,
        } = config;
        let me = identity.public_key();
        let info = chain.epoch_zero.clone();
        let group_key = *info.output.public().public();
        let verifier = Scheme::certificate_verifier(&chain.namespace, group_key);
        let page_cache = settings::page_cache();
        let mut handles = Vec::new();

        let schemes = Schemes::new(chain.namespace.clone(), permission);
        let share = secrets.get_share(Epoch::zero()).await;
        schemes.install(
            Epoch::zero(),
            SchemeInfo::new(
                &me,
                info.output.players().clone(),
                info.output.public().clone(),
                share,
            ),
            &me,
        );

        let resolver = marshal_resolver::init(
            context.child("marshal_resolver"),
            marshal_resolver::Config {
                public_key: me.clone(),
                peer_provider: manager.clone(),
                blocker: blocker.clone(),
                mailbox_size: MAILBOX,
                fetch_timeout: NZDuration!(Duration::from_secs(2)),
                fetch_retry_delay: Duration::from_millis(100),
                priority_requests: false,
                priority_responses: false,
            },
            channels.backfill,
        );
        let (broadcast, buffer) = buffered::Engine::new(
            context.child("broadcast"),
            buffered::Config {
                public_key: me.clone(),
                mailbox_size: MAILBOX,
                deque_size: 16,
                priority: false,
                codec_config: chain.limits,
                peer_provider: manager.clone(),
                strategy: Sequential,
            },
        );
        handles.push(broadcast.start(channels.broadcast));

        let certificates = prunable::Archive::init(
            context.child("certificates"),
            archives::config(&prefix, "certificates", page_cache.clone(), ()),
        )
        .await
        .expect("the archive of certificates opens");
        let blocks = prunable::Archive::init(
            context.child("blocks"),
            archives::config(&prefix, "blocks", page_cache.clone(), chain.limits),
        )
        .await
        .expect("the archive of blocks opens");

        let genesis = chain.genesis();
        let genesis = Digested::precomputed(genesis.clone(), genesis.digest());
        let mut plan = SyncPlan::init(context.child("sync_plan"), prefix.clone()).await;
        let (probe_actor, probe_mailbox) = probe::Actor::new(probe::Config {
            context: context.child("probe"),
            manager: manager.clone(),
            bootstrap: probe::Bootstrap {
                epoch: Epoch::zero(),
                participants: info.participants(),
                directory: info.directory.clone(),
            },
            floor: plan.floor().cloned(),
            verifier: verifier.clone(),
            genesis: info.clone(),
            strategy: Sequential,
            blocker: blocker.clone(),
            blocks_per_epoch: chain.blocks_per_epoch,
            retry_timeout: NZDuration!(Duration::from_millis(500)),
            mailbox_size: MAILBOX,
            block_codec_config: chain.limits,
        });
        handles.push(probe_actor.start(channels.probe));

        let artifact = if plan.should_sync(state_sync) {
            let artifact = probe_mailbox.subscribe().await.expect("the probe runs");
            let output = &artifact.info.output;
            let scheme =
                SchemeInfo::new(&me, output.players().clone(), output.public().clone(), None);
            schemes.install(artifact.info.epoch, scheme, &me);
            plan = plan.set_floor(artifact.floor.clone()).await;
            Some(artifact)
        } else {
            None
        };

        let synced_info = artifact.as_ref().map(|artifact| artifact.info.clone());
        let (epochs, epochs_mailbox, committees) = Epochs::init(
            context.child("epochs"),
            &prefix,
            synced_info.unwrap_or_else(|| info.clone()),
            reveal_limit,
        )
        .await;
        handles.push(context.child("epochs_record").spawn(move |_| epochs.run()));
        let shares = KeeperShares::new(&chain, me.clone(), committees.clone());
        for known in committees.all() {
            if let Some(share) = secrets.get_share(known.epoch).await {
                shares.restore(&known, share);
            }
        }

        let (marshal_actor, marshal, floor) = Marshal::init(
            context.child("marshal"),
            certificates,
            blocks,
            marshal::Config {
                provider: ConstantProvider::<_, Epoch>::new(verifier),
                epocher: FixedEpocher::new(chain.blocks_per_epoch),
                start: plan.marshal_start(genesis.clone()),
                partition_prefix: prefix.clone(),
                mailbox_size: MAILBOX,
                view_retention: VIEW_RETENTION,
                prunable_items_per_section: archives::ITEMS_PER_SECTION,
                page_cache: page_cache.clone(),
                replay_buffer: BUFFER,
                key_write_buffer: BUFFER,
                value_write_buffer: BUFFER,
                block_codec_config: chain.limits,
                max_repair: NZUsize!(32),
                max_pending_acks: NZUsize!(16),
                strategy: Sequential,
            },
        )
        .await;

        let (state_actor, state_peers) = state_resolver::Actor::new(
            context.child("state_resolver"),
            state_resolver::Config {
                peer_provider: manager.clone(),
                blocker: blocker.clone(),
                database: None,
                mailbox_size: MAILBOX,
                me: Some(me.clone()),
                fetch_timeout: NZDuration!(Duration::from_secs(2)),
                fetch_retry_delay: Duration::from_millis(100),
                max_serve_ops: SYNC_OPERATIONS,
                priority_requests: false,
                priority_responses: false,
            },
        );
        handles.push(state_actor.start(channels.state));
        let verdicts = context.child("state_verdicts");
        let state_sync_resolver = state::sync::Resolver::new(
            state_peers,
            Arc::new(move |task| {
                verdicts.child("verdict").spawn(move |_| task);
            }),
        );

        let synced = artifact.map(|artifact| StateSync {
            info: artifact.info,
            floor: plan
                .floor()
                .cloned()
                .expect("a plan that syncs has a floor"),
        });
        let synced = Plan::init(
            context.child("ceremony_plan"),
            SyncConfig {
                partition_prefix: prefix.clone(),
                max_participants: MAX_PARTICIPANTS,
                max_supported_mode: supported_mode(),
            },
            synced,
        )
        .await;

        let seeds = Seeds::default();
        let speculative = Speculative::default();
        let (applied, applied_blocks) = watch::channel(0);
        let (outdated, outdated_told) = watch::channel(None);
        let application = Application::new(application::Config {
            chain: chain.clone(),
            mempool: mempool.clone(),
            seeds: seeds.clone(),
            speculative: speculative.clone(),
            committees: committees.clone(),
            applied,
            outdated,
            observer,
            tamper,
        });
        let (stateful_actor, stateful_mailbox) = Stateful::new(
            context.child("stateful"),
            stateful::Config {
                application,
                db_config: state::config(&prefix, page_cache.clone()),
                provider: (),
                marshal: (marshal.clone(), floor),
                mailbox_size: MAILBOX,
                plan,
                resolvers: state_sync_resolver,
                sync_config: SyncEngineConfig {
                    fetch_batch_size: SYNC_OPERATIONS,
                    apply_batch_size: NZU64!(1_024),
                    max_outstanding_requests: NZUsize!(16),
                },
                prune_config: Some(prune_config(&chain)),
                strategy: Sequential,
            },
        );
        let databases = stateful_mailbox.clone();
        let database = async move { databases.subscribe_databases().await }
            .boxed()
            .shared();
        let (fence, gate) = Fence::new();
        let (reshare_actor, reshare_mailbox) = reshare::Actor::new(
            context.child("reshare"),
            reshare::Config {
                signer: identity.clone(),
                manager: manager.clone(),
                blocker: blocker.clone(),
                participants_provider: Members {
                    chain: chain.clone(),
                    committees: committees.clone(),
                    database: database.clone(),
                    applied: applied_blocks,
                },
                secret_store: secrets.clone(),
                strategy: Sequential,
                registrar: Installer {
                    schemes: schemes.clone(),
                    shares: shares.clone(),
                    secrets,
                    me: me.clone(),
                },
                marshal: marshal.clone(),
                state_sync: synced.clone(),
                fence,
                namespace: ceremony_namespace(&chain),
                sharing_mode: Mode::NonZeroCounter,
                reveal: Reveal::V1,
                mailbox_size: MAILBOX,
                partition_prefix: format!("{prefix}-reshare"),
                page_cache: page_cache.clone(),
                write_buffer: BUFFER,
                replay_buffer: BUFFER,
                max_participants: MAX_PARTICIPANTS,
                blocks_per_epoch: chain.blocks_per_epoch,
            },
        );
        handles.push(reshare_actor.start(channels.ceremony));

        let deferred = Deferred::new(
            context.child("deferred"),
            reshare::Application::new(
                stateful_mailbox.clone(),
                reshare_mailbox.clone(),
                chain.blocks_per_epoch,
            ),
            marshal.clone(),
            FixedEpocher::new(chain.blocks_per_epoch),
        );
        let (orchestrator_actor, orchestrator_mailbox) = orchestrator::Actor::new(
            context.child("orchestrator"),
            orchestrator::Config {
                oracle: blocker,
                manager,
                provider: schemes,
                marshal: marshal.clone(),
                application: Observed {
                    inner: deferred,
                    seeds,
                },
                strategy: Sequential,
                simplex: settings::simplex(timeouts, page_cache.clone()),
                gate,
                state_sync: synced,
                blocks_per_epoch: chain.blocks_per_epoch,
                mailbox_size: MAILBOX,
                partition_prefix: format!("{prefix}-orchestrator"),
            },
        );
        let (vote_log, outlets) = VoteLog::new(&chain, identity, accuse);
        let journal = Journal::init(
            context.child("own_votes"),
            &prefix,
            page_cache.clone(),
            BUFFER,
        )
        .await;
        handles.push(
            context
                .child("own_votes_writer")
                .spawn(move |_| journal.run(outlets.own)),
        );
        let exchange = Exchange {
            log: vote_log.clone(),
            committees: committees.clone(),
            to_share: outlets.to_share,
        };
        let (sender, receiver) = channels.vote_log;
        handles.push(
            context
                .child("vote_exchange")
                .spawn(move |_| exchange.run(sender, receiver)),
        );
        let guarded = |(sender, receiver), log: Option<VoteLog>| {
            (
                Outgoing::new(sender, log.clone()),
                Incoming::new(receiver, log),
            )
        };
        handles.push(orchestrator_actor.start(
            guarded(channels.votes, Some(vote_log)),
            guarded(channels.certificates, None),
            guarded(channels.resolver, None),
        ));

        let reporters = Reporters::from((
            stateful_mailbox,
            Reporters::from((
                epochs_mailbox,
                Reporters::from((orchestrator_mailbox, reshare_mailbox)),
            )),
        ));
        handles.push(marshal_actor.start(reporters, buffer, resolver));
        probe_mailbox.attach(marshal.clone());
        handles.push(stateful_actor.start());

        let gossip = Gossip {
            mempool,
            spec: Arc::new(chain.spec),
        };
        let (sender, receiver) = channels.transactions;
        handles.push(
            context
                .child("transactions")
                .spawn(move |_| gossip.run(sender, receiver)),
        );

        Self {
            marshal,
            database,
            speculative,
            committees,
            outdated: outdated_told,
            shares,
            handles,
        }
    }
}

/// Blocks and state that a node keeps for peers that lag: two epochs of blocks, since a restart reads
/// the boundary block of the running epoch.
fn prune_config(chain: &Chain) -> PruneConfig {
    let epoch = usize::try_from(chain.blocks_per_epoch.get()).expect("an epoch fits in memory");
    PruneConfig {
        maintenance_interval: NZUsize!(64),
        retained_marshal_blocks: 2 * epoch,
        retained_qmdb_blocks: epoch.min(1_024),
    }
}

/// The namespace of dealers' messages; the engine wants it for as long as the program runs.
fn ceremony_namespace(chain: &Chain) -> &'static [u8] {
    Box::leak(chain.ceremony_namespace().into_boxed_slice())
}
