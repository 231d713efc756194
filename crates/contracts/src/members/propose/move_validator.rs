//! To reach a validator at another location.

use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{ValidatorMoved, proposeMoveValidatorCall},
    members::{
        location, seats,
        state::{self, VALIDATOR_LOCATION, VALIDATORS},
        validators,
    },
    refusals::Refusal,
};

/// # Errors
/// In this order: `ValidatorUnknown`, `LocationMalformed`, `LocationTaken`.
pub(super) fn check(host: &mut dyn Host, call: &proposeMoveValidatorCall) -> Result<(), Stop> {
    if seats::of_identity(host, call.identity)?.is_none() {
        return Err(Refusal::ValidatorUnknown.into());
    }
    if !location::is_location(&call.location) {
        return Err(Refusal::LocationMalformed.into());
    }
    if validators::is_location_taken(host, &call.location)? {
        return Err(Refusal::LocationTaken.into());
    }
    Ok(())
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeMoveValidatorCall) -> Result<(), Halt> {
    let (index, fields) = seats::of_identity(host, call.identity)?
        .expect("the change was checked in the same transaction");
    let state = &mut state::state(host);
    VALIDATORS
        .at(state, index)?
        .text(VALIDATOR_LOCATION)
        .save(state, &call.location)?;
    state.emit(&ValidatorMoved {
        validator: index,
        identity: fields.identity,
        location: call.location.clone(),
    })
}
