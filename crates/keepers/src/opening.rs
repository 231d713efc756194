//! What a requester asks of the keepers, and what it gets.

use crate::Refusal;
use commonware_cryptography::ed25519;

/// Bytes of the longest public key's blob, X-Wing's.
pub const MAX_KEY_BYTES: usize = 2 + 1_216;

/// A wish to have a final opening answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenRequest {
    /// The number of the opening.
    pub opening: u64,
    /// Its seals in their order.
    pub seals: Vec<[u8; 32]>,
    /// The blob of the one-time key that it names.
    pub key: Vec<u8>,
}

/// One keeper's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeeperAnswer {
    /// The keeper.
    pub keeper: ed25519::PublicKey,
    /// The epoch of the share that it signed with.
    pub epoch: u64,
    /// Its partials, encrypted to the one-time key and signed by it.
    pub message: Vec<u8>,
}

/// What the keepers said to an opening.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opened {
    /// The epoch of the answers.
    pub epoch: u64,
    /// Answers that open it together.
    pub needed: usize,
    /// The answers, all of one epoch, in the order in which they came.
    pub answers: Vec<KeeperAnswer>,
    /// The keepers without an answer, and what each said last.
    pub refusals: Vec<(ed25519::PublicKey, Refusal)>,
}
