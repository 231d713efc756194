//! Someone opens sealed records of a chart.

use alloy_primitives::{Address, B256};

use super::{
    acts_for::acts_for,
    by_request::{by_request, live},
    by_rule::by_rule,
    list::{Listed, RECORD_LIMIT, kinds, list},
    opening::{self, Decision, NO_END, Proposal},
};
use crate::{
    access::evaluate::Question,
    codes::{Basis, OpeningStatus, Purpose},
    directory::standing::{Standing, standing},
    host::{Host, Stop},
    interfaces::ISeals::{openCall, openReturn},
    records,
    refusals::Refusal,
};

/// Opens sealed records: decided now, and written whatever is decided. Nothing is admitted at or after the block of a
/// revocation of what would admit it.
///
/// # Errors
/// In this order: `RecordCountOutOfRange`, `UnknownPurpose`, `KeyMissing`, `ChartUnknown`, then of [`list`], then with a request of [`live`],
/// then, unless by a right of one's own, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, with a request of [`by_request`], `DailyLimitReached`.
pub(super) fn open(
    host: &mut dyn Host,
    caller: Address,
    call: &openCall,
) -> Result<openReturn, Stop> {
    check_words(call)?;
    if records::state::chart(host, call.chart)?.is_none() {
        return Err(Refusal::ChartUnknown.into());
    }
    let list = list(host, call.chart, &call.records)?;
    let (decision, standing) = decide(host, caller, call, &list)?;
    let proposal = Proposal {
        chart: call.chart,
        requester: caller,
        standing,
        purpose: call.purpose,
        key: call.key,
        request: call.request,
        list: &list,
        decision,
    };
    Ok(openReturn {
        opening: opening::write(host, &proposal)?,
        admitted: decision.status == OpeningStatus::Admitted,
    })
}

fn check_words(call: &openCall) -> Result<(), Refusal> {
    if !(1..=RECORD_LIMIT).contains(&call.records.len()) {
        return Err(Refusal::RecordCountOutOfRange);
    }
    Purpose::from_code(call.purpose).ok_or(Refusal::UnknownPurpose)?;
    if call.key.is_zero() {
        return Err(Refusal::KeyMissing);
    }
    Ok(())
}

fn decide(
    host: &mut dyn Host,
    caller: Address,
    call: &openCall,
    list: &[Listed],
) -> Result<(Decision, Option<Standing>), Stop> {
    if call.request != B256::ZERO {
        let case = live(host, caller, call.request)?;
        let standing = standing(host, caller)?;
        let decision = by_request(host, call, (&case, standing), list)?;
        return Ok((decision, Some(standing)));
    }
    let kinds = kinds(list);
    if let Some(basis) = acts_for(host, call.chart, caller, (kinds, call.purpose))? {
        return Ok((by_own_right(basis), None));
    }
    let standing = standing(host, caller)?;
    let question = Question {
        who: caller,
        standing,
        purpose: call.purpose,
        kinds,
    };
    let decision = by_rule(host, call.chart, &question, list)?;
    Ok((decision, Some(standing)))
}

fn by_own_right(basis: Basis) -> Decision {
    Decision {
        basis,
        status: OpeningStatus::Admitted,
        until: NO_END,
    }
}

#[cfg(test)]
mod tests;
