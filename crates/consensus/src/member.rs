//! A validator on sockets and disks: the engine over authenticated, encrypted connections.
//!
//! The engine's generic code is compiled for this runtime here, once, so that the binary stays thin.

mod bounded;

use bounded::Bounded;

use crate::{
    application::{Executed, Observer},
    chain::Chain,
    committees::RevealLimit,
    engine::{Channels, Config, Engine, Timeouts, max_message_bytes},
    mempool::Mempool,
    schemes::Permission,
    secrets::FileSecretStore,
    votes::Accuse,
};
use commonware_cryptography::{ChaCha20Poly1305, ed25519};
use commonware_glue::dkg::network::AddressableManager;
use commonware_p2p::authenticated::lookup::{self, Receiver, Sender};
use commonware_runtime::{Quota, Supervisor as _, tokio::Context};
use commonware_stream::{
    cups::{self, Cups},
    sake::{self, Sake},
};
use commonware_utils::{NZU32, NZUsize};
use futures::future::BoxFuture;
use std::{net::SocketAddr, num::NonZeroUsize, sync::Arc, time::Duration};
use theriac_ledger::block::PublicKey;

/// Stores final blocks; see [`Observer`].
pub trait Recorder: Send + Sync + 'static {
    /// Resolves when the block is durable.
    fn record(&self, executed: Arc<Executed>) -> BoxFuture<'_, ()>;
}

/// A recorder that clones share.
#[derive(Clone)]
struct SharedRecorder(Arc<dyn Recorder>);

impl Observer for SharedRecorder {
    async fn finalized(&self, executed: Arc<Executed>) {
        self.0.record(executed).await;
    }
}

/// What a member is started with.
pub struct MemberConfig {
    /// The network.
    pub chain: Arc<Chain>,
    /// This member's identity.
    pub identity: ed25519::PrivateKey,
    /// Where it listens for the other members.
    pub listen: SocketAddr,
    /// Its shares and dealings.
    pub secrets: FileSecretStore,
    /// Whether the journal of an epoch is intact.
    pub permission: Arc<dyn Permission>,
    /// Stores final blocks.
    pub recorder: Arc<dyn Recorder>,
    /// Waiting transactions.
    pub mempool: Mempool,
    /// True to fetch the state from peers rather than to execute every block since genesis.
    pub state_sync: bool,
    /// Is told of double votes of other members.
    pub accuse: Accuse,
    /// Number, quota and largest message of each channel beside the engine's.
    pub extra_channels: Vec<(u64, Quota, u32)>,
}

/// The network's sender of one channel.
pub type ChannelSender = Sender<PublicKey, Context>;
/// The network's receiver of one channel.
pub type ChannelReceiver = Receiver<PublicKey>;

/// A running member.
pub struct Member {
    /// Its engine.
    pub engine: Engine<Context>,
    /// The channels beside the engine's, in the order in which they were asked for.
    pub extra_channels: Vec<(ChannelSender, ChannelReceiver)>,
}

/// Prefix of every storage partition of a member.
const PREFIX: &str = "theriac";

/// Starts listening and dialling, then the engine.
///
/// The future is boxed so that its code, which is most of the engine's, is generated in this crate and
/// not in each program that starts a member.
pub fn start(context: Context, config: MemberConfig) -> BoxFuture<'static, Member> {
    Box::pin(listen_and_start(context, config))
}

async fn listen_and_start(context: Context, config: MemberConfig) -> Member {
    let network_config = network(&config);
    let peers_max = network_config.max_peers_per_set;
    let (mut network, oracle) = lookup::Network::new(context.child("network"), network_config);
    let channels = Channels::open(|channel, quota| network.register(channel, quota));
    let extra = config.extra_channels.iter();
    let extra_channels = extra
        .map(|(channel, quota, _)| network.register(*channel, *quota))
        .collect();
    network.start();
    let engine = Engine::start(
        context.child("engine"),
        Config {
            chain: config.chain,
            identity: config.identity,
            manager: Bounded::new(AddressableManager::new(oracle.clone()), peers_max),
            blocker: oracle,
            secrets: config.secrets,
            permission: config.permission,
            observer: SharedRecorder(config.recorder),
            mempool: config.mempool,
            prefix: PREFIX.into(),
            state_sync: config.state_sync,
            reveal_limit: RevealLimit::default(),
            accuse: config.accuse,
            timeouts: Timeouts::default(),
            tamper: None,
        },
        channels,
    )
    .await;
    Member {
        engine,
        extra_channels,
    }
}

type Handshake = Cups<Sake<ed25519::PrivateKey>, ChaCha20Poly1305>;

fn network(config: &MemberConfig) -> lookup::Config<Handshake> {
    let handshake = Handshake::new(
        Sake {
            signer: config.identity.clone(),
            synchrony_bound: Duration::from_secs(5),
            max_handshake_age: Duration::from_secs(10),
            version: sake::Version::V1,
        },
        cups::Version::V1,
    );
    let chain_id = config.chain.spec.chain_id.to_be_bytes();
    let namespace = [b"theriac/".as_slice(), &chain_id, b"/p2p"].concat();
    let extra = config.extra_channels.iter();
    let extra_bytes: Vec<u32> = extra.map(|(_, _, bytes)| *bytes).collect();
    lookup::Config {
        // Members sit behind hospitals' gateways, and several on one machine in a devnet.
        peer_connection_cooldown: Duration::from_millis(500),
        allowed_handshake_rate_per_ip: Quota::per_second(NZU32!(64)),
        allowed_handshake_rate_per_subnet: Quota::per_second(NZU32!(256)),
        dial_frequency: Duration::from_millis(200),
        send_batch_size: NZUsize!(32),
        // The epochs before, at and after the present one: nobody else is asked or answered by the engine.
        tracked_peer_sets: NZUsize!(3),
        ..lookup::Config::local(
            handshake,
            &namespace,
            config.listen,
            peers_max(config.chain.epoch_zero.players.len()),
            max_message_bytes(&config.chain.limits, &extra_bytes),
            NZUsize!(1_024),
        )
    }
}

/// How many peers of one epoch a node has room for. The network sets memory aside for each, so that a committee of four
/// does not have it for sixty-four; where an epoch has more, the node goes without the last of those who are yet to join
/// (see [`Bounded`]).
fn peers_max(founders: usize) -> NonZeroUsize {
    const LEAST: usize = 32;
    NonZeroUsize::new((3 * founders).max(LEAST)).expect("at least the least")
}
