//! What an account may act as at this moment.

use alloy_primitives::Address;

use super::state::{self, Enrolment, PEOPLE};
use crate::{
    codes::{EnrolmentStatus, Role},
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    members, recovery,
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
/// `NotEnrolled`, `KeyFrozen`, `KeyReplaced`, `EnrolmentEnded`, `EnrolmentExpired`, `NoLongerAMember`.
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
    let enrolment = load(host, account)?;
    if enrolment.frozen && recovery::state::is_frozen(host, account)? {
        return Ok(Err(Refusal::KeyFrozen));
    }
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

/// Refuses a key that may do nothing, whatever its enrolment: the one check of all that depends on no role.
///
/// # Errors
/// `KeyFrozen`, `KeyReplaced`.
pub(crate) fn check_key(
    host: &mut dyn Host,
    account: Address,
) -> Result<Result<(), Refusal>, Halt> {
    Ok(match find_person(host, account)? {
        Err(refusal @ (Refusal::KeyFrozen | Refusal::KeyReplaced)) => Err(refusal),
        Ok(_) | Err(_) => Ok(()),
    })
}

/// Whether another key has taken the place of this one.
pub(crate) fn is_replaced(host: &mut dyn Host, account: Address) -> Result<bool, Halt> {
    Ok(load(host, account)?.status == EnrolmentStatus::Replaced.code())
}

/// Whether the account was enrolled at any time.
pub(crate) fn was_enrolled(host: &mut dyn Host, account: Address) -> Result<bool, Halt> {
    Ok(load(host, account)?.status != 0)
}

fn load(host: &mut dyn Host, account: Address) -> Result<Enrolment, Halt> {
    let state = &mut state::state(host);
    PEOPLE.at(state, account)?.enrolment.load(state)
}

/// What an enrolment is worth at this time.
///
/// # Errors
/// `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyReplaced`.
pub(crate) fn decide(enrolment: &Enrolment, time_ms: u64) -> Result<Standing, Refusal> {
    let status = EnrolmentStatus::from_code(enrolment.status);
    let role = Role::from_code(enrolment.role);
    let (Some(status), Some(role)) = (status, role) else {
        return Err(Refusal::NotEnrolled);
    };
    match status {
        EnrolmentStatus::Replaced => Err(Refusal::KeyReplaced),
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
            frozen: false,
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
    fn an_ended_replaced_or_missing_enrolment_counts_for_nothing() {
        assert_eq!(decide(&enrolment(3, 1), 5_000), Err(Refusal::KeyReplaced));
        assert_eq!(decide(&enrolment(2, 0), 0), Err(Refusal::EnrolmentEnded));
        assert_eq!(decide(&enrolment(0, 0), 0), Err(Refusal::NotEnrolled));
    }
}
