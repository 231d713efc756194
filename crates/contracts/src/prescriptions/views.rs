//! Views of prescriptions, for whoever knows a key.

use alloy_primitives::Address;

use super::state::{self, FILLS, TOKENS};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IPrescriptions::{Fill, Prescription},
};

/// The prescription that a key belongs to.
///
/// # Errors
/// `PrescriptionUnknown`.
pub(super) fn prescription(host: &mut dyn Host, key: Address) -> Result<Prescription, Stop> {
    let (found, token) = state::by_key(host, key)?;
    let status = found.status(host.time_ms());
    let state = &mut state::state(host);
    let current = TOKENS.at(state, found.current)?.load(state)?;
    Ok(Prescription {
        first: token.first,
        current: found.current,
        prescriber: found.prescriber,
        organisation: found.organisation,
        terms: found.terms,
        fills: found.fills,
        fillsLeft: current.fills_left,
        quantity: current.quantity,
        from: found.from,
        until: found.until,
        status: status.code(),
        createdTimeMs: found.created_time_ms,
    })
}

/// The fill that spent a key; zeros while it is not spent.
pub(super) fn fill_of(host: &mut dyn Host, key: Address) -> Result<Fill, Halt> {
    let state = &mut state::state(host);
    let found = FILLS.at(state, key)?.load(state)?;
    let is_spent = !found.pharmacist.is_zero();
    Ok(Fill {
        key: if is_spent { key } else { Address::ZERO },
        next: found.next,
        pharmacist: found.pharmacist,
        organisation: found.organisation,
        dispensed: found.dispensed,
        left: found.left,
        document: found.document,
        height: found.height,
        timeMs: found.time_ms,
    })
}

#[cfg(test)]
mod tests;
