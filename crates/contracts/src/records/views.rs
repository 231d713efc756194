//! Views of charts and records, for the parties of the chart.

use alloy_primitives::{Address, B256};

use super::{
    hold,
    state::{self, CHART_COUNT, CHARTS_OF, RECORDS_OF},
};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IRecords::{self, chartsReturn, recordsCall, recordsReturn},
    page::page,
    refusals::Refusal,
    standing::is_party,
};

/// A chart.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotAParty`.
pub(super) fn chart(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
) -> Result<IRecords::Chart, Stop> {
    let chart = state::chart(host, id)?.ok_or(Refusal::ChartUnknown)?;
    check_party(host, caller, id)?;
    Ok(show_chart(id, &chart))
}

/// A page of the charts that the caller controls. Those that are yet to be moved to a successor are left out, and a key that was replaced has none.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn charts(
    host: &mut dyn Host,
    caller: Address,
    from: u64,
    limit: u32,
) -> Result<chartsReturn, Stop> {
    let (ids, total) = {
        let state = &mut state::state(host);
        let total = CHART_COUNT.at(state, caller)?.load(state)?;
        let place = CHARTS_OF.at(state, caller)?;
        let ids = page(from, limit, total)?
            .map(|index| place.at(state, index)?.load(state))
            .collect::<Result<Vec<B256>, Halt>>()?;
        (ids, total)
    };
    let mut page = Vec::with_capacity(ids.len());
    for id in ids {
        let chart = state::chart(host, id)?.filter(|chart| chart.controller == caller);
        page.extend(chart.map(|chart| show_chart(id, &chart)));
    }
    Ok(chartsReturn { page, total })
}

/// A record.
///
/// # Errors
/// In this order: `RecordUnknown`, `NotAParty`.
pub(super) fn record(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
) -> Result<IRecords::Record, Stop> {
    let record = state::record(host, id)?.ok_or(Refusal::RecordUnknown)?;
    check_party(host, caller, record.chart)?;
    Ok(show_record(id, &record))
}

/// Until when a record must be kept, in unix seconds; 0 where no hold stands.
///
/// # Errors
/// In this order: `RecordUnknown`, `NotAParty`.
pub(super) fn held_until(host: &mut dyn Host, caller: Address, id: B256) -> Result<u64, Stop> {
    let record = state::record(host, id)?.ok_or(Refusal::RecordUnknown)?;
    check_party(host, caller, record.chart)?;
    Ok(hold::standing_hold(host, id)?)
}

/// A page of the records of a chart.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotAParty`, `PageOutOfRange`.
pub(super) fn records(
    host: &mut dyn Host,
    caller: Address,
    call: &recordsCall,
) -> Result<recordsReturn, Stop> {
    let total = state::chart(host, call.chart)?
        .ok_or(Refusal::ChartUnknown)?
        .record_count;
    check_party(host, caller, call.chart)?;
    let indexes = page(call.from, call.limit, total)?;
    let mut page = Vec::new();
    for index in indexes {
        let state = &mut state::state(host);
        let id = RECORDS_OF
            .at(state, call.chart)?
            .at(state, index)?
            .load(state)?;
        page.extend(state::record(host, id)?.map(|record| show_record(id, &record)));
    }
    Ok(recordsReturn { page, total })
}

fn check_party(host: &mut dyn Host, caller: Address, chart: B256) -> Result<(), Stop> {
    if !is_party(host, chart, caller)? {
        return Err(Refusal::NotAParty.into());
    }
    Ok(())
}

fn show_chart(id: B256, chart: &state::Chart) -> IRecords::Chart {
    IRecords::Chart {
        id,
        controller: chart.controller,
        openedTimeMs: chart.opened_time_ms,
        recordCount: chart.record_count,
    }
}

fn show_record(id: B256, record: &state::Record) -> IRecords::Record {
    IRecords::Record {
        id,
        commitment: record.commitment,
        contentId: record.content_id,
        wrapId: record.wrap_id,
        chart: record.chart,
        author: record.author,
        kind: record.kind,
        protection: record.protection,
        status: record.status,
        version: record.version,
        registeredHeight: record.registered_height,
        registeredTimeMs: record.registered_time_ms,
        changedHeight: record.changed_height,
        changedTimeMs: record.changed_time_ms,
    }
}

#[cfg(test)]
mod tests;
