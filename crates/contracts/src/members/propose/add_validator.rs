//! To add a validator.

use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{ValidatorAdded, proposeAddValidatorCall},
    members::{
        identity, location, seats,
        state::{self, VALIDATORS_MAX, Validator},
        validators,
    },
    refusals::Refusal,
};

/// # Errors
/// In this order: `IdentityMalformed`, `UnknownOrganisation`, `NoLongerAMember`, `LocationMalformed`, `IdentityTaken`, `LocationTaken`,
/// `TooManyValidators`.
pub(super) fn check(host: &mut dyn Host, call: &proposeAddValidatorCall) -> Result<(), Stop> {
    host.charge(identity::GAS)?;
    if !identity::is_key(call.identity) {
        return Err(Refusal::IdentityMalformed.into());
    }
    state::member(host, call.organisation)?;
    if !location::is_location(&call.location) {
        return Err(Refusal::LocationMalformed.into());
    }
    if seats::of_identity(host, call.identity)?.is_some() {
        return Err(Refusal::IdentityTaken.into());
    }
    if validators::is_location_taken(host, &call.location)? {
        return Err(Refusal::LocationTaken.into());
    }
    let count = seats::active(host)?.len() as u64;
    if count >= u64::from(VALIDATORS_MAX.load(&mut state::state(host))?) {
        return Err(Refusal::TooManyValidators.into());
    }
    Ok(())
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeAddValidatorCall) -> Result<(), Halt> {
    let fields = Validator {
        identity: call.identity,
        organisation: call.organisation,
        added_height: host.height(),
        removed_height: 0,
    };
    let state = &mut state::state(host);
    let index = validators::insert(state, &fields, &call.location)?;
    state.emit(&ValidatorAdded {
        validator: index,
        identity: call.identity,
        organisation: call.organisation,
        location: call.location.clone(),
    })
}
