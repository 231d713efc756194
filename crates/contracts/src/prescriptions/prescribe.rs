//! A physician prescribes.

use alloy_primitives::Address;

use super::state::{self, PRESCRIPTIONS_BY_KEY, Prescription, TOKENS, Token};
use crate::{
    cabinets::points::decode,
    codes::{OrganisationKind, Role},
    host::{Halt, Host, Stop},
    interfaces::IPrescriptions::{Prescribed, prescribeCall},
    refusals::Refusal,
    trade::{Actor, actor},
};

/// Most fills.
const FILLS_MAX: u8 = 100;
/// Longest time from beginning to end, in seconds: a year of 366 days.
const WINDOW_MAX: u64 = 366 * 86_400;

/// Makes a prescription that the holder of the key may have filled.
///
/// # Errors
/// In this order: of [`actor`], `NotAPrescriber`, `KeyMissing`, `CommitmentMissing` (of the terms or the quantity), `FillsOutOfRange`,
/// `WindowMalformed`, `ExpiryPassed`, `CommitmentMalformed`, `KeyUsed`.
pub(super) fn prescribe(
    host: &mut dyn Host,
    caller: Address,
    call: &prescribeCall,
) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    let treats = matches!(
        actor.kind,
        OrganisationKind::Hospital | OrganisationKind::Clinic
    );
    if !treats || actor.role != Role::Physician {
        return Err(Refusal::NotAPrescriber.into());
    }
    check_form(call)?;
    if call.until.saturating_mul(1_000) <= host.time_ms() {
        return Err(Refusal::ExpiryPassed.into());
    }
    decode(host, call.quantity)?;
    if state::is_used(host, call.key)? {
        return Err(Refusal::KeyUsed.into());
    }
    Ok(write(host, &actor, call)?)
}

fn check_form(call: &prescribeCall) -> Result<(), Refusal> {
    if call.key.is_zero() {
        return Err(Refusal::KeyMissing);
    }
    if call.terms.is_zero() || call.quantity.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    if !(1..=FILLS_MAX).contains(&call.fills) {
        return Err(Refusal::FillsOutOfRange);
    }
    let window = call.until.saturating_sub(call.from);
    if window == 0 || window > WINDOW_MAX {
        return Err(Refusal::WindowMalformed);
    }
    Ok(())
}

fn write(host: &mut dyn Host, actor: &Actor, call: &prescribeCall) -> Result<(), Halt> {
    let prescription = Prescription {
        prescriber: actor.account,
        organisation: actor.organisation,
        fills: call.fills,
        cancelled: false,
        current: call.key,
        from: call.from,
        terms: call.terms,
        until: call.until,
        created_time_ms: host.time_ms(),
    };
    let token = Token {
        quantity: call.quantity,
        first: call.key,
        fills_left: call.fills,
    };
    let state = &mut state::state(host);
    PRESCRIPTIONS_BY_KEY
        .at(state, call.key)?
        .save(state, &prescription)?;
    TOKENS.at(state, call.key)?.save(state, &token)?;
    state.emit(&Prescribed {
        key: call.key,
        organisation: actor.organisation,
        prescriber: actor.account,
        terms: call.terms,
        fills: call.fills,
        quantity: call.quantity,
        from: call.from,
        until: call.until,
    })
}

#[cfg(test)]
mod tests;
