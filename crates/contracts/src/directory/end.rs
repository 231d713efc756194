//! An organisation ends a person's role.

use alloy_primitives::Address;

use super::{
    enrol::administrator,
    state::{self, PEOPLE},
};
use crate::{
    codes::EnrolmentStatus,
    host::{Host, Stop},
    interfaces::IDirectory::Ended,
    refusals::Refusal,
};

/// Ends the enrolment of a person of the caller's organisation. Key and charts stay the person's.
///
/// # Errors
/// In this order: `NotAnAdministrator`, `NotEnrolled`, `NotYourOrganisation`, `EnrolmentEnded` or `KeyReplaced`.
pub(super) fn end(host: &mut dyn Host, caller: Address, account: Address) -> Result<(), Stop> {
    let administrator = administrator(host, caller)?;
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let place = PEOPLE.at(state, account)?.enrolment;
    let mut enrolment = place.load(state)?;

    match EnrolmentStatus::from_code(enrolment.status) {
        None => return Err(Refusal::NotEnrolled.into()),
        Some(_) if enrolment.organisation != administrator.organisation.0 => {
            return Err(Refusal::NotYourOrganisation.into());
        }
        Some(EnrolmentStatus::Ended) => return Err(Refusal::EnrolmentEnded.into()),
        Some(EnrolmentStatus::Replaced) => return Err(Refusal::KeyReplaced.into()),
        Some(EnrolmentStatus::Active) => {}
    }

    enrolment.status = EnrolmentStatus::Ended.code();
    enrolment.changed_time_ms = time_ms;
    place.save(state, &enrolment)?;
    state.emit(&Ended {
        person: account,
        organisation: enrolment.organisation,
        by: caller,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
