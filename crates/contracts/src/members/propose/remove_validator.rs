//! To remove a validator.

use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{ValidatorRemoved, proposeRemoveValidatorCall},
    members::{
        seats,
        state::{self, VALIDATORS},
    },
    refusals::Refusal,
};

/// From this number of validators on, one may fail: it is never gone below again.
const ONE_MAY_FAIL: usize = 4;

/// # Errors
/// In this order: `ValidatorUnknown`, `TooFewValidators`.
pub(super) fn check(host: &mut dyn Host, call: &proposeRemoveValidatorCall) -> Result<(), Stop> {
    if seats::of_identity(host, call.identity)?.is_none() {
        return Err(Refusal::ValidatorUnknown.into());
    }
    let count = seats::active(host)?.len();
    if count == ONE_MAY_FAIL || count == 1 {
        return Err(Refusal::TooFewValidators.into());
    }
    Ok(())
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeRemoveValidatorCall) -> Result<(), Halt> {
    let (index, mut fields) = seats::of_identity(host, call.identity)?
        .expect("the change was checked in the same transaction");
    fields.removed_height = host.height();
    let state = &mut state::state(host);
    VALIDATORS.at(state, index)?.fields.save(state, &fields)?;
    seats::set_active(state, index, false)?;
    state.emit(&ValidatorRemoved {
        validator: index,
        identity: fields.identity,
        organisation: fields.organisation,
    })
}
