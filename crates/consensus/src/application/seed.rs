//! Which seed a block carries, and what its `prevrandao` is.
//!
//! A block carries the seed of its grandparent's round. When no member has it any more (all of them
//! restarted), the parent's seed is carried on, but not before [`GRACE_MS`] have passed since the
//! parent: by then a leader who wanted to choose between the two has lost its turn.

use super::Shared;
use commonware_codec::{Copying, DecodeExt as _, Encode as _};
use commonware_consensus::{
    CertifiableBlock as _,
    types::{Epoch, Round, View},
};
use commonware_cryptography::bls12381::primitives::variant;
use theriac_evidence::section::{self, Signature};
use theriac_ledger::{
    Block,
    block::{Seed, Variant},
};

/// How long after its parent a block may carry on its parent's seed, in milliseconds.
pub(super) const GRACE_MS: u64 = 10_000;

/// The round whose seed a child of `parent` carries; `None` for the first blocks of a chain.
pub(super) fn due_round(parent: &Block, grandparent: Option<&Block>) -> Option<Round> {
    let grandparent = grandparent.filter(|block| block.header().number > 0)?;
    debug_assert_eq!(parent.header().parent_hash, grandparent.hash());
    Some(grandparent.context().round)
}

/// The seed for a child of `parent` at `time_ms`, if there is one that voters will accept.
pub(super) fn choose(
    shared: &Shared,
    parent: &Block,
    due: Option<Round>,
    time_ms: u64,
) -> Option<Option<section::Seed>> {
    let Some(due) = due else { return Some(None) };
    if let Some(seed) = shared.seeds.get(due) {
        return Some(Some(to_section(&seed)));
    }
    let carried = parent.section().seed;
    (time_ms >= parent.section().time_ms + GRACE_MS).then_some(carried)
}

/// Whether `seed` is one that a child of `parent` at `time_ms` may carry.
pub(super) fn acceptable(
    shared: &Shared,
    parent: &Block,
    due: Option<Round>,
    seed: Option<&section::Seed>,
    time_ms: u64,
) -> bool {
    let Some(due) = due else {
        return seed.is_none();
    };
    if let Some(seed) = seed
        && round_of(seed) == due
    {
        return verified(shared, seed);
    }
    seed == parent.section().seed.as_ref() && time_ms >= parent.section().time_ms + GRACE_MS
}

fn verified(shared: &Shared, seed: &section::Seed) -> bool {
    let round = round_of(seed);
    if shared
        .seeds
        .get(round)
        .is_some_and(|known| to_section(&known) == *seed)
    {
        return true;
    }
    let Some(candidate) = to_engine(seed) else {
        return false;
    };
    let holds = candidate.verify(&shared.verifier);
    if holds {
        shared.seeds.insert(candidate);
    }
    holds
}

fn round_of(seed: &section::Seed) -> Round {
    Round::new(Epoch::new(seed.epoch), View::new(seed.view))
}

fn to_section(seed: &Seed) -> section::Seed {
    section::Seed {
        epoch: seed.round().epoch().get(),
        view: seed.round().view().get(),
        signature: Signature::from_slice(&seed.signature.encode()),
    }
}

fn to_engine(seed: &section::Seed) -> Option<Seed> {
    type Point = <Variant as variant::Variant>::Signature;
    let signature = Point::decode(Copying(seed.signature.as_slice())).ok()?;
    Some(Seed::new(round_of(seed), signature))
}
