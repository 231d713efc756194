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
use commonware_utils::{NZU32, NZU64};
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

/// The engine's channels with their quotas of messages per second, in the order of [`Channels`].
pub fn channel_quotas() -> [(Channel, NonZeroU32); 10] {
    [
        (Channel::Votes, NZU32!(2_048)),
        (Channel::Certificates, NZU32!(2_048)),
        (Channel::Resolver, NZU32!(512)),
        (Channel::Backfill, NZU32!(512)),
        (Channel::Broadcast, NZU32!(256)),
        (Channel::State, NZU32!(1_024)),
        (Channel::Ceremony, NZU32!(256)),
        (Channel::Probe, NZU32!(64)),
        (Channel::Transactions, NZU32!(1_024)),
        (Channel::VoteLog, NZU32!(32)),
    ]
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
            .map(|(channel, quota)| register(channel as u64, Quota::per_second(quota)))
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
