//! The reviews that an organisation owes, and who watches over them.

use alloy_primitives::{Address, B256};

use super::state::{self, OWED, OWED_COUNT, REVIEWS, Review};
use crate::{
    codes::Role,
    directory::standing::find,
    host::{Halt, Host},
    identifiers::OrganisationId,
};

/// Whether the account is a privacy officer or administrator of the organisation now: those who hear of break-glass and see what is owed.
///
/// # Errors
/// Any [`Halt`].
pub fn watches_over(
    host: &mut dyn Host,
    organisation: OrganisationId,
    account: Address,
) -> Result<bool, Halt> {
    let Ok(standing) = find(host, account)? else {
        return Ok(false);
    };
    Ok(standing.organisation == organisation
        && matches!(standing.role, Role::PrivacyOfficer | Role::Administrator))
}

/// How many reviews an organisation owes past their time.
///
/// # Errors
/// Any [`Halt`].
pub fn overdue_reviews(
    host: &mut dyn Host,
    OrganisationId(organisation): OrganisationId,
) -> Result<u64, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let count = OWED_COUNT.at(state, organisation)?.load(state)?;
    let place = OWED.at(state, organisation)?;
    let mut overdue = 0;
    for index in 0..count {
        let opening = place.at(state, index)?.load(state)?;
        let review = REVIEWS.at(state, opening)?.load(state)?;
        overdue += u64::from(time_ms >= review.due.saturating_mul(1_000));
    }
    Ok(overdue)
}

/// Adds a review to those that an organisation owes.
pub(super) fn owe(
    host: &mut dyn Host,
    organisation: u32,
    opening: u64,
    (reason, due): (B256, u64),
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let count = OWED_COUNT.at(state, organisation)?;
    let place = count.load(state)?;
    let review = Review {
        reason,
        note: B256::ZERO,
        officer: Address::ZERO,
        due,
        outcome: 0,
        reviewed_time_ms: 0,
        place,
    };
    REVIEWS.at(state, opening)?.save(state, &review)?;
    OWED.at(state, organisation)?
        .at(state, place)?
        .save(state, &opening)?;
    count.save(state, &(place + 1))
}

/// Takes a review from those that an organisation owes; the last one takes its place.
pub(super) fn settle(
    host: &mut dyn Host,
    organisation: u32,
    opening: u64,
    review: &Review,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    REVIEWS.at(state, opening)?.save(state, review)?;
    let count = OWED_COUNT.at(state, organisation)?;
    let list = OWED.at(state, organisation)?;
    let last = count.load(state)?.saturating_sub(1);
    let moved = list.at(state, last)?.load(state)?;
    if moved != opening {
        list.at(state, review.place)?.save(state, &moved)?;
        let place = REVIEWS.at(state, moved)?;
        let mut moved = place.load(state)?;
        moved.place = review.place;
        place.save(state, &moved)?;
    }
    list.at(state, last)?.save(state, &0)?;
    count.save(state, &last)
}
