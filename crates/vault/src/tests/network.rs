//! A network of vaults under one seed.

use crate::wire::{Body, Message};
use crate::{CHANNEL, Config, Limits, Mailbox, Store, Vault, max_message_size};
use bytes::Bytes;
use commonware_cryptography::Signer as _;
use commonware_cryptography::ed25519::{PrivateKey, PublicKey};
use commonware_p2p::simulated::{self, Link, Network, Oracle};
use commonware_p2p::{Receiver as _, Recipients, Sender as _};
use commonware_runtime::{Quota, Runner as _, Supervisor as _, deterministic};
use commonware_utils::{NZUsize, probability};
use std::num::NonZeroU32;
use std::path::PathBuf;
use std::time::Duration;
use tempfile::TempDir;

pub(super) type Context = deterministic::Context;
const LIMITS: Limits = Limits {
    blob_bytes: 64 << 20,
    total_bytes: 1 << 40,
};
pub(super) type Sender = simulated::Sender<PublicKey, Context>;
pub(super) type Receiver = simulated::Receiver<PublicKey>;

/// One running vault and its disk.
pub(super) struct Node {
    pub(super) store: Store,
    pub(super) mailbox: Mailbox<PublicKey>,
    pub(super) directory: TempDir,
}

/// Linked peers, of which the first so many are members.
pub(super) struct Peers {
    context: Context,
    oracle: Oracle<PublicKey, Context>,
    pub(super) keys: Vec<PublicKey>,
}

/// Runs a scenario in virtual time.
pub(super) fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Context) -> F) {
    deterministic::Runner::seeded(8).start(scenario);
}

/// Byte `i` is `i mod 251`, but for the first, which tells blobs apart.
pub(super) fn blob(mark: u8, length: usize) -> Bytes {
    let mut bytes: Vec<u8> = (0..length).map(|index| (index % 251) as u8).collect();
    bytes[0] = mark;
    bytes.into()
}

impl Peers {
    pub(super) async fn linked(context: &Context, count: u64) -> Self {
        let keys: Vec<_> = (0..count)
            .map(|seed| PrivateKey::from_seed(seed).public_key())
            .collect();
        let config = simulated::Config {
            max_size: max_message_size(),
            max_peers_per_set: NZUsize!(16),
            disconnect_on_block: true,
            tracked_peer_sets: NZUsize!(1),
        };
        let (network, oracle) =
            Network::new_with_peers(context.child("network"), config, keys.clone()).await;
        network.start();
        let peers = Self {
            context: context.child("peers"),
            oracle,
            keys,
        };
        for index in 0..peers.keys.len() {
            peers.link(index, 10).await;
        }
        peers
    }

    async fn link(&self, index: usize, latency_ms: u64) {
        for other in 0..self.keys.len() {
            if other != index {
                let (from, to) = (self.keys[index].clone(), self.keys[other].clone());
                let link = Link {
                    latency: Duration::from_millis(latency_ms),
                    jitter: Duration::ZERO,
                    success_rate: probability!(1.0),
                };
                self.oracle.add_link(from, to, link).await.expect("linked");
            }
        }
    }

    /// Takes a peer off the network.
    pub(super) async fn cut(&self, index: usize) {
        for other in (0..self.keys.len()).filter(|other| *other != index) {
            let (one, two) = (self.keys[index].clone(), self.keys[other].clone());
            for (from, to) in [(one.clone(), two.clone()), (two, one)] {
                match self.oracle.remove_link(from, to).await {
                    // The other end may be off the network already.
                    Ok(()) | Err(simulated::Error::LinkMissing) => {}
                    Err(error) => panic!("not cut: {error}"),
                }
            }
        }
    }

    /// Brings a peer that was taken off back.
    pub(super) async fn join(&self, index: usize) {
        let link = Link {
            latency: Duration::from_millis(10),
            jitter: Duration::ZERO,
            success_rate: probability!(1.0),
        };
        for other in (0..self.keys.len()).filter(|other| *other != index) {
            let (one, two) = (self.keys[index].clone(), self.keys[other].clone());
            for (from, to) in [(one.clone(), two.clone()), (two, one)] {
                let added = self.oracle.add_link(from, to, link.clone()).await;
                added.expect("linked");
            }
        }
    }

    /// Makes what a peer sends arrive later than what the others send.
    pub(super) async fn slow(&self, index: usize) {
        for other in 0..self.keys.len() {
            if other != index {
                self.oracle
                    .remove_link(self.keys[index].clone(), self.keys[other].clone())
                    .await
                    .expect("unlinked");
            }
        }
        self.link(index, 200).await;
    }

    pub(super) async fn register(&self, index: usize) -> (Sender, Receiver) {
        let quota = Quota::per_second(NonZeroU32::MAX);
        self.oracle
            .control(self.keys[index].clone())
            .register(CHANNEL, quota)
            .await
            .expect("registered")
    }

    /// Starts the vault of a peer in a network of so many members.
    pub(super) async fn start(&self, index: usize, members: usize) -> Node {
        self.start_with(index, members, |_| {}).await
    }

    pub(super) async fn start_with(
        &self,
        index: usize,
        members: usize,
        change: impl FnOnce(&mut Config<PublicKey>),
    ) -> Node {
        let directory = TempDir::new().expect("a directory");
        self.start_in(index, members, directory, change).await
    }

    /// Starts the vault of a peer over what an earlier one left.
    pub(super) async fn start_in(
        &self,
        index: usize,
        members: usize,
        directory: TempDir,
        change: impl FnOnce(&mut Config<PublicKey>),
    ) -> Node {
        let store = Store::open(directory.path(), LIMITS).expect("opens");
        let members = self.keys[..members].to_vec();
        let mut config = Config::new(self.keys[index].clone(), members, store.clone());
        change(&mut config);
        let (_, mailbox) = Vault::start(
            self.context.child("vault"),
            config,
            self.register(index).await,
        );
        Node {
            store,
            mailbox,
            directory,
        }
    }
}

/// Four members, all up.
pub(super) async fn four(context: &Context) -> (Peers, Vec<Node>) {
    some(context, 4).await
}

/// So many members, all up.
pub(super) async fn some(context: &Context, count: usize) -> (Peers, Vec<Node>) {
    let peers = Peers::linked(context, count as u64).await;
    let mut nodes = Vec::new();
    for index in 0..count {
        nodes.push(peers.start(index, count).await);
    }
    (peers, nodes)
}

impl Node {
    /// Loses what the disk held.
    pub(super) fn wipe(&self) {
        for folder in ["blobs", "shards"] {
            let folder = self.directory.path().join(folder);
            std::fs::remove_dir_all(&folder).expect("removed");
            std::fs::create_dir(&folder).expect("created");
        }
    }

    /// Every shard's file on this node.
    pub(super) fn shard_files(&self) -> Vec<PathBuf> {
        let mut files = Vec::new();
        let mut folders = vec![self.directory.path().join("shards")];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => files.push(path),
                }
            }
        }
        files.sort();
        files
    }
}

/// Sends one message by hand.
pub(super) fn send(sender: &mut Sender, to: &PublicKey, number: u64, body: Body) {
    sender.send(
        Recipients::One(to.clone()),
        Message { number, body }.encode(),
        false,
    );
}

/// The next message that comes.
pub(super) async fn receive(receiver: &mut Receiver) -> (PublicKey, Message) {
    let (peer, message) = receiver.recv().await.expect("the network is up");
    (
        peer,
        Message::decode(message).expect("vaults send messages"),
    )
}
