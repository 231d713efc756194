//! Someone asks for access; the rules of the chart decide at once, or the controller is asked.

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    evaluate::{Question, Verdict, evaluate},
    log::{self, Entry},
    parties,
    state::{self, ACTIVITY, Activity, LATEST, REQUEST_COUNT, REQUESTS, REQUESTS_OF, Request},
    terms::Terms,
};
use crate::{
    addresses::ACCESS,
    codes::{EntryKind, Kind, Kinds, Purpose, RecordStatus, RequestStatus},
    directory::standing::{Standing, standing},
    host::{Halt, Host, Stop},
    interfaces::IAccess::{Requested, requestCall, requestReturn},
    members, records,
    refusals::Refusal,
};

/// Asks for access to a chart or one record of it. A denial by rule is written, not reverted.
///
/// # Errors
/// In this order: `UnknownPurpose`, `UnknownKind`, `CommitmentMissing`, `KeyMissing`, `NotEnrolled`, `EnrolmentEnded`,
/// `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced`, `ChartUnknown`, `OwnChart`, then of [`cover`], then of [`check_expiry`], then of [`next_activity`].
pub(super) fn request(
    host: &mut dyn Host,
    caller: Address,
    call: &requestCall,
) -> Result<requestReturn, Stop> {
    let (standing, controller, kinds) = decide(host, caller, call)?;
    let activity = next_activity(host, caller)?;
    let question = Question {
        who: caller,
        standing,
        purpose: call.purpose,
        kinds,
    };
    let verdict = evaluate(host, call.chart, &question)?;

    let id = identifier(host, caller, activity.total)?;
    let request = Request {
        chart: call.chart,
        record: call.record,
        reason: call.reason,
        key: call.key,
        wrap: B256::ZERO,
        previous: parties::newest_live(host, call.chart, caller)?,
        requester: caller,
        organisation: standing.organisation.0,
        kinds: kinds.0,
        purpose: call.purpose,
        status: status(verdict).code(),
        expiry: call.expiry,
        requested_height: host.height(),
        requested_time_ms: host.time_ms(),
        decided_time_ms: if verdict == Verdict::Ask {
            0
        } else {
            host.time_ms()
        },
    };
    write(host, id, &request, (caller, &activity))?;
    tell(host, id, &request, standing)?;
    tell_verdict(host, id, &request, (controller, verdict))?;
    Ok(requestReturn {
        id,
        status: request.status,
    })
}

fn decide(
    host: &mut dyn Host,
    caller: Address,
    call: &requestCall,
) -> Result<(Standing, Address, Kinds), Stop> {
    check_words(call.purpose, call.kinds, call.record)?;
    if call.reason.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    if call.key.is_zero() {
        return Err(Refusal::KeyMissing.into());
    }
    let standing = standing(host, caller)?;
    let chart = records::state::chart(host, call.chart)?.ok_or(Refusal::ChartUnknown)?;
    if chart.controller == caller {
        return Err(Refusal::OwnChart.into());
    }
    let kinds = cover(host, call.chart, call.record, call.kinds)?;
    let lifetime = members::state::limits(host)?.request_lifetime;
    check_expiry(host, call.expiry, lifetime)?;
    Ok((standing, chart.controller, kinds))
}

/// Refuses codes that do not exist.
///
/// # Errors
/// In this order: `UnknownPurpose`, `UnknownKind`.
pub(super) fn check_words(purpose: u8, kinds: u32, record: B256) -> Result<(), Refusal> {
    Purpose::from_code(purpose).ok_or(Refusal::UnknownPurpose)?;
    let one_record_without_mask = kinds == 0 && !record.is_zero();
    if !one_record_without_mask && !Kinds(kinds).is_valid() {
        return Err(Refusal::UnknownKind);
    }
    Ok(())
}

/// The kinds that are asked for: the mask, or the kind of the one record.
///
/// # Errors
/// In this order: `RecordUnknown`, `RecordWithdrawnAlready`, `KindMismatch`.
pub(super) fn cover(
    host: &mut dyn Host,
    chart: B256,
    record: B256,
    kinds: u32,
) -> Result<Kinds, Stop> {
    if record.is_zero() {
        return Ok(Kinds(kinds));
    }
    let found = records::state::record(host, record)?.ok_or(Refusal::RecordUnknown)?;
    if found.chart != chart {
        return Err(Refusal::RecordUnknown.into());
    }
    if found.status != RecordStatus::Current.code() {
        return Err(Refusal::RecordWithdrawnAlready.into());
    }
    let bit = Kind::from_code(found.kind)
        .ok_or(Refusal::RecordUnknown)?
        .bit();
    if kinds != 0 && Kinds(kinds) != bit {
        return Err(Refusal::KindMismatch.into());
    }
    Ok(bit)
}

/// Refuses an expiry, in Unix seconds, that is past or more than `lifetime` seconds away.
///
/// # Errors
/// In this order: `ExpiryPassed`, `ExpiryTooFar`.
pub(super) fn check_expiry(host: &mut dyn Host, expiry: u64, lifetime: u64) -> Result<(), Refusal> {
    let time_ms = host.time_ms();
    if expiry.saturating_mul(1_000) <= time_ms {
        return Err(Refusal::ExpiryPassed);
    }
    if expiry > (time_ms / 1_000).saturating_add(lifetime) {
        return Err(Refusal::ExpiryTooFar);
    }
    Ok(())
}

/// The account's activity with one more request or grant in it.
///
/// # Errors
/// `DailyLimitReached`.
pub(super) fn next_activity(host: &mut dyn Host, account: Address) -> Result<Activity, Stop> {
    let activity = one_more_today(host, account)?;
    Ok(Activity {
        total: activity.total.saturating_add(1),
        ..activity
    })
}

/// The account's activity with one more opening of seals in it. It takes no number: those are of requests and grants.
///
/// # Errors
/// `DailyLimitReached`.
pub(crate) fn activity_with_opening(
    host: &mut dyn Host,
    account: Address,
) -> Result<Activity, Stop> {
    one_more_today(host, account)
}

/// Writes what an account has done so far.
pub(crate) fn save_activity(
    host: &mut dyn Host,
    account: Address,
    activity: &Activity,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    ACTIVITY.at(state, account)?.save(state, activity)
}

fn one_more_today(host: &mut dyn Host, account: Address) -> Result<Activity, Stop> {
    const DAY_MS: u64 = 86_400_000;
    let day = (host.time_ms() / DAY_MS) as u32;
    let limit = members::state::limits(host)?.requests_per_day;
    let state = &mut state::state(host);
    let mut activity = ACTIVITY.at(state, account)?.load(state)?;
    if activity.day != day {
        activity = Activity {
            day,
            today: 0,
            ..activity
        };
    }
    if activity.today >= limit {
        return Err(Refusal::DailyLimitReached.into());
    }
    activity.today += 1;
    Ok(activity)
}

/// The identifier of an account's request or grant number `number`, from 1: keccak256(abi.encode(chain id, contract, account, number)).
pub(super) fn identifier(host: &mut dyn Host, account: Address, number: u64) -> Result<B256, Halt> {
    let chain_id = host.chain_id();
    host.keccak(&(chain_id, ACCESS, account, number).abi_encode())
}

/// Writes a new request or grant, where it is found, and the activity of who made it.
pub(super) fn write(
    host: &mut dyn Host,
    id: B256,
    request: &Request,
    (actor, activity): (Address, &Activity),
) -> Result<(), Halt> {
    save_activity(host, actor, activity)?;
    let state = &mut state::state(host);
    REQUESTS.at(state, id)?.save(state, request)?;
    LATEST
        .at(state, request.chart)?
        .at(state, request.requester)?
        .save(state, &id)?;
    let count = REQUEST_COUNT.at(state, request.chart)?;
    let index = count.load(state)?;
    REQUESTS_OF
        .at(state, request.chart)?
        .at(state, index)?
        .save(state, &id)?;
    count.save(state, &(index + 1))
}

fn status(verdict: Verdict) -> RequestStatus {
    match verdict {
        Verdict::Deny(_) => RequestStatus::Denied,
        Verdict::Permit(_) => RequestStatus::Admitted,
        Verdict::Ask => RequestStatus::Pending,
    }
}

fn tell(host: &mut dyn Host, id: B256, request: &Request, standing: Standing) -> Result<(), Halt> {
    let terms = Terms {
        purpose: request.purpose,
        role: standing.role.code(),
        organisation: request.organisation,
        kinds: request.kinds,
        expiry: request.expiry,
    };
    let entry = Entry {
        kind: EntryKind::Requested,
        actor: request.requester,
        subject: id,
        detail: terms.to_word(),
    };
    log::append(host, request.chart, entry)?;
    state::state(host).emit(&Requested {
        request: id,
        chart: request.chart,
        requester: request.requester,
        record: request.record,
        purpose: request.purpose,
        kinds: request.kinds,
        expiry: request.expiry,
        reason: request.reason,
        key: request.key,
        status: request.status,
    })
}

fn tell_verdict(
    host: &mut dyn Host,
    id: B256,
    request: &Request,
    (controller, verdict): (Address, Verdict),
) -> Result<(), Halt> {
    let (kind, index) = match verdict {
        Verdict::Deny(index) => (EntryKind::DeniedByRule, index),
        Verdict::Permit(index) => (EntryKind::PermittedByRule, index),
        Verdict::Ask => return Ok(()),
    };
    let detail = B256::left_padding_from(&index.to_be_bytes());
    let entry = Entry {
        kind,
        actor: controller,
        subject: id,
        detail,
    };
    log::append(host, request.chart, entry)
}

#[cfg(test)]
mod tests;
