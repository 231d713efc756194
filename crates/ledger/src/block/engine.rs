//! The engine's types at the parameters that this ledger chose, in one place.

use alloy_primitives::B256;
use commonware_consensus::simplex::{scheme::bls12381_threshold::vrf, types};
use commonware_cryptography::{
    bls12381::primitives::{sharing::ModeVersion, variant::MinSig},
    ed25519, keccak256,
};
use commonware_glue::dkg::{network::Addresses, types as dkg};
use std::num::NonZeroU32;

/// Digest of a block: its Ethereum hash.
pub type Digest = keccak256::Digest;
/// Identity of a validator.
pub type PublicKey = ed25519::PublicKey;
/// BLS12-381 with signatures in G1 (48 bytes) and the group key in G2 (96 bytes).
pub type Variant = MinSig;
/// Threshold scheme whose certificates carry the vote and the seed of the round.
pub type Scheme = vrf::Scheme<PublicKey, Variant>;
/// Seed of a round: the group's signature over the round alone.
pub type Seed = vrf::Seed<Variant>;
/// Round, leader and parent of a block.
pub type BlockContext = types::Context<Digest, PublicKey>;
/// The quorum's word that a block is final.
pub type Finalization = types::Finalization<Scheme, Digest>;
/// Where validators are reached.
pub type Directory = Addresses<PublicKey>;
/// Public description of an epoch: committee, threshold output, directory.
pub type EpochInfo = dkg::EpochInfo<Variant, PublicKey, Directory>;
/// Key-generation material in a block: a dealer's log or the next epoch's description.
pub type Payload = dkg::Payload<Variant, PublicKey, Directory>;

/// Most validators that a committee may have; bounds every decoder of key-generation material.
pub const MAX_PARTICIPANTS: NonZeroU32 = NonZeroU32::new(64).expect("64 is not zero");

/// Newest sharing mode that decoders accept.
pub const fn supported_mode() -> ModeVersion {
    ModeVersion::v1()
}

/// The engine's digest of an Ethereum hash.
pub const fn digest_of(hash: B256) -> Digest {
    keccak256::Digest(hash.0)
}
