//! The channels that members speak on, their quotas and the largest message.

use crate::{mempool, votes};
use commonware_consensus::marshal::{self, standard::Standard};
use commonware_glue::{
    dkg::{max_payload_size as ceremony_bytes, orchestrator, probe},
    stateful::db::p2p as state_sync,
};
use commonware_p2p::max_message_size;
use commonware_runtime::Quota;
use commonware_storage::mmr;
use commonware_utils::NZU64;
use std::num::{NonZeroU32, NonZeroU64};
use theriac_ledger::{
    Block, Limits,
    block::{Digest, MAX_PARTICIPANTS, PublicKey, Scheme, Variant},
    state::encoded_operation_bytes,
};

/// Operations of the state database in one message of state sync.
pub(super) const SYNC_OPERATIONS: NonZeroU64 = NZU64!(32);

/// Channels by purpose. The vault's and the keepers' numbers are taken here so that no two meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u64)]
pub enum Channel {
    /// Votes.
    Votes = 0,
    /// Certificates.
    Certificates = 1,
    /// Missing certificates.
    Resolver = 2,
    /// Missing blocks.
    Backfill = 3,
    /// New blocks.
    Broadcast = 4,
    /// State for a node that synchronises.
    State = 5,
    /// Key generation.
    Ceremony = 6,
    /// The latest final block, for a node that starts.
    Probe = 7,
    /// Ciphertext; the vault's.
    Vault = 8,
    /// Waiting transactions.
    Transactions = 9,
    /// Partial signatures over seals; the keepers'.
    Keepers = 10,
    /// Votes of contested views, for members to compare.
    VoteLog = 11,
}

/// The engine's channels with their quotas for each peer, in the order of [`Channels`].
pub fn channel_quotas() -> [(Channel, Quota); 10] {
    [
        (Channel::Votes, quota(2_048, 128)),
        (Channel::Certificates, quota(2_048, 64)),
        (Channel::Resolver, quota(512, 64)),
        (Channel::Backfill, quota(512, 64)),
        (Channel::Broadcast, quota(256, 32)),
        (Channel::State, quota(1_024, 128)),
        (Channel::Ceremony, quota(256, 128)),
        (Channel::Probe, quota(64, 8)),
        (Channel::Transactions, quota(1_024, 256)),
        (Channel::VoteLog, quota(32, 16)),
    ]
}

/// Messages per second, and how many of them at once. The network sets memory aside for as many as may come at once
/// from each peer that it has room for, so that the second figure is the one that costs.
pub const fn quota(per_second: u32, at_once: u32) -> Quota {
    let (per_second, at_once) = (NonZeroU32::new(per_second), NonZeroU32::new(at_once));
    Quota::per_second(per_second.expect("a quota lets something pass"))
        .allow_burst(at_once.expect("a quota lets something pass"))
}

/// One sender and receiver for each of the engine's channels.
pub struct Channels<S, R> {
    /// Votes.
    pub votes: (S, R),
    /// Certificates.
    pub certificates: (S, R),
    /// Missing certificates.
    pub resolver: (S, R),
    /// Missing blocks.
    pub backfill: (S, R),
    /// New blocks.
    pub broadcast: (S, R),
    /// State for a node that synchronises.
    pub state: (S, R),
    /// Key generation.
    pub ceremony: (S, R),
    /// The latest final block.
    pub probe: (S, R),
    /// Waiting transactions.
    pub transactions: (S, R),
    /// Votes of contested views.
    pub vote_log: (S, R),
}

impl<S, R> Channels<S, R> {
    /// Opens every channel with `register`.
    pub fn open(mut register: impl FnMut(u64, Quota) -> (S, R)) -> Self {
        let mut channels = channel_quotas()
            .map(|(channel, quota)| register(channel as u64, quota))
            .into_iter();
        let mut next = || channels.next().expect("there is a pair for each field");
        Self {
            votes: next(),
            certificates: next(),
            resolver: next(),
            backfill: next(),
            broadcast: next(),
            state: next(),
            ceremony: next(),
            probe: next(),
            transactions: next(),
            vote_log: next(),
        }
    }
}

/// Bound of every message of the engine and of `others`.
pub fn max_message_bytes(limits: &Limits, others: &[u32]) -> u32 {
    let participants = MAX_PARTICIPANTS.get();
    let operations = state_sync::max_payload_size::<
        mmr::Family,
        commonware_cryptography::sha256::Digest,
    >(SYNC_OPERATIONS, encoded_operation_bytes());
    let mut sizes = vec![
        orchestrator::max_payload_size::<Scheme, Digest>(participants) + votes::SIGNATURE_BYTES,
        marshal::max_payload_size::<Standard<Block>, Scheme>(participants, limits),
        probe::max_payload_size::<Standard<Block>, Scheme>(participants, limits),
        ceremony_bytes::<Variant, PublicKey>(MAX_PARTICIPANTS),
        operations,
        mempool::max_message_bytes() as usize,
        votes::max_message_bytes() as usize,
    ];
    sizes.extend(others.iter().map(|bytes| *bytes as usize));
    max_message_size(&sizes)
}
