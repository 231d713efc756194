//! To set the limits of the network.

use crate::{
    genesis::Parameters,
    host::{Halt, Host, Stop},
    interfaces::IMembers::{ParametersSet, proposeParametersCall},
    members::state::{self, LIMITS},
    refusals::Refusal,
};

/// # Errors
/// `ParameterOutOfRange`.
pub(super) fn check(call: &proposeParametersCall) -> Result<(), Stop> {
    Parameters::from(&call.parameters)
        .check()
        .map_err(|_| Refusal::ParameterOutOfRange.into())
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeParametersCall) -> Result<(), Halt> {
    let state = &mut state::state(host);
    LIMITS.save(state, &Parameters::from(&call.parameters).limits())?;
    state.emit(&ParametersSet {
        parameters: call.parameters.clone(),
    })
}
