//! A withdrawn record is erased: every member destroys what it keeps of it.

use alloy_primitives::{Address, B256};

use super::{
    hold::standing_hold,
    state::{self, RECORDS_BY_ID, Record},
};
use crate::{
    codes::RecordStatus,
    directory::standing::{check_key, standing},
    host::{Host, Stop},
    interfaces::IRecords::RecordErased,
    refusals::Refusal,
};

/// Orders that all versions of a record be erased. Members do so when they have finalised this, each at its own copy; what the ledger holds
/// stays.
///
/// # Errors
/// In this order: `RecordUnknown`, `NeitherAuthorNorController`, for the controller `KeyFrozen`, for the author `NotEnrolled`, `EnrolmentEnded`,
/// `EnrolmentExpired`, `KeyFrozen` or `KeyReplaced`, then `RecordErasedAlready`, `RecordNotWithdrawn`, `RecordHeld`.
pub(super) fn erase(host: &mut dyn Host, caller: Address, id: B256) -> Result<(), Stop> {
    let mut record = decide(host, caller, id)?;
    record.status = RecordStatus::Erased.code();
    record.changed_height = host.height();
    record.changed_time_ms = host.time_ms();

    let state = &mut state::state(host);
    RECORDS_BY_ID.at(state, id)?.save(state, &record)?;
    state.emit(&RecordErased {
        record: id,
        chart: record.chart,
        by: caller,
        versions: record.version,
    })?;
    Ok(())
}

fn decide(host: &mut dyn Host, caller: Address, id: B256) -> Result<Record, Stop> {
    let record = state::record(host, id)?.ok_or(Refusal::RecordUnknown)?;
    let chart = state::chart(host, record.chart)?.ok_or(Refusal::ChartUnknown)?;
    if chart.controller == caller {
        check_key(host, caller)??;
    } else if record.author == caller {
        standing(host, caller)?;
    } else {
        return Err(Refusal::NeitherAuthorNorController.into());
    }
    match RecordStatus::from_code(record.status) {
        Some(RecordStatus::Erased) => return Err(Refusal::RecordErasedAlready.into()),
        Some(RecordStatus::Withdrawn) => {}
        Some(RecordStatus::Current) | None => return Err(Refusal::RecordNotWithdrawn.into()),
    }
    if standing_hold(host, id)? != 0 {
        return Err(Refusal::RecordHeld.into());
    }
    Ok(record)
}

#[cfg(test)]
mod tests;
