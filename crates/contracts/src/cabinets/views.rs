//! Views of cabinets, for the organisation and for the auditor.

use alloy_primitives::{Address, B256};

use super::{
    reader::check_reader,
    state::{self, ACTIVITY, BALANCES, DISCREPANCY_COUNT, OPEN_COUNT, OPEN_OF},
    unexplained,
};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::ICabinets::{
        Balances, Cabinet, Discrepancy, openDiscrepanciesCall, openDiscrepanciesReturn,
    },
    page::page,
};

/// A cabinet.
///
/// # Errors
/// In this order: `CabinetUnknown`, `NotACabinetReader`.
pub(super) fn cabinet(host: &mut dyn Host, caller: Address, id: B256) -> Result<Cabinet, Stop> {
    let found = state::cabinet(host, id)?;
    check_reader(host, caller, [found.organisation, found.auditor])?;
    Ok(Cabinet {
        id,
        organisation: found.organisation,
        auditor: found.auditor,
        openedBy: found.opened_by,
        openedTimeMs: found.opened_time_ms,
    })
}

/// The balances of an item.
///
/// # Errors
/// In this order: `CabinetUnknown`, `NotACabinetReader`.
pub(super) fn balances(
    host: &mut dyn Host,
    caller: Address,
    (id, item): (B256, B256),
) -> Result<Balances, Stop> {
    let found = state::cabinet(host, id)?;
    check_reader(host, caller, [found.organisation, found.auditor])?;
    let state = &mut state::state(host);
    let balances = BALANCES.at(state, id)?.at(state, item)?.load(state)?;
    let activity = ACTIVITY.at(state, id)?.at(state, item)?.load(state)?;
    Ok(Balances {
        received: balances.received,
        stock: balances.stock,
        dispensed: balances.dispensed,
        wasted: balances.wasted,
        returned: balances.returned,
        lost: balances.lost,
        entries: activity.entries,
        equalTimeMs: activity.equal_time_ms,
    })
}

/// How many discrepancies there were.
pub(super) fn discrepancy_count(host: &mut dyn Host) -> Result<u64, Halt> {
    DISCREPANCY_COUNT.load(&mut state::state(host))
}

/// A discrepancy.
///
/// # Errors
/// In this order: `DiscrepancyUnknown`, `NotACabinetReader`.
pub(super) fn discrepancy_by_number(
    host: &mut dyn Host,
    caller: Address,
    number: u64,
) -> Result<Discrepancy, Stop> {
    let found = state::discrepancy(host, number)?;
    check_reader(host, caller, [found.organisation, found.auditor])?;
    Ok(show(number, &found))
}

/// A page of the open discrepancies that concern an organisation.
///
/// # Errors
/// In this order: `NotACabinetReader`, `PageOutOfRange`.
pub(super) fn open_discrepancies(
    host: &mut dyn Host,
    caller: Address,
    call: &openDiscrepanciesCall,
) -> Result<openDiscrepanciesReturn, Stop> {
    check_reader(host, caller, [call.organisation; 2])?;
    let (numbers, total) = {
        let state = &mut state::state(host);
        let total = OPEN_COUNT.at(state, call.organisation)?.load(state)?;
        let open = OPEN_OF.at(state, call.organisation)?;
        let numbers = page(call.from, call.limit, total)?
            .map(|place| open.at(state, place)?.load(state))
            .collect::<Result<Vec<u64>, Halt>>()?;
        (numbers, total)
    };
    let mut page = Vec::with_capacity(numbers.len());
    for number in numbers {
        page.push(show(number, &state::discrepancy(host, number)?));
    }
    Ok(openDiscrepanciesReturn { page, total })
}

/// How many of these are past their time.
///
/// # Errors
/// `NotACabinetReader`.
pub(super) fn overdue_discrepancies(
    host: &mut dyn Host,
    caller: Address,
    organisation: u32,
) -> Result<u64, Stop> {
    check_reader(host, caller, [organisation; 2])?;
    Ok(unexplained::overdue(host, organisation)?)
}

fn show(number: u64, found: &state::Discrepancy) -> Discrepancy {
    Discrepancy {
        number,
        cabinet: found.cabinet,
        item: found.item,
        counted: found.counted,
        stock: found.stock,
        organisation: found.organisation,
        counter: found.counter,
        witness: found.witness,
        fromMs: found.from_ms,
        timeMs: found.time_ms,
        due: found.due(),
        outcome: found.outcome,
        document: found.document,
        explainedBy: found.explained_by,
        explainedTimeMs: found.explained_time_ms,
    }
}

#[cfg(test)]
mod tests;
