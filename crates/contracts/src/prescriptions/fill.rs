//! A pharmacist takes a fill, which spends the key.

use alloy_primitives::Address;

use super::state::{self, FILLS, Fill, PRESCRIPTIONS_BY_KEY, Prescription, TOKENS, Token};
use crate::{
    addresses::PRESCRIPTIONS,
    cabinets::points::decode,
    codes::{PrescriptionStatus, Role},
    host::{Halt, Host, Stop},
    interfaces::IPrescriptions::{Filled, fillCall},
    refusals::Refusal,
    signing,
    trade::{Actor, actor},
};

/// Takes a fill.
///
/// # Errors
/// In this order: of [`actor`], `NotADispenser`, `RoleMayNotDispense`, `PrescriptionUnknown`, `FillTaken`, `PrescriptionCancelled`, `PrescriptionNotBegun`,
/// `PrescriptionExpired`, `KeyMissing` or `NextNotNeeded`, `KeyUsed` (of the next key), `CommitmentMalformed`, `QuantityNotConserved`, `NotSignedByKey`.
pub(super) fn fill(host: &mut dyn Host, caller: Address, call: &fillCall) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    if !actor.kind.is_dispenser() {
        return Err(Refusal::NotADispenser.into());
    }
    if actor.role != Role::Pharmacist {
        return Err(Refusal::RoleMayNotDispense.into());
    }
    let (prescription, token) = state::by_key(host, call.key)?;
    check_open(host, &prescription, call)?;
    check_next(host, &token, call)?;
    check_quantity(host, &token, call)?;
    let message = signing::Fill {
        key: call.key,
        next: call.next,
        dispensed: call.dispensed,
        left: call.left,
        pharmacist: caller,
    };
    let digest = signing::digest(host, PRESCRIPTIONS, &message)?;
    signing::check_key(host, call.key, digest, &call.signature)?;
    Ok(write(host, &actor, call, (prescription, token))?)
}

fn check_open(
    host: &mut dyn Host,
    prescription: &Prescription,
    call: &fillCall,
) -> Result<(), Stop> {
    if call.key != prescription.current {
        return Err(Refusal::FillTaken.into());
    }
    match prescription.status(host.time_ms()) {
        PrescriptionStatus::Cancelled => Err(Refusal::PrescriptionCancelled.into()),
        PrescriptionStatus::Expired => Err(Refusal::PrescriptionExpired.into()),
        PrescriptionStatus::Filled => Err(Refusal::FillTaken.into()),
        PrescriptionStatus::Open if host.time_ms() < prescription.from.saturating_mul(1_000) => {
            Err(Refusal::PrescriptionNotBegun.into())
        }
        PrescriptionStatus::Open => Ok(()),
    }
}

/// Refuses a next key where none follows, and one that is not fresh where one does.
fn check_next(host: &mut dyn Host, token: &Token, call: &fillCall) -> Result<(), Stop> {
    let follows = token.fills_left > 1;
    match (follows, call.next.is_zero()) {
        (true, true) => return Err(Refusal::KeyMissing.into()),
        (false, false) => return Err(Refusal::NextNotNeeded.into()),
        (true, false) | (false, true) => {}
    }
    if follows && state::is_used(host, call.next)? {
        return Err(Refusal::KeyUsed.into());
    }
    Ok(())
}

fn check_quantity(host: &mut dyn Host, token: &Token, call: &fillCall) -> Result<(), Stop> {
    let before = decode(host, token.quantity)?;
    let sum = decode(host, call.dispensed)? + decode(host, call.left)?;
    if sum != before {
        return Err(Refusal::QuantityNotConserved.into());
    }
    Ok(())
}

fn spent(host: &dyn Host, actor: &Actor, call: &fillCall) -> Fill {
    Fill {
        pharmacist: actor.account,
        organisation: actor.organisation,
        height: host.height(),
        next: call.next,
        time_ms: host.time_ms(),
        dispensed: call.dispensed,
        left: call.left,
        document: call.document,
    }
}

fn write(
    host: &mut dyn Host,
    actor: &Actor,
    call: &fillCall,
    (prescription, token): (Prescription, Token),
) -> Result<(), Halt> {
    let fill = spent(host, actor, call);
    let state = &mut state::state(host);
    FILLS.at(state, call.key)?.save(state, &fill)?;
    let moved = Prescription {
        current: call.next,
        ..prescription
    };
    let place = PRESCRIPTIONS_BY_KEY.at(state, token.first)?;
    place.save(state, &moved)?;
    if !call.next.is_zero() {
        let next = Token {
            quantity: call.left,
            first: token.first,
            fills_left: token.fills_left - 1,
        };
        TOKENS.at(state, call.next)?.save(state, &next)?;
    }
    state.emit(&Filled {
        key: call.key,
        organisation: actor.organisation,
        pharmacist: actor.account,
        next: call.next,
        dispensed: call.dispensed,
        left: call.left,
        document: call.document,
    })
}

#[cfg(test)]
mod tests;
