//! What an account may act as at this moment.

use alloy_primitives::Address;

use super::state::{self, Enrolment, PEOPLE};
use crate::{
    codes::{EnrolmentStatus, Role},
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    members,
    refusals::Refusal,
};

/// An organisation and a role in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub(crate) organisation: OrganisationId,
    pub(crate) role: Role,
}

/// The standing of an account: a person's enrolment, or an organisation's admin account, which acts as administrator.
///
/// # Errors
/// `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `NoLongerAMember`.
pub(crate) fn standing(host: &mut dyn Host, account: Address) -> Result<Standing, Stop> {
    Ok(find(host, account)??)
}

/// As [`standing`], with the refusal as a value.
pub(crate) fn find(
    host: &mut dyn Host,
    account: Address,
) -> Result<Result<Standing, Refusal>, Halt> {
    let person = find_person(host, account)?;
    if person != Err(Refusal::NotEnrolled) {
        return Ok(person);
    }
    match members::state::organisation_of(host, account)? {
        Some(organisation) => {
            let role = Role::Administrator;
            of_member(host, Standing { organisation, role })
        }
        None => Ok(Err(Refusal::NotEnrolled)),
    }
}

/// The standing of a person, admin accounts of organisations left out.
pub(crate) fn find_person(
    host: &mut dyn Host,
    account: Address,
) -> Result<Result<Standing, Refusal>, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let enrolment = PEOPLE.at(state, account)?.enrolment.load(state)?;
    match decide(&enrolment, time_ms) {
        Ok(standing) => of_member(host, standing),
        Err(refusal) => Ok(Err(refusal)),
    }
}

/// The standing, unless its organisation was removed.
fn of_member(host: &mut dyn Host, standing: Standing) -> Result<Result<Standing, Refusal>, Halt> {
    if members::state::is_removed(host, standing.organisation)? {
        return Ok(Err(Refusal::NoLongerAMember));
    }
    Ok(Ok(standing))
}

/// What an enrolment is worth at this time.
///
/// # Errors
/// `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`.
pub(crate) fn decide(enrolment: &Enrolment, time_ms: u64) -> Result<Standing, Refusal> {
    let status = EnrolmentStatus::from_code(enrolment.status);
    let role = Role::from_code(enrolment.role);
    let (Some(status), Some(role)) = (status, role) else {
        return Err(Refusal::NotEnrolled);
    };
    match status {
        EnrolmentStatus::Ended => Err(Refusal::EnrolmentEnded),
        EnrolmentStatus::Active if has_passed(enrolment.expiry, time_ms) => {
            Err(Refusal::EnrolmentExpired)
        }
        EnrolmentStatus::Active => Ok(Standing {
            organisation: OrganisationId(enrolment.organisation),
            role,
        }),
    }
}

/// Whether an expiry in Unix seconds, 0 for never, is reached.
fn has_passed(expiry: u64, time_ms: u64) -> bool {
    expiry != 0 && time_ms >= expiry.saturating_mul(1_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enrolment(status: u8, expiry: u64) -> Enrolment {
        Enrolment {
            organisation: 7,
            role: Role::Nurse.code(),
            status,
            expiry,
            enrolled_time_ms: 0,
            changed_time_ms: 0,
        }
    }

    #[test]
    fn an_enrolment_counts_until_the_millisecond_of_its_expiry() {
        let nurse = Standing {
            organisation: OrganisationId(7),
            role: Role::Nurse,
        };
        assert_eq!(decide(&enrolment(1, 5), 4_999), Ok(nurse));
        assert_eq!(
            decide(&enrolment(1, 5), 5_000),
            Err(Refusal::EnrolmentExpired)
        );
        assert_eq!(decide(&enrolment(1, 0), u64::MAX), Ok(nurse));
        assert_eq!(decide(&enrolment(1, u64::MAX), 5_000), Ok(nurse));
    }

    #[test]
    fn an_ended_or_missing_enrolment_counts_for_nothing() {
        assert_eq!(decide(&enrolment(2, 0), 0), Err(Refusal::EnrolmentEnded));
        assert_eq!(decide(&enrolment(0, 0), 0), Err(Refusal::NotEnrolled));
    }
}
