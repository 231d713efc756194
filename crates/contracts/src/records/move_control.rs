//! Control of charts moves to the key that takes the place of their controller's.

use alloy_primitives::{Address, B256};

use super::state::{self, CHART_COUNT, CHARTS, CHARTS_OF};
use crate::{
    access::{self, Entry},
    codes::EntryKind,
    host::{Halt, Host},
    interfaces::IRecords::ControlMoved,
    seals::close_openings,
};

/// Makes room in the list of a successor, who has no charts, for all of an account, and returns how many they are.
pub(crate) fn make_room(
    host: &mut dyn Host,
    account: Address,
    successor: Address,
) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    let count = CHART_COUNT.at(state, account)?.load(state)?;
    CHART_COUNT.at(state, successor)?.save(state, &count)?;
    Ok(count)
}

/// Moves the chart at an index of the account's list to the same place in the successor's, enters it in the chart's log and closes the
/// chart's openings.
pub(crate) fn move_chart(
    host: &mut dyn Host,
    (account, successor): (Address, Address),
    index: u64,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let id: B256 = CHARTS_OF
        .at(state, account)?
        .at(state, index)?
        .load(state)?;
    let place = CHARTS.at(state, id)?;
    let mut chart = place.load(state)?;
    chart.controller = successor;
    place.save(state, &chart)?;
    CHARTS_OF
        .at(state, successor)?
        .at(state, index)?
        .save(state, &id)?;
    state.emit(&ControlMoved {
        chart: id,
        from: account,
        to: successor,
    })?;
    let entry = Entry {
        kind: EntryKind::ControlMoved,
        actor: successor,
        subject: account.into_word(),
        detail: B256::ZERO,
    };
    access::append(host, id, entry)?;
    close_openings(host, id)
}
