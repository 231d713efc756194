//! A record is withdrawn, for ever.

use alloy_primitives::{Address, B256};

use super::{
    amend::own_current,
    author::{check_signed, use_nonce},
    state::{self, RECORDS_BY_ID},
};
use crate::{
    codes::RecordStatus,
    host::{Host, Stop},
    interfaces::IRecords::{RecordWithdrawn, withdrawSignedCall},
    seals::close_openings,
    signing::Withdrawal,
};

/// Withdraws a record; `author` is who sent it. The entry stays; it can no longer be amended or opened, and the chart's earlier openings are
/// closed.
///
/// # Errors
/// Of [`own_current`].
pub(super) fn withdraw(host: &mut dyn Host, author: Address, id: B256) -> Result<(), Stop> {
    let (mut record, _) = own_current(host, author, id)?;
    record.status = RecordStatus::Withdrawn.code();
    record.changed_height = host.height();
    record.changed_time_ms = host.time_ms();

    let state = &mut state::state(host);
    RECORDS_BY_ID.at(state, id)?.save(state, &record)?;
    state.emit(&RecordWithdrawn {
        record: id,
        chart: record.chart,
        author,
    })?;
    Ok(close_openings(host, record.chart)?)
}

/// Withdraws a record for the author who signed it.
///
/// # Errors
/// Of [`check_signed`], then of [`withdraw`].
pub(super) fn withdraw_signed(host: &mut dyn Host, call: &withdrawSignedCall) -> Result<(), Stop> {
    let withdrawal = Withdrawal {
        record: call.record,
        nonce: call.authority.nonce,
        deadline: call.authority.deadline,
    };
    check_signed(host, &call.authority, &withdrawal)?;
    withdraw(host, call.authority.author, call.record)?;
    Ok(use_nonce(host, &call.authority)?)
}

#[cfg(test)]
mod tests;
