//! A record's content is replaced by a new version.

use alloy_primitives::{Address, B256};

use super::{
    author::{check_may_write, check_signed, use_nonce},
    state::{self, RECORDS_BY_ID, Record, VERSIONS, Version},
};
use crate::{
    codes::{Protection, RecordStatus},
    host::{Halt, Host, Stop},
    interfaces::IRecords::{RecordAmended, amendCall, amendSignedCall},
    recovery,
    refusals::Refusal,
    seals::{self, NewSeal},
    signing::Amendment,
};

/// Amends a record with direct protection; `author` is who sent it.
///
/// # Errors
/// Of [`replace`].
pub(super) fn amend(host: &mut dyn Host, author: Address, call: &amendCall) -> Result<(), Stop> {
    replace(host, author, call, None)
}

/// Amends a record, with a new seal if it is sealed. The version and the change's height and time move; those of registration stay.
///
/// # Errors
/// `CommitmentMissing`, then of [`own_current`], then `RecordIsSealed` or `RecordNotSealed`.
pub(super) fn replace(
    host: &mut dyn Host,
    author: Address,
    call: &amendCall,
    seal: Option<&NewSeal>,
) -> Result<(), Stop> {
    let incomplete = seal.is_some_and(NewSeal::is_incomplete);
    if call.commitment.is_zero() || call.contentId.is_zero() || call.wrapId.is_zero() || incomplete
    {
        return Err(Refusal::CommitmentMissing.into());
    }
    let (mut record, stored) = own_current(host, author, call.record)?;
    check_protection(&record, seal)?;
    keep_version(host, call.record, &record)?;
    record.commitment = call.commitment;
    record.content_id = call.contentId;
    record.wrap_id = call.wrapId;
    record.version = record.version.saturating_add(1);
    record.changed_height = host.height();
    record.changed_time_ms = host.time_ms();

    let state = &mut state::state(host);
    RECORDS_BY_ID.at(state, call.record)?.save(state, &record)?;
    state.emit(&RecordAmended {
        record: call.record,
        chart: record.chart,
        author,
        version: record.version,
        commitment: record.commitment,
        contentId: record.content_id,
        wrapId: record.wrap_id,
    })?;
    if let Some(seal) = seal {
        let of = (call.record, record.version);
        let controller = recovery::state::holder(host, stored)?;
        seals::seal(host, of, (record.chart, controller), seal)?;
    }
    Ok(())
}

/// Keeps the names of what the version that is replaced left in the vault, so that an erasure finds them in state.
fn keep_version(host: &mut dyn Host, id: B256, record: &Record) -> Result<(), Halt> {
    let version = Version {
        content_id: record.content_id,
        wrap_id: record.wrap_id,
    };
    let state = &mut state::state(host);
    VERSIONS
        .at(state, id)?
        .at(state, record.version)?
        .save(state, &version)
}

/// Refuses a change of protection: a version keeps that of the first.
///
/// # Errors
/// `RecordIsSealed` or `RecordNotSealed`.
fn check_protection(record: &Record, seal: Option<&NewSeal>) -> Result<(), Refusal> {
    let is_sealed = record.protection == Protection::Sealed.code();
    match seal {
        None if is_sealed => Err(Refusal::RecordIsSealed),
        Some(_) if !is_sealed => Err(Refusal::RecordNotSealed),
        None | Some(_) => Ok(()),
    }
}

/// Amends a record for the author who signed it.
///
/// # Errors
/// Of [`check_signed`], then of [`amend`].
pub(super) fn amend_signed(host: &mut dyn Host, call: &amendSignedCall) -> Result<(), Stop> {
    let amendment = Amendment {
        record: call.record,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        nonce: call.authority.nonce,
        deadline: call.authority.deadline,
    };
    check_signed(host, &call.authority, &amendment)?;
    let plain = amendCall {
        record: call.record,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
    };
    amend(host, call.authority.author, &plain)?;
    Ok(use_nonce(host, &call.authority)?)
}

/// A current record whose author may still change it, and the controller of its chart as it is stored.
///
/// # Errors
/// In this order: `RecordUnknown`, `NotTheAuthor`, `RecordWithdrawnAlready`, then of [`check_may_write`].
pub(super) fn own_current(
    host: &mut dyn Host,
    author: Address,
    id: B256,
) -> Result<(Record, Address), Stop> {
    let record = state::record(host, id)?.ok_or(Refusal::RecordUnknown)?;
    if record.author != author {
        return Err(Refusal::NotTheAuthor.into());
    }
    if record.status != RecordStatus::Current.code() {
        return Err(Refusal::RecordWithdrawnAlready.into());
    }
    let chart = state::stored_chart(host, record.chart)?.ok_or(Refusal::ChartUnknown)?;
    check_may_write(host, author, &chart)?;
    Ok((record, chart.controller))
}

#[cfg(test)]
mod tests;
