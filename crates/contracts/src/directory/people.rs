//! Views of people.

use alloy_primitives::Address;

use super::{
    standing,
    state::{self, PEOPLE, PEOPLE_COUNT, PEOPLE_OF},
};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IDirectory::{Person, maySendReturn, peopleReturn, standingReturn},
    page::page,
};

/// A person's enrolment; zeros when the account was never enrolled.
pub(super) fn person(host: &mut dyn Host, account: Address) -> Result<Person, Halt> {
    let state = &mut state::state(host);
    let place = PEOPLE.at(state, account)?;
    let enrolment = place.enrolment.load(state)?;
    Ok(Person {
        account: if enrolment.status == 0 {
            Address::ZERO
        } else {
            account
        },
        organisation: enrolment.organisation,
        role: enrolment.role,
        status: enrolment.status,
        expiry: enrolment.expiry,
        enrolledTimeMs: enrolment.enrolled_time_ms,
        changedTimeMs: enrolment.changed_time_ms,
        key: place.key.load(state)?,
        nameCommitment: place.name_commitment.load(state)?,
        licenceCommitment: place.licence_commitment.load(state)?,
    })
}

/// A page of the people whom an organisation ever enrolled.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn people(
    host: &mut dyn Host,
    organisation: u32,
    from: u64,
    limit: u32,
) -> Result<peopleReturn, Stop> {
    let accounts = {
        let state = &mut state::state(host);
        let total = PEOPLE_COUNT.at(state, organisation)?.load(state)?;
        let place = PEOPLE_OF.at(state, organisation)?;
        let accounts = page(from, limit, total)?
            .map(|index| place.at(state, index)?.load(state))
            .collect::<Result<Vec<_>, Halt>>()?;
        (accounts, total)
    };
    let page = accounts
        .0
        .into_iter()
        .map(|account| person(host, account))
        .collect::<Result<_, _>>()?;
    Ok(peopleReturn {
        page,
        total: accounts.1,
    })
}

/// What the account may act as, or zeros.
pub(super) fn standing(host: &mut dyn Host, account: Address) -> Result<standingReturn, Halt> {
    Ok(match standing::find(host, account)? {
        Ok(standing) => standingReturn {
            organisation: standing.organisation.0,
            role: standing.role.code(),
        },
        Err(_) => standingReturn {
            organisation: 0,
            role: 0,
        },
    })
}

/// Whether the account may send, and in whose quota.
pub(super) fn may_send(host: &mut dyn Host, account: Address) -> Result<maySendReturn, Halt> {
    let organisation = crate::standing::may_send(host, account)?;
    Ok(maySendReturn {
        allowed: organisation.is_some(),
        organisation: organisation.unwrap_or_default().0,
    })
}
