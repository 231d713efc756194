//! A record is registered in a chart.

use alloy_primitives::Address;

use super::{
    author::{check_may_write, check_signed, use_nonce},
    state::{self, AUTHORED, CHARTS, Chart, RECORDS_BY_ID, RECORDS_OF, Record},
};
use crate::{
    codes::{Kind, Protection, RecordStatus},
    host::{Halt, Host, Stop},
    interfaces::IRecords::{RecordRegistered, registerCall, registerSignedCall},
    recovery,
    refusals::Refusal,
    seals::{self, NewSeal},
    signing::Registration,
    storage::State,
};

/// The version that registration makes.
pub(super) const FIRST_VERSION: u32 = 1;

/// Registers a record; `author` is who sent it.
///
/// # Errors
/// Of [`add`].
pub(super) fn register(
    host: &mut dyn Host,
    author: Address,
    call: &registerCall,
) -> Result<(), Stop> {
    add(host, author, call, None)
}

/// Registers a record, with its seal if it is sealed.
///
/// # Errors
/// In this order: `RecordIdMissing`, `CommitmentMissing`, `UnknownKind`, `UnknownProtection`, `SealMissing`, `ChartUnknown`, then of
/// [`check_may_write`], `RecordExists`.
pub(super) fn add(
    host: &mut dyn Host,
    author: Address,
    call: &registerCall,
    seal: Option<&NewSeal>,
) -> Result<(), Stop> {
    let chart = decide(host, author, call, seal)?;
    let stored = chart.controller;
    let record = Record {
        commitment: call.commitment,
        content_id: call.contentId,
        wrap_id: call.wrapId,
        chart: call.chart,
        author,
        kind: call.kind,
        protection: call.protection,
        status: RecordStatus::Current.code(),
        version: FIRST_VERSION,
        registered_height: host.height(),
        registered_time_ms: host.time_ms(),
        changed_height: host.height(),
        changed_time_ms: host.time_ms(),
    };
    write(&mut state::state(host), call, record, chart)?;
    if let Some(seal) = seal {
        let of = (call.record, FIRST_VERSION);
        let controller = recovery::state::holder(host, stored)?;
        seals::seal(host, of, (call.chart, controller), seal)?;
    }
    Ok(())
}

/// Registers a record for the author who signed it.
///
/// # Errors
/// Of [`check_signed`], then of [`register`].
pub(super) fn register_signed(host: &mut dyn Host, call: &registerSignedCall) -> Result<(), Stop> {
    let registration = Registration {
        record: call.record,
        chart: call.chart,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        kind: call.kind,
        protection: call.protection,
        nonce: call.authority.nonce,
        deadline: call.authority.deadline,
    };
    check_signed(host, &call.authority, &registration)?;
    let plain = registerCall {
        record: call.record,
        chart: call.chart,
        commitment: call.commitment,
        contentId: call.contentId,
        wrapId: call.wrapId,
        kind: call.kind,
        protection: call.protection,
    };
    register(host, call.authority.author, &plain)?;
    Ok(use_nonce(host, &call.authority)?)
}

fn decide(
    host: &mut dyn Host,
    author: Address,
    call: &registerCall,
    seal: Option<&NewSeal>,
) -> Result<Chart, Stop> {
    if call.record.is_zero() {
        return Err(Refusal::RecordIdMissing.into());
    }
    if call.commitment.is_zero() || call.contentId.is_zero() || call.wrapId.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    if seal.is_some_and(NewSeal::is_incomplete) {
        return Err(Refusal::CommitmentMissing.into());
    }
    Kind::from_code(call.kind).ok_or(Refusal::UnknownKind)?;
    match Protection::from_code(call.protection).ok_or(Refusal::UnknownProtection)? {
        Protection::Sealed if seal.is_none() => return Err(Refusal::SealMissing.into()),
        Protection::Sealed | Protection::Direct => {}
    }
    let chart = state::stored_chart(host, call.chart)?.ok_or(Refusal::ChartUnknown)?;
    check_may_write(host, author, &chart)?;
    if state::record_exists(host, call.record)? {
        return Err(Refusal::RecordExists.into());
    }
    Ok(chart)
}

fn write(
    state: &mut State<'_>,
    call: &registerCall,
    record: Record,
    mut chart: Chart,
) -> Result<(), Halt> {
    RECORDS_BY_ID.at(state, call.record)?.save(state, &record)?;
    RECORDS_OF
        .at(state, call.chart)?
        .at(state, chart.record_count)?
        .save(state, &call.record)?;
    chart.record_count += 1;
    CHARTS.at(state, call.chart)?.save(state, &chart)?;
    AUTHORED
        .at(state, call.chart)?
        .at(state, record.author)?
        .save(state, &true)?;
    state.emit(&RecordRegistered {
        record: call.record,
        chart: call.chart,
        author: record.author,
        commitment: record.commitment,
        contentId: record.content_id,
        wrapId: record.wrap_id,
        kind: record.kind,
        protection: record.protection,
    })
}

#[cfg(test)]
mod tests;
