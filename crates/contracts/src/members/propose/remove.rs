//! To remove an organisation.

use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{OrganisationRemoved, proposeRemoveCall},
    members::{
        seats,
        state::{self, ORGANISATIONS},
    },
    refusals::Refusal,
};

/// # Errors
/// In this order: `UnknownOrganisation`, `NoLongerAMember`, `OrganisationHasValidators`.
pub(super) fn check(host: &mut dyn Host, call: &proposeRemoveCall) -> Result<(), Stop> {
    state::member(host, call.organisation)?;
    if !seats::of_organisation(host, call.organisation)?.is_empty() {
        return Err(Refusal::OrganisationHasValidators.into());
    }
    Ok(())
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeRemoveCall) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let place = ORGANISATIONS.at(state, call.organisation)?.fields;
    let mut organisation = place.load(state)?;
    organisation.removed = true;
    organisation.gas_per_block = 0;
    place.save(state, &organisation)?;
    state.emit(&OrganisationRemoved {
        organisation: call.organisation,
    })
}
