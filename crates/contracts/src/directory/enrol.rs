//! An organisation enrols a person.

use alloy_primitives::Address;

use super::{
    standing::{self, Standing},
    state::{self, Enrolment, LISTED, PEOPLE, PEOPLE_COUNT, PEOPLE_OF},
};
use crate::{
    addresses::HISTORY,
    codes::{EnrolmentStatus, Role},
    host::{Halt, Host, Stop},
    interfaces::IDirectory::{Enrolled, enrolCall},
    members, recovery,
    refusals::Refusal,
    registry,
    storage::State,
};

/// Enrols a person in the caller's organisation; a key that the person has set stays.
///
/// # Errors
/// In this order: `NotAnAdministrator`, `AccountNotAllowed`, `AccountIsAnOrganisation`, `UnknownRole`, `ExpiryPassed`,
/// `CommitmentMissing`, `AlreadyEnrolled`, `KeyFrozen` or `KeyReplaced`, `AccountIsASuccessor`.
pub(super) fn enrol(host: &mut dyn Host, caller: Address, call: &enrolCall) -> Result<(), Stop> {
    let administrator = administrator(host, caller)?;
    let role = decide(host, call)?;
    let enrolment = Enrolment {
        organisation: administrator.organisation.0,
        role: role.code(),
        status: EnrolmentStatus::Active.code(),
        expiry: call.expiry,
        enrolled_time_ms: host.time_ms(),
        changed_time_ms: host.time_ms(),
        frozen: false,
    };
    Ok(write(&mut state::state(host), caller, call, &enrolment)?)
}

/// The standing of someone who may enrol and end people of an organisation.
///
/// # Errors
/// `NotAnAdministrator`.
pub(super) fn administrator(host: &mut dyn Host, caller: Address) -> Result<Standing, Stop> {
    match standing::find(host, caller)? {
        Ok(standing) if standing.role == Role::Administrator => Ok(standing),
        Ok(_) | Err(_) => Err(Refusal::NotAnAdministrator.into()),
    }
}

fn decide(host: &mut dyn Host, call: &enrolCall) -> Result<Role, Stop> {
    let native = call.person == HISTORY || registry::native(call.person).is_some();
    if call.person.is_zero() || native {
        return Err(Refusal::AccountNotAllowed.into());
    }
    if members::state::organisation_of(host, call.person)?.is_some() {
        return Err(Refusal::AccountIsAnOrganisation.into());
    }
    let role = Role::from_code(call.role).ok_or(Refusal::UnknownRole)?;
    if call.expiry != 0 && call.expiry.saturating_mul(1_000) <= host.time_ms() {
        return Err(Refusal::ExpiryPassed.into());
    }
    if call.nameCommitment.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    match standing::find_person(host, call.person)? {
        Ok(_) => return Err(Refusal::AlreadyEnrolled.into()),
        Err(refusal @ (Refusal::KeyFrozen | Refusal::KeyReplaced)) => return Err(refusal.into()),
        Err(_) => {}
    }
    if recovery::state::is_awaited(host, call.person)? {
        return Err(Refusal::AccountIsASuccessor.into());
    }
    Ok(role)
}

fn write(
    state: &mut State<'_>,
    caller: Address,
    call: &enrolCall,
    enrolment: &Enrolment,
) -> Result<(), Halt> {
    let person = PEOPLE.at(state, call.person)?;
    person.enrolment.save(state, enrolment)?;
    person.name_commitment.save(state, &call.nameCommitment)?;
    person
        .licence_commitment
        .save(state, &call.licenceCommitment)?;
    list(state, enrolment.organisation, call.person)?;
    state.emit(&Enrolled {
        person: call.person,
        organisation: enrolment.organisation,
        role: enrolment.role,
        expiry: enrolment.expiry,
        by: caller,
    })
}

/// Adds the account to the organisation's list unless it stands there.
pub(super) fn list(state: &mut State<'_>, organisation: u32, account: Address) -> Result<(), Halt> {
    let listed = LISTED.at(state, organisation)?.at(state, account)?;
    if listed.load(state)? {
        return Ok(());
    }
    listed.save(state, &true)?;
    let count = PEOPLE_COUNT.at(state, organisation)?;
    let index = count.load(state)?;
    PEOPLE_OF
        .at(state, organisation)?
        .at(state, index)?
        .save(state, &account)?;
    count.save(state, &(index + 1))
}

#[cfg(test)]
mod tests;
