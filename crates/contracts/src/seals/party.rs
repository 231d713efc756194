//! Who holds a live opening of a chart.

use alloy_primitives::{Address, B256};

use super::state::{self, LATEST_OPENING};
use crate::host::{Halt, Host};

/// Whether the account's newest admitted opening of the chart has neither expired nor been closed.
pub(crate) fn holds_opening(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
) -> Result<bool, Halt> {
    let latest = {
        let state = &mut state::state(host);
        let place = LATEST_OPENING.at(state, chart)?.at(state, account)?;
        place.load(state)?
    };
    let Some(number) = latest.checked_sub(1) else {
        return Ok(false);
    };
    if number < state::closed_before(host, chart)? {
        return Ok(false);
    }
    let time_ms = host.time_ms();
    let opening = state::opening(host, number)?;
    Ok(opening.is_some_and(|opening| time_ms < opening.expiry.saturating_mul(1_000)))
}
