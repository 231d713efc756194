//! Custody: the way of a pack from its lot to the key that holds it. `docs/protocol/packs.md`, section 4.
//!
//! A key is closed once with one commitment, which opens to one hand-over root, in which a unit has one value. So a pack has one
//! next key at each step, as long as a step cannot choose between units that both hold it. Therefore a pack is handed over by its own tag,
//! or inside a container that is all that its key hands over: two containers in one hand-over could hold the same pack for two receivers.

use alloy_primitives::{Address, B256, b256, keccak256};

use super::trie::{DEPTH_LIMIT, TrieError, root_of};
pub use crate::interfaces::IPacks::{CustodyProof, CustodyStep};

/// keccak256("theriac/pack/handover/v1").
const HAND_OVER_DOMAIN: B256 =
    b256!("072cbca97046cd5ba063c1d6f5eb6883ac452df5c63914eab1267f6988b04024");
/// Steps that a proof may have.
pub const STEP_LIMIT: usize = 16;
/// How deep containers may stand in each other.
pub const NESTING_LIMIT: usize = 4;

/// Why a proof does not lead to a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CustodyError {
    /// Too many steps.
    #[error("got {0} steps, expected at most 16")]
    TooManySteps(usize),
    /// There is not one commitment for each step.
    #[error("got {got} commitments, expected {expected}")]
    CommitmentCount {
        /// Commitments that were given.
        got: usize,
        /// Steps of the proof.
        expected: usize,
    },
    /// The pack is not in the lot.
    #[error("the pack is not in the lot")]
    NotInTheLot,
    /// The step is of another key than the step before it led to.
    #[error("step {0}: another key holds the pack")]
    OtherKey(usize),
    /// Containers stand too deep in each other.
    #[error("step {0}: got containers more than 4 deep")]
    NestedTooDeep(usize),
    /// The pack is in a container beside other units.
    #[error("step {0}: a container was handed over beside other units")]
    ContainerNotAlone(usize),
    /// A list of siblings is too long.
    #[error("step {0}: got more than 64 siblings")]
    TooDeep(usize),
    /// The step leads to nobody.
    #[error("step {0}: the next key is zero")]
    NextMissing(usize),
    /// The key is not closed, or with another commitment.
    #[error("step {0}: the commitment does not open to this")]
    OtherCommitment(usize),
}

/// The key that holds a pack: the last one that the proof leads to. Whether it is closed too, the caller asks.
///
/// `first` is the first key of the lot that the proof names; `commitments` are those with which the keys of its steps were closed, zero
/// where one is not.
///
/// # Errors
/// The first [`CustodyError`] on the way.
pub fn holder(
    tag: B256,
    proof: &CustodyProof,
    first: Address,
    commitments: &[B256],
) -> Result<Address, CustodyError> {
    let steps = proof.steps.len();
    if steps > STEP_LIMIT {
        return Err(CustodyError::TooManySteps(steps));
    }
    if commitments.len() != steps {
        return Err(CustodyError::CommitmentCount {
            got: commitments.len(),
            expected: steps,
        });
    }
    if root_of(tag, B256::ZERO, &proof.membership) != Ok(proof.lot) {
        return Err(CustodyError::NotInTheLot);
    }
    let mut holder = first;
    for (number, (step, commitment)) in proof.steps.iter().zip(commitments).enumerate() {
        if step.key != holder {
            return Err(CustodyError::OtherKey(number));
        }
        check_step(number, tag, step, *commitment)?;
        holder = step.next;
    }
    Ok(holder)
}

fn check_step(
    number: usize,
    tag: B256,
    step: &CustodyStep,
    commitment: B256,
) -> Result<(), CustodyError> {
    if step.inner.len() > NESTING_LIMIT {
        return Err(CustodyError::NestedTooDeep(number));
    }
    if !step.inner.is_empty() && !step.outer.is_empty() {
        return Err(CustodyError::ContainerNotAlone(number));
    }
    if step.next.is_zero() {
        return Err(CustodyError::NextMissing(number));
    }
    let too_deep = |_: TrieError| CustodyError::TooDeep(number);
    let mut unit = tag;
    for siblings in &step.inner {
        unit = root_of(unit, B256::ZERO, siblings).map_err(too_deep)?;
    }
    let root = root_of(unit, step.next.into_word(), &step.outer).map_err(too_deep)?;
    if commitment.is_zero() || hand_over_commitment(step.salt, root) != commitment {
        return Err(CustodyError::OtherCommitment(number));
    }
    Ok(())
}

/// What a key is closed with: keccak256(keccak256("theriac/pack/handover/v1") || salt || hand-over root). The salt is 32 random bytes.
pub fn hand_over_commitment(salt: B256, root: B256) -> B256 {
    keccak256([HAND_OVER_DOMAIN, salt, root].concat())
}

/// Hashes that checking a proof takes at most, if it is within the limits.
pub(super) fn hashes(proof: &CustodyProof) -> Option<u64> {
    let fits = |siblings: &Vec<B256>| siblings.len() <= DEPTH_LIMIT;
    let mut hashes = proof.membership.len() + 1;
    let mut within = fits(&proof.membership) && proof.steps.len() <= STEP_LIMIT;
    for step in &proof.steps {
        within &= step.inner.len() <= NESTING_LIMIT && step.inner.iter().all(fits);
        within &= fits(&step.outer);
        hashes += step.outer.len() + 2;
        hashes += step.inner.iter().map(|one| one.len() + 1).sum::<usize>();
    }
    within.then_some(hashes as u64)
}

#[cfg(test)]
mod tests;
