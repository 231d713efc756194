//! A record must be kept for a time, as the law of the author's country wants it, whoever would have it erased.

use alloy_primitives::{Address, B256};

use super::state::{self, HOLDS, Record};
use crate::{
    codes::{RecordStatus, Role},
    directory::{standing, state::PEOPLE},
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    interfaces::IRecords::{HoldReleased, HoldSet},
    members,
    refusals::Refusal,
};

/// The longest hold from now on: 30 years, the longest period that health records are commonly kept for, in seconds.
const LONGEST_SECONDS: u64 = 30 * 365 * 24 * 3_600 + 8 * 24 * 3_600;

/// Keeps a record from being erased before `until`, in unix seconds. A later end replaces an earlier one, and the other way round.
///
/// # Errors
/// In this order: of [`held_by`], `ExpiryPassed`, `HoldTooLong`.
pub(super) fn set_hold(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
    until: u64,
) -> Result<(), Stop> {
    let record = held_by(host, caller, id)?;
    let now = host.time_ms() / 1_000;
    if until <= now {
        return Err(Refusal::ExpiryPassed.into());
    }
    if until > now.saturating_add(LONGEST_SECONDS) {
        return Err(Refusal::HoldTooLong.into());
    }
    let state = &mut state::state(host);
    HOLDS.at(state, id)?.save(state, &until)?;
    state.emit(&HoldSet {
        record: id,
        chart: record.chart,
        by: caller,
        until,
    })?;
    Ok(())
}

/// Ends a hold before its time.
///
/// # Errors
/// In this order: of [`held_by`], `NotHeld`.
pub(super) fn release_hold(host: &mut dyn Host, caller: Address, id: B256) -> Result<(), Stop> {
    let record = held_by(host, caller, id)?;
    if standing_hold(host, id)? == 0 {
        return Err(Refusal::NotHeld.into());
    }
    let state = &mut state::state(host);
    HOLDS.at(state, id)?.save(state, &0)?;
    state.emit(&HoldReleased {
        record: id,
        chart: record.chart,
        by: caller,
    })?;
    Ok(())
}

/// Until when the record must be kept, in unix seconds; 0 where no hold stands at this block.
pub(super) fn standing_hold(host: &mut dyn Host, id: B256) -> Result<u64, Halt> {
    let now_ms = host.time_ms();
    let state = &mut state::state(host);
    let until = HOLDS.at(state, id)?.load(state)?;
    Ok(match until.saturating_mul(1_000) > now_ms {
        true => until,
        false => 0,
    })
}

/// A record that the caller may hold: its author, or an administrator of the organisation that the author is or was of.
///
/// # Errors
/// In this order: `RecordUnknown`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `MayNotHold`, `RecordErasedAlready`.
fn held_by(host: &mut dyn Host, caller: Address, id: B256) -> Result<Record, Stop> {
    let record = state::record(host, id)?.ok_or(Refusal::RecordUnknown)?;
    let standing = standing::standing(host, caller)?;
    let is_administrator = standing.role == Role::Administrator
        && organisation_of(host, record.author)? == standing.organisation;
    if record.author != caller && !is_administrator {
        return Err(Refusal::MayNotHold.into());
    }
    if record.status == RecordStatus::Erased.code() {
        return Err(Refusal::RecordErasedAlready.into());
    }
    Ok(record)
}

/// The organisation of an account, also after its enrolment ended.
fn organisation_of(host: &mut dyn Host, account: Address) -> Result<OrganisationId, Halt> {
    if let Some(organisation) = members::state::organisation_of(host, account)? {
        return Ok(organisation);
    }
    let state = &mut crate::directory::state::state(host);
    let enrolment = PEOPLE.at(state, account)?.enrolment.load(state)?;
    Ok(OrganisationId(enrolment.organisation))
}

#[cfg(test)]
mod tests;
