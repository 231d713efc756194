//! The encrypted connections of a ceremony: authenticated by the members' identity keys.

use std::{
    collections::BTreeMap, convert::Infallible, net::SocketAddr, num::NonZeroU32, time::Duration,
};

use commonware_consensus::types::Epoch;
use commonware_cryptography::{ChaCha20Poly1305, Signer as _, ed25519};
use commonware_glue::dkg::{bootstrap::max_payload_size, network::Manager};
use commonware_p2p::{
    Address, AddressableManager as _, PeerSetSubscription, Provider, TrackedPeers,
    authenticated::{
        lookup::{self, Oracle, Receiver, Sender},
        peer_set_limit,
    },
    max_message_size,
};
use commonware_runtime::{Clock, Metrics, Network, Quota, Resolver, Spawner};
use commonware_stream::{
    cups::{self, Cups},
    sake::{self, Sake},
};
use commonware_utils::{NZU32, NZUsize};
use rand_core::CryptoRng;
use theriac_ledger::block::{Directory, PublicKey, Variant, supported_mode};

use super::{ParticipantConfig, bootstrap_namespace, rollcall};

/// Channels of the engine: votes, certificates, resolver, backfill, broadcast, dealings.
const ENGINE_CHANNELS: [u64; 6] = [0, 1, 2, 3, 4, 5];
/// Channel of the roll call.
const ROLLCALL_CHANNEL: u64 = 6;
/// Messages per second, channel and peer.
const MESSAGE_RATE: Quota = Quota::per_second(NZU32!(512));
/// The only peer set of a ceremony: epoch zero's, as the engine numbers it.
const PEER_SET: u64 = 0;

/// One channel: how to send, how to receive.
pub(super) type Channel<E> = (Sender<PublicKey, E>, Receiver<PublicKey>);

/// What the engine needs of the network.
pub(super) struct Transport<E: Spawner + Clock + CryptoRng + Network + Metrics> {
    /// Tracks and blocks peers.
    pub(super) oracle: Oracle<PublicKey>,
    /// In the order in which the engine takes them.
    pub(super) channels: [Channel<E>; 6],
}

/// Starts listening and dialling as a child of `context`; the second part is the channel of the roll call.
pub(super) fn open<E, S>(context: &E, config: &ParticipantConfig<S>) -> (Transport<E>, Channel<E>)
where
    E: Spawner + Clock + CryptoRng + Network + Resolver + Metrics,
{
    let (mut network, mut oracle) =
        lookup::Network::new(context.child("network"), network_config(config));
    let channels = ENGINE_CHANNELS.map(|channel| network.register(channel, MESSAGE_RATE));
    let rollcall = network.register(ROLLCALL_CHANNEL, MESSAGE_RATE);
    // Before the engine starts: the roll call needs connections.
    oracle.track(PEER_SET, directory(&config.participants).into_inner());
    network.start();
    (Transport { oracle, channels }, rollcall)
}

/// The peers of a ceremony, which are tracked when its transport opens: the engine has nothing to add.
#[derive(Clone, Debug)]
pub(super) struct Tracked(Oracle<PublicKey>);

impl Tracked {
    /// Wraps the oracle of an open transport.
    pub(super) const fn new(oracle: Oracle<PublicKey>) -> Self {
        Self(oracle)
    }
}

impl Provider for Tracked {
    type PublicKey = PublicKey;

    async fn peer_set(&mut self, id: u64) -> Option<TrackedPeers<PublicKey>> {
        self.0.peer_set(id).await
    }

    async fn subscribe(&mut self) -> PeerSetSubscription<PublicKey> {
        self.0.subscribe().await
    }
}

impl Manager for Tracked {
    type Directory = Directory;
    type Error = Infallible;

    fn track(
        &mut self,
        _: Epoch,
        _: TrackedPeers<PublicKey>,
        _: &Directory,
    ) -> Result<(), Infallible> {
        Ok(())
    }
}

/// Where each participant is reached, as the epoch carries it.
pub(super) fn directory(participants: &BTreeMap<PublicKey, SocketAddr>) -> Directory {
    participants
        .iter()
        .map(|(key, address)| (key.clone(), Address::Symmetric(*address)))
        .collect()
}

/// How many take part.
///
/// # Panics
/// Where nobody does, or more than a committee can have.
pub(super) fn size(participants: &BTreeMap<PublicKey, SocketAddr>) -> NonZeroU32 {
    u32::try_from(participants.len())
        .ok()
        .and_then(NonZeroU32::new)
        .expect("a participant is among the participants, and a charter bounds them")
}

type Handshake = Cups<Sake<ed25519::PrivateKey>, ChaCha20Poly1305>;

fn network_config<S>(config: &ParticipantConfig<S>) -> lookup::Config<Handshake> {
    let handshake = Handshake::new(
        Sake {
            signer: config.identity.clone(),
            synchrony_bound: Duration::from_secs(5),
            max_handshake_age: Duration::from_secs(10),
            version: sake::Version::V1,
        },
        cups::Version::V1,
    );
    let largest = [
        max_payload_size::<Variant, Directory>(size(&config.participants), supported_mode()),
        rollcall::MESSAGE_BYTES,
    ];
    lookup::Config {
        // Members sit in hospitals' private networks, and several on one machine in a devnet: many meet at once.
        peer_connection_cooldown: Duration::from_millis(250),
        allowed_handshake_rate_per_ip: Quota::per_second(NZU32!(256)),
        allowed_handshake_rate_per_subnet: Quota::per_second(NZU32!(512)),
        dial_frequency: Duration::from_millis(50),
        tracked_peer_sets: NZUsize!(1),
        block_duration: Duration::from_secs(60),
        ..lookup::Config::local(
            handshake,
            &bootstrap_namespace(config.chain_id, config.attempt),
            config.listen,
            peer_set_limit(config.participants.keys(), &config.identity.public_key()),
            max_message_size(&largest),
            NZUsize!(1_024),
        )
    }
}
