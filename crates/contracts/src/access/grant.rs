//! The controller gives access unasked.

use alloy_primitives::{Address, B256};

use super::{
    log::{self, Entry},
    parties,
    request::{check_expiry, check_words, cover, identifier, next_activity, write},
    state::{self, Request},
};
use crate::{
    codes::{EntryKind, Kinds, RequestStatus},
    directory::standing::{Standing, standing},
    host::{Host, Stop},
    interfaces::IAccess::grantCall,
    members,
    refusals::Refusal,
};

/// Gives access to a chart or one record of it; her own rules do not bind the controller here.
///
/// # Errors
/// In this order: `UnknownPurpose`, `UnknownKind`, `KeyMissing`, `WrapMissing`, `ChartUnknown`, `NotTheController`, `KeyFrozen`,
/// `OwnChart`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced` (of the grantee), `RecordUnknown`, `RecordWithdrawnAlready`,
/// `KindMismatch`, `ExpiryPassed`, `ExpiryTooFar`, `DailyLimitReached`.
pub(super) fn grant(host: &mut dyn Host, caller: Address, call: &grantCall) -> Result<B256, Stop> {
    let (standing, kinds) = decide(host, caller, call)?;
    let activity = next_activity(host, caller)?;
    let id = identifier(host, caller, activity.total)?;
    let request = Request {
        chart: call.chart,
        record: call.record,
        reason: B256::ZERO,
        key: call.key,
        wrap: call.wrap,
        previous: parties::newest_live(host, call.chart, call.grantee)?,
        requester: call.grantee,
        organisation: standing.organisation.0,
        kinds: kinds.0,
        purpose: call.purpose,
        status: RequestStatus::Granted.code(),
        expiry: call.expiry,
        requested_height: host.height(),
        requested_time_ms: host.time_ms(),
        decided_time_ms: host.time_ms(),
    };
    write(host, id, &request, (caller, &activity))?;
    let entry = Entry {
        kind: EntryKind::Granted,
        actor: caller,
        subject: id,
        detail: call.grantee.into_word(),
    };
    log::append(host, call.chart, entry)?;
    Ok(id)
}

fn decide(
    host: &mut dyn Host,
    caller: Address,
    call: &grantCall,
) -> Result<(Standing, Kinds), Stop> {
    check_words(call.purpose, call.kinds, call.record)?;
    if call.key.is_zero() {
        return Err(Refusal::KeyMissing.into());
    }
    if call.wrap.is_zero() {
        return Err(Refusal::WrapMissing.into());
    }
    state::check_controller(host, caller, call.chart)?;
    if call.grantee == caller {
        return Err(Refusal::OwnChart.into());
    }
    let standing = standing(host, call.grantee)?;
    let kinds = cover(host, call.chart, call.record, call.kinds)?;
    let lifetime = members::state::limits(host)?.grant_lifetime;
    check_expiry(host, call.expiry, lifetime)?;
    Ok((standing, kinds))
}

#[cfg(test)]
mod tests;
