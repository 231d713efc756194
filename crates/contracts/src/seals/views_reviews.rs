//! Views of the reviews that organisations owe and made.

use alloy_primitives::Address;

use super::{
    owed::{self, watches_over},
    state::{self, OWED, OWED_COUNT, REVIEWS},
    views::concerned,
};
use crate::{
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    interfaces::ISeals::{Review, openReviewsCall, openReviewsReturn},
    page::page,
    refusals::Refusal,
};

/// The review of an opening.
///
/// # Errors
/// Of [`concerned`], then `NothingToReview`.
pub(super) fn review_of(
    host: &mut dyn Host,
    caller: Address,
    opening: u64,
) -> Result<Review, Stop> {
    concerned(host, caller, opening)?;
    Ok(show(host, opening)?.ok_or(Refusal::NothingToReview)?)
}

/// A page of the reviews that an organisation owes.
///
/// # Errors
/// In this order: `NotAPrivacyOfficer`, `PageOutOfRange`.
pub(super) fn open_reviews(
    host: &mut dyn Host,
    caller: Address,
    call: &openReviewsCall,
) -> Result<openReviewsReturn, Stop> {
    check_watches(host, caller, call.organisation)?;
    let (openings, total) = {
        let state = &mut state::state(host);
        let total = OWED_COUNT.at(state, call.organisation)?.load(state)?;
        let place = OWED.at(state, call.organisation)?;
        let openings = page(call.from, call.limit, total)?
            .map(|index| place.at(state, index)?.load(state))
            .collect::<Result<Vec<u64>, Halt>>()?;
        (openings, total)
    };
    let mut page = Vec::with_capacity(openings.len());
    for opening in openings {
        page.extend(show(host, opening)?);
    }
    Ok(openReviewsReturn { page, total })
}

/// How many reviews an organisation owes past their time.
///
/// # Errors
/// `NotAPrivacyOfficer`.
pub(super) fn overdue_reviews(
    host: &mut dyn Host,
    caller: Address,
    organisation: u32,
) -> Result<u64, Stop> {
    check_watches(host, caller, organisation)?;
    Ok(owed::overdue_reviews(host, OrganisationId(organisation))?)
}

fn check_watches(host: &mut dyn Host, caller: Address, organisation: u32) -> Result<(), Stop> {
    if !watches_over(host, OrganisationId(organisation), caller)? {
        return Err(Refusal::NotAPrivacyOfficer.into());
    }
    Ok(())
}

fn show(host: &mut dyn Host, number: u64) -> Result<Option<Review>, Halt> {
    let Some(opening) = state::opening(host, number)? else {
        return Ok(None);
    };
    let state = &mut state::state(host);
    let review = REVIEWS.at(state, number)?.load(state)?;
    Ok((review.due != 0).then_some(Review {
        opening: number,
        chart: opening.chart,
        requester: opening.requester,
        purpose: opening.purpose,
        reason: review.reason,
        due: review.due,
        outcome: review.outcome,
        note: review.note,
        officer: review.officer,
        reviewedTimeMs: review.reviewed_time_ms,
    }))
}
