//! What a keeper asks of finalised state before it answers.

use alloy_primitives::{Address, B256};

use super::{
    acts_for::acts_for,
    state::{self, Opening},
};
use crate::{
    codes::{Basis, Kinds, OpeningStatus},
    directory::standing::find,
    host::{Halt, Host},
    refusals::Refusal,
    seals::seals_root,
    trials,
};

/// An opening that a keeper answers now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answerable {
    /// The chart, or the study of an allocation.
    pub chart: B256,
    /// Who opens.
    pub requester: Address,
    /// Content id of the requester's one-time public key.
    pub key: B256,
}

/// Whether a keeper answers for these seals of an opening (from 2^63 on of an allocation, by the rules of [`trials::answerable`]), according to the state and time of the host. A refusal is, in this order:
/// `OpeningUnknown`, `OpeningDenied`, `OpeningExpired`, `OpeningClosed`, then, unless the requester opened by a right of their own, `NotEnrolled`,
/// `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced` or `OrganisationChanged`, and `SealsDiffer`. A right of one's own that has
/// ended since, or whose key is frozen, is `OpeningClosed`.
///
/// # Errors
/// Any [`Halt`].
pub fn answerable(
    host: &mut dyn Host,
    opening: u64,
    seals: &[B256],
) -> Result<Result<Answerable, Refusal>, Halt> {
    if trials::is_of_trials(opening) {
        return trials::answerable(host, opening, seals);
    }
    let Some(found) = state::opening(host, opening)? else {
        return Ok(Err(Refusal::OpeningUnknown));
    };
    if let Err(refusal) = stands(host, opening, &found)? {
        return Ok(Err(refusal));
    }
    if seals_root(seals) != found.seals_root {
        return Ok(Err(Refusal::SealsDiffer));
    }
    Ok(Ok(Answerable {
        chart: found.chart,
        requester: found.requester,
        key: found.key,
    }))
}

fn stands(
    host: &mut dyn Host,
    number: u64,
    opening: &Opening,
) -> Result<Result<(), Refusal>, Halt> {
    if opening.status != OpeningStatus::Admitted.code() {
        return Ok(Err(Refusal::OpeningDenied));
    }
    if host.time_ms() >= opening.expiry.saturating_mul(1_000) {
        return Ok(Err(Refusal::OpeningExpired));
    }
    if number < state::closed_before(host, opening.chart)? {
        return Ok(Err(Refusal::OpeningClosed));
    }
    person_stands(host, opening)
}

/// Whether the requester is still who was admitted. Who opened by a right of their own must have it still: control may have moved, a key may be
/// frozen, a delegation over.
fn person_stands(host: &mut dyn Host, opening: &Opening) -> Result<Result<(), Refusal>, Halt> {
    match Basis::from_code(opening.basis) {
        Some(basis @ (Basis::Owner | Basis::Delegate)) => {
            let asked = (Kinds(opening.kinds), opening.purpose);
            let right = acts_for(host, opening.chart, opening.requester, asked)?;
            return Ok(match right == Some(basis) {
                true => Ok(()),
                false => Err(Refusal::OpeningClosed),
            });
        }
        Some(Basis::Grant | Basis::NativeRule | Basis::ContractRule | Basis::BreakGlass) => {}
        None => return Ok(Err(Refusal::OpeningUnknown)),
    }
    Ok(find(host, opening.requester)?.and_then(|standing| {
        match standing.organisation.0 == opening.organisation {
            true => Ok(()),
            false => Err(Refusal::OrganisationChanged),
        }
    }))
}

#[cfg(test)]
mod tests;
