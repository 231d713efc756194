//! A network of keepers under one seed, each with its own finalised state and shares.

use crate::wire::max_message_size;
use crate::{
    Answerable, CHANNEL, Config, EpochKeepers, Finalised, FinalisedFailure, Keepers, Limits,
    Mailbox, OpenRequest, Opened, Refusal, Shares,
};
use alloy_primitives::Address;
use async_trait::async_trait;
use commonware_codec::Encode as _;
use commonware_cryptography::bls12381::dkg::feldman_desmedt::deal_anonymous;
use commonware_cryptography::bls12381::primitives::{
    group::Share,
    sharing::{Mode, Sharing},
    variant::MinSig,
};
use commonware_cryptography::ed25519::{PrivateKey, PublicKey};
use commonware_cryptography::{Signer as _, ed25519};
use commonware_p2p::simulated::{self, Link, Network, Oracle};
use commonware_runtime::{Handle, Quota, Runner as _, Supervisor as _, deterministic};
use commonware_utils::{N3f1, NZUsize, TestRng, probability};
use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use theriac_envelope::seal::{
    Combination, Committee, GroupKey, Partial, PartialsMessage, SealContext, Sealed, seal,
    seals_root,
};
use theriac_envelope::{Encrypted, RecordSecret, Suite, encrypt};

pub(super) type Context = deterministic::Context;
pub(super) type Sender = simulated::Sender<PublicKey, Context>;
pub(super) type Receiver = simulated::Receiver<PublicKey>;

pub(super) const CHAIN: u64 = 31_337;
pub(super) const OPENING: u64 = 12;
pub(super) const REQUESTER: Address = Address::repeat_byte(0xd0);

/// Runs a scenario in virtual time.
pub(super) fn run<F: Future<Output = ()>>(scenario: impl FnOnce(Context) -> F) {
    deterministic::Runner::seeded(10).start(scenario);
}

/// What one node holds as final.
#[derive(Clone, Default)]
pub(super) struct Ledger(Arc<Mutex<BTreeMap<u64, Entry>>>);

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) seals: Vec<[u8; 32]>,
    pub(super) answer: Result<Answerable, Refusal>,
}

impl Ledger {
    pub(super) fn finalise(&self, opening: u64, entry: Entry) {
        self.0.lock().expect("one writer").insert(opening, entry);
    }
}

#[async_trait]
impl Finalised for Ledger {
    async fn answerable(
        &self,
        opening: u64,
        seals: &[[u8; 32]],
    ) -> Result<Result<Answerable, Refusal>, FinalisedFailure> {
        let entry = self.0.lock().expect("one writer").get(&opening).cloned();
        let Some(entry) = entry else {
            return Ok(Err(Refusal::OpeningUnknown));
        };
        Ok(entry.answer.and_then(|answerable| {
            (entry.seals == seals)
                .then_some(answerable)
                .ok_or(Refusal::SealsDiffer)
        }))
    }
}

/// The shares of one node, and what it knows of epochs.
#[derive(Clone, Default)]
pub(super) struct Held(Arc<Mutex<HeldShares>>);

#[derive(Default)]
struct HeldShares {
    running: u64,
    keepers: BTreeMap<u64, EpochKeepers>,
    shares: BTreeMap<u64, Share>,
    /// Signs these ids in place of those it is asked for.
    lie: Option<[u8; 32]>,
}

impl Held {
    /// Enters an epoch; of earlier ones the share is kept for one more.
    pub(super) fn enter(&self, epoch: &Epoch, place: usize) {
        let mut held = self.0.lock().expect("one writer");
        held.running = epoch.number;
        held.keepers.insert(epoch.number, epoch.keepers.clone());
        held.shares
            .insert(epoch.number, epoch.shares[place].clone());
    }

    pub(super) fn drop_share(&self, epoch: u64) {
        self.0.lock().expect("one writer").shares.remove(&epoch);
    }

    pub(super) fn expose(&self, epoch: u64) {
        let mut held = self.0.lock().expect("one writer");
        let keepers = held.keepers.get_mut(&epoch).expect("entered");
        keepers.exposed = true;
    }

    pub(super) fn lie(&self, seal: [u8; 32]) {
        self.0.lock().expect("one writer").lie = Some(seal);
    }
}

impl Shares for Held {
    fn running_epoch(&self) -> u64 {
        self.0.lock().expect("one writer").running
    }

    fn keepers(&self, epoch: u64) -> Option<EpochKeepers> {
        self.0
            .lock()
            .expect("one writer")
            .keepers
            .get(&epoch)
            .cloned()
    }

    fn sign(&self, epoch: u64, seals: &[[u8; 32]]) -> Option<Vec<Partial>> {
        let held = self.0.lock().expect("one writer");
        let share = held.shares.get(&epoch)?;
        let sign = |seal: &[u8; 32]| {
            let context = SealContext {
                chain_id: CHAIN,
                seal: held.lie.unwrap_or(*seal),
            };
            Partial::sign(share, &context)
        };
        Some(seals.iter().map(sign).collect())
    }
}

/// An epoch of a committee. Two epochs made of the same seed differ in their shares only by their polynomials.
pub(super) struct Epoch {
    pub(super) number: u64,
    pub(super) keepers: EpochKeepers,
    shares: Vec<Share>,
    sharing: Sharing<MinSig>,
}

impl Epoch {
    pub(super) fn group_key(&self) -> GroupKey {
        GroupKey::decode(&self.sharing.public().encode()).expect("a key")
    }

    pub(super) fn committee(&self) -> Committee {
        let keepers = self.keepers.keepers.iter().map(bytes).collect();
        let (id, key) = ((CHAIN, self.number), self.group_key());
        Committee::new(id, keepers, self.sharing.clone(), &key).expect("a committee")
    }
}

pub(super) fn bytes(key: &PublicKey) -> [u8; 32] {
    key.encode()[..].try_into().expect("32 bytes")
}

/// Linked peers and the epochs of their network.
pub(super) struct Peers {
    context: Context,
    oracle: Oracle<PublicKey, Context>,
    pub(super) keys: Vec<PrivateKey>,
    pub(super) epoch: Epoch,
}

/// One running keeper.
pub(super) struct Node {
    pub(super) ledger: Ledger,
    pub(super) held: Held,
    pub(super) mailbox: Mailbox,
    handle: Handle<()>,
}

impl Node {
    /// Ends the process; what it had in memory is gone.
    pub(super) fn kill(self) -> (Ledger, Held) {
        self.handle.abort();
        (self.ledger, self.held)
    }
}

impl Peers {
    pub(super) async fn linked(context: &Context, count: u32) -> Self {
        let mut keys: Vec<_> = (0..u64::from(count)).map(PrivateKey::from_seed).collect();
        keys.sort_by_key(|key| key.public_key());
        let names: Vec<_> = keys.iter().map(|key| key.public_key()).collect();
        let config = simulated::Config {
            max_size: max_message_size(),
            max_peers_per_set: NZUsize!(16),
            disconnect_on_block: true,
            tracked_peer_sets: NZUsize!(1),
        };
        let (network, oracle) =
            Network::new_with_peers(context.child("network"), config, names.clone()).await;
        network.start();
        let peers = Self {
            context: context.child("peers"),
            oracle,
            epoch: epoch(0, &names, 1),
            keys,
        };
        for one in &names {
            for other in names.iter().filter(|other| *other != one) {
                peers.link(one, other).await;
            }
        }
        peers
    }

    async fn link(&self, from: &PublicKey, to: &PublicKey) {
        let link = Link {
            latency: Duration::from_millis(10),
            jitter: Duration::ZERO,
            success_rate: probability!(1.0),
        };
        let linked = self.oracle.add_link(from.clone(), to.clone(), link).await;
        linked.expect("linked");
    }

    pub(super) fn name(&self, index: usize) -> PublicKey {
        self.keys[index].public_key()
    }

    pub(super) async fn register(&self, index: usize) -> (Sender, Receiver) {
        let quota = Quota::per_second(NonZeroU32::MAX);
        let control = self.oracle.control(self.name(index));
        control.register(CHANNEL, quota).await.expect("registered")
    }

    pub(super) async fn start(&self, index: usize) -> Node {
        self.start_with(
            index,
            (Ledger::default(), Held::default()),
            Limits::default(),
        )
        .await
    }

    /// Starts the keeper of a peer that has entered epoch zero.
    pub(super) async fn start_with(
        &self,
        index: usize,
        (ledger, held): (Ledger, Held),
        limits: Limits,
    ) -> Node {
        held.enter(&self.epoch, index);
        let config = Config {
            chain_id: CHAIN,
            identity: self.keys[index].clone(),
            shares: Arc::new(held.clone()),
            finalised: Arc::new(ledger.clone()),
            limits,
        };
        let network = self.register(index).await;
        let (handle, mailbox) = Keepers::start(self.context.child("keepers"), config, network);
        Node {
            ledger,
            held,
            mailbox,
            handle,
        }
    }

    /// Starts the keepers of the first so many peers.
    pub(super) async fn start_all(&self, count: usize) -> Vec<Node> {
        let mut nodes = Vec::new();
        for index in 0..count {
            nodes.push(self.start(index).await);
        }
        nodes
    }
}

/// A later epoch of the same committee. The group key differs, since no ceremony ran; a test that opens uses one epoch's.
pub(super) fn epoch(number: u64, names: &[PublicKey], seed: u64) -> Epoch {
    let count = NonZeroU32::new(names.len() as u32).expect("not empty");
    let (sharing, shares) =
        deal_anonymous::<MinSig, N3f1>(TestRng::new(seed), Mode::NonZeroCounter, count);
    Epoch {
        number,
        keepers: EpochKeepers {
            keepers: names.to_vec(),
            exposed: false,
        },
        shares,
        sharing,
    }
}

/// A requester with a one-time key, and what it wants opened.
pub(super) struct Reader {
    pub(super) key: theriac_envelope::PrivateKey,
    pub(super) seals: Vec<([u8; 32], Sealed)>,
    pub(super) secret: RecordSecret,
}

impl Reader {
    /// So many seals, each to this group key.
    pub(super) fn new(group_key: &GroupKey, seals: u8) -> Self {
        let mut rng = TestRng::new(5);
        let Encrypted { secret, .. } = encrypt(b"{}", &mut rng).expect("encrypts");
        let mut make = |number: u8| {
            let context = SealContext {
                chain_id: CHAIN,
                seal: [number; 32],
            };
            let blob = seal(&secret, group_key, &context, &mut rng).expect("seals");
            (context.seal, blob)
        };
        let seals = (1..=seals).map(&mut make).collect();
        let key = theriac_envelope::PrivateKey::from_seed(Suite::XWing, [9; 32]);
        Self { key, seals, secret }
    }

    pub(super) fn ids(&self) -> Vec<[u8; 32]> {
        self.seals.iter().map(|(id, _)| *id).collect()
    }

    pub(super) fn request(&self) -> OpenRequest {
        OpenRequest {
            opening: OPENING,
            seals: self.ids(),
            key: self.key.public_key().encode(),
        }
    }

    /// The opening as the ledger admits it.
    pub(super) fn entry(&self) -> Entry {
        let key = self.key.public_key().id().0;
        Entry {
            seals: self.ids(),
            answer: Ok(Answerable {
                requester: REQUESTER,
                key,
            }),
        }
    }

    /// A combination to which all answers were added.
    pub(super) fn combination<'a>(
        &'a self,
        committee: &'a Committee,
        opened: &Opened,
    ) -> Combination<'a> {
        let opening = (OPENING, seals_root(&self.ids()));
        let mut combination = Combination::new(committee, opening, &self.seals).expect("few");
        for answer in &opened.answers {
            let message = PartialsMessage::decode(&answer.message).expect("decodes");
            let _ = combination.add(bytes(&answer.keeper), answer.epoch, &message, &self.key);
        }
        combination
    }

    /// Whether the answers open every seal to the secret.
    pub(super) fn opens(&self, committee: &Committee, opened: &Opened) -> bool {
        let secrets = self.combination(committee, opened).open();
        secrets.is_ok_and(|secrets| {
            secrets.len() == self.seals.len()
                && secrets
                    .iter()
                    .all(|secret| secret.encode() == self.secret.encode())
        })
    }
}

/// What each refusing keeper said.
pub(super) fn said(opened: &Opened) -> Vec<Refusal> {
    opened
        .refusals
        .iter()
        .map(|(_, refusal)| *refusal)
        .collect()
}

/// An identity that belongs to no keeper.
pub(super) fn stranger() -> ed25519::PrivateKey {
    PrivateKey::from_seed(999)
}
