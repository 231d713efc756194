//! To admit an organisation.

use crate::{
    addresses::HISTORY,
    codes::OrganisationKind,
    directory,
    host::{Halt, Host, Stop},
    interfaces::IMembers::{OrganisationAdmitted, proposeAdmitCall},
    members::{
        organisation::{self, ORGANISATIONS_MAX},
        state::{self, ORGANISATION_COUNT, Organisation},
    },
    refusals::Refusal,
    registry,
};

/// # Errors
/// In this order: `NameMalformed`, `UnknownOrganisationKind`, `AccountNotAllowed`, `AdminAccountTaken`, `QuotaZero`,
/// `TooManyOrganisations`.
pub(super) fn check(host: &mut dyn Host, call: &proposeAdmitCall) -> Result<(), Stop> {
    if !organisation::is_name(&call.name) {
        return Err(Refusal::NameMalformed.into());
    }
    if OrganisationKind::from_code(call.kind).is_none() {
        return Err(Refusal::UnknownOrganisationKind.into());
    }
    let is_native = call.admin == HISTORY || registry::native(call.admin).is_some();
    if call.admin.is_zero() || is_native {
        return Err(Refusal::AccountNotAllowed.into());
    }
    if is_taken(host, call)? {
        return Err(Refusal::AdminAccountTaken.into());
    }
    if call.gasPerBlock == 0 {
        return Err(Refusal::QuotaZero.into());
    }
    if ORGANISATION_COUNT.load(&mut state::state(host))? >= ORGANISATIONS_MAX {
        return Err(Refusal::TooManyOrganisations.into());
    }
    Ok(())
}

/// Whether the account is a member's, or was enrolled as a person, which would count before.
fn is_taken(host: &mut dyn Host, call: &proposeAdmitCall) -> Result<bool, Halt> {
    if directory::standing::find_person(host, call.admin)? != Err(Refusal::NotEnrolled) {
        return Ok(true);
    }
    match state::organisation_of(host, call.admin)? {
        Some(organisation) => Ok(!state::is_removed(host, organisation)?),
        None => Ok(false),
    }
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeAdmitCall) -> Result<(), Halt> {
    let fields = Organisation {
        admin: call.admin,
        kind: call.kind,
        gas_per_block: call.gasPerBlock,
        removed: false,
    };
    let state = &mut state::state(host);
    let id = organisation::insert(state, &fields, &call.name)?;
    state.emit(&OrganisationAdmitted {
        organisation: id,
        kind: call.kind,
        admin: call.admin,
        gasPerBlock: call.gasPerBlock,
        name: call.name.clone(),
    })
}
