//! What `recovery` does to an enrolment: freezes it, and puts another key in its place.

use alloy_primitives::Address;

use super::{
    enrol::list,
    state::{self, Enrolment, PEOPLE},
};
use crate::{
    codes::EnrolmentStatus,
    host::{Halt, Host},
    interfaces::IDirectory::Replaced,
};

/// Marks that a recovery froze the key, or no longer does.
pub(crate) fn mark_frozen(host: &mut dyn Host, account: Address, frozen: bool) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let place = PEOPLE.at(state, account)?.enrolment;
    let enrolment = place.load(state)?;
    place.save(
        state,
        &Enrolment {
            frozen,
            ..enrolment
        },
    )
}

/// Puts a successor, who was never enrolled, in the place of a person: same organisation, role, status, expiry and commitments. The
/// published key is not taken over; the successor sets one.
pub(crate) fn replace(
    host: &mut dyn Host,
    account: Address,
    successor: Address,
) -> Result<(), Halt> {
    let changed_time_ms = host.time_ms();
    let state = &mut state::state(host);
    let (before, after) = (PEOPLE.at(state, account)?, PEOPLE.at(state, successor)?);
    let enrolment = before.enrolment.load(state)?;
    let organisation = enrolment.organisation;
    let moved = Enrolment {
        frozen: false,
        changed_time_ms,
        ..enrolment
    };
    after.enrolment.save(state, &moved)?;
    let replaced = Enrolment {
        status: EnrolmentStatus::Replaced.code(),
        ..moved
    };
    before.enrolment.save(state, &replaced)?;
    let name = before.name_commitment.load(state)?;
    after.name_commitment.save(state, &name)?;
    let licence = before.licence_commitment.load(state)?;
    after.licence_commitment.save(state, &licence)?;
    list(state, organisation, successor)?;
    state.emit(&Replaced {
        person: account,
        successor,
        organisation,
    })
}
