//! What is left of a prescription is cancelled.

use alloy_primitives::Address;

use super::state::{self, PRESCRIPTIONS_BY_KEY};
use crate::{
    codes::{PrescriptionStatus, Role},
    directory::standing::standing,
    host::{Host, Stop},
    interfaces::IPrescriptions::PrescriptionEnded,
    recovery,
    refusals::Refusal,
};

/// Cancels a prescription by any of its keys.
///
/// # Errors
/// In this order: of [`standing`], `PrescriptionUnknown`, `MayNotCancel`, `PrescriptionCancelled`, `PrescriptionFilled`, `PrescriptionExpired`.
pub(super) fn cancel(host: &mut dyn Host, caller: Address, key: Address) -> Result<(), Stop> {
    let standing = standing(host, caller)?;
    let (mut prescription, token) = state::by_key(host, key)?;
    let prescriber = recovery::state::holder(host, prescription.prescriber)?;
    let administers = standing.role == Role::Administrator
        && standing.organisation.0 == prescription.organisation;
    if caller != prescriber && !administers {
        return Err(Refusal::MayNotCancel.into());
    }
    match prescription.status(host.time_ms()) {
        PrescriptionStatus::Cancelled => return Err(Refusal::PrescriptionCancelled.into()),
        PrescriptionStatus::Filled => return Err(Refusal::PrescriptionFilled.into()),
        PrescriptionStatus::Expired => return Err(Refusal::PrescriptionExpired.into()),
        PrescriptionStatus::Open => {}
    }
    prescription.cancelled = true;
    let state = &mut state::state(host);
    PRESCRIPTIONS_BY_KEY
        .at(state, token.first)?
        .save(state, &prescription)?;
    Ok(state.emit(&PrescriptionEnded {
        first: token.first,
        organisation: prescription.organisation,
        account: caller,
    })?)
}

#[cfg(test)]
mod tests;
