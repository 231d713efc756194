//! Commitments in calls and state, with the price of working on them.

use alloy_primitives::B256;

use super::commitment::{Blinding, Commitment};
use crate::{
    host::{Host, Stop},
    refusals::Refusal,
};

/// Gas of decoding or encoding a point: an eighth of the work of ECRECOVER, which costs 3,000 (docs/decisions/0182). Sums cost next to nothing.
const POINT_GAS: u64 = 500;
/// Gas of multiplying a point by a scalar: the work of ECRECOVER.
const PRODUCT_GAS: u64 = 3_000;

/// The commitment in a call or in state.
///
/// # Errors
/// `CommitmentMalformed`, out of gas.
pub(crate) fn decode(host: &mut dyn Host, bytes: B256) -> Result<Commitment, Stop> {
    host.charge(POINT_GAS)?;
    Commitment::decode(bytes).map_err(|_| Refusal::CommitmentMalformed.into())
}

/// The encoding of a commitment.
///
/// # Errors
/// Out of gas.
pub(crate) fn encode(host: &mut dyn Host, commitment: &Commitment) -> Result<B256, Stop> {
    host.charge(POINT_GAS)?;
    Ok(commitment.encode())
}

/// Whether two commitments hold the same amount.
///
/// # Errors
/// Out of gas.
pub(crate) fn are_equal(
    host: &mut dyn Host,
    (one, other): (&Commitment, &Commitment),
    proof: Blinding,
) -> Result<bool, Stop> {
    host.charge(PRODUCT_GAS)?;
    Ok(one.is_equal_by(other, proof))
}
