//! A privacy officer reviews an opening that broke the glass.

use alloy_primitives::{Address, B256};

use super::{
    owed::settle,
    state::{self, Opening, REVIEWS, Review},
};
use crate::{
    access::{Entry, log},
    codes::{EntryKind, ReviewOutcome, Role},
    directory::standing::standing,
    host::{Host, Stop},
    interfaces::ISeals::{Reviewed, reviewCall},
    refusals::Refusal,
};

/// Reviews an opening, once.
///
/// # Errors
/// In this order: `UnknownOutcome`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `OpeningUnknown`, `NotAPrivacyOfficer`, `NothingToReview`,
/// `OwnOpening`, `ReviewedAlready`.
pub(super) fn review(host: &mut dyn Host, caller: Address, call: &reviewCall) -> Result<(), Stop> {
    let (opening, mut review) = decide(host, caller, call)?;
    review.note = call.note;
    review.officer = caller;
    review.outcome = call.outcome;
    review.reviewed_time_ms = host.time_ms();
    settle(host, opening.organisation, call.opening, &review)?;
    let entry = Entry {
        kind: EntryKind::Reviewed,
        actor: caller,
        subject: subject(call),
        detail: call.note,
    };
    log::append(host, opening.chart, entry)?;
    Ok(state::state(host).emit(&Reviewed {
        opening: call.opening,
        chart: opening.chart,
        organisation: opening.organisation,
        officer: caller,
        outcome: call.outcome,
        note: call.note,
    })?)
}

fn decide(
    host: &mut dyn Host,
    caller: Address,
    call: &reviewCall,
) -> Result<(Opening, Review), Stop> {
    ReviewOutcome::from_code(call.outcome).ok_or(Refusal::UnknownOutcome)?;
    let standing = standing(host, caller)?;
    let opening = state::opening(host, call.opening)?.ok_or(Refusal::OpeningUnknown)?;
    let officer =
        standing.role == Role::PrivacyOfficer && standing.organisation.0 == opening.organisation;
    if !officer {
        return Err(Refusal::NotAPrivacyOfficer.into());
    }
    let state = &mut state::state(host);
    let review = REVIEWS.at(state, call.opening)?.load(state)?;
    if review.due == 0 {
        return Err(Refusal::NothingToReview.into());
    }
    if opening.requester == caller {
        return Err(Refusal::OwnOpening.into());
    }
    if review.outcome != 0 {
        return Err(Refusal::ReviewedAlready.into());
    }
    Ok((opening, review))
}

/// The outcome in the highest byte, the number of the opening in the lowest 8.
fn subject(call: &reviewCall) -> B256 {
    let mut word = B256::left_padding_from(&call.opening.to_be_bytes());
    word[0] = call.outcome;
    word
}

#[cfg(test)]
mod tests;
