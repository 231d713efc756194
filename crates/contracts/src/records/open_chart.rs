//! A chart is opened: by a person for herself, or by an author for a patient.

use alloy_primitives::Address;

use super::state::{self, CHART_COUNT, CHARTS, CHARTS_OF, Chart};
use crate::{
    codes::Role,
    directory::standing::{find_person, standing},
    host::{Halt, Host, Stop},
    interfaces::IRecords::{ChartOpened, openChartCall},
    refusals::Refusal,
    storage::State,
};

/// Opens a chart under a random identifier.
///
/// # Errors
/// In this order: `ChartIdMissing`, `NotEnrolled`, `EnrolmentEnded`, `EnrolmentExpired`, `KeyFrozen`, `KeyReplaced`,
/// `RoleMayNotWrite`, `ControllerNotEnrolled`, `ControllerNotAPatient`, `ChartExists`.
pub(super) fn open_chart(
    host: &mut dyn Host,
    caller: Address,
    call: &openChartCall,
) -> Result<(), Stop> {
    if call.chart.is_zero() {
        return Err(Refusal::ChartIdMissing.into());
    }
    decide(host, caller, call.controller)?;
    if state::chart(host, call.chart)?.is_some() {
        return Err(Refusal::ChartExists.into());
    }
    let opened_time_ms = host.time_ms();
    Ok(write(
        &mut state::state(host),
        caller,
        call,
        opened_time_ms,
    )?)
}

fn decide(host: &mut dyn Host, caller: Address, controller: Address) -> Result<(), Stop> {
    let opener = standing(host, caller)?;
    let in_person = caller == controller;
    if !in_person && !opener.role.may_write() {
        return Err(Refusal::RoleMayNotWrite.into());
    }
    let Ok(person) = find_person(host, controller)? else {
        return Err(Refusal::ControllerNotEnrolled.into());
    };
    if !in_person && person.role != Role::Patient {
        return Err(Refusal::ControllerNotAPatient.into());
    }
    Ok(())
}

fn write(
    state: &mut State<'_>,
    caller: Address,
    call: &openChartCall,
    opened_time_ms: u64,
) -> Result<(), Halt> {
    let chart = Chart {
        controller: call.controller,
        opened_time_ms,
        record_count: 0,
    };
    CHARTS.at(state, call.chart)?.save(state, &chart)?;

    let count = CHART_COUNT.at(state, call.controller)?;
    let index = count.load(state)?;
    CHARTS_OF
        .at(state, call.controller)?
        .at(state, index)?
        .save(state, &call.chart)?;
    count.save(state, &(index + 1))?;
    state.emit(&ChartOpened {
        chart: call.chart,
        controller: call.controller,
        by: caller,
    })
}

#[cfg(test)]
mod tests;
