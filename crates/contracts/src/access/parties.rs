//! Who holds a live request or grant of a chart.

use alloy_primitives::{Address, B256};

use super::state::{self, LATEST};
use crate::host::{Halt, Host};

/// Requests of one reader for one chart that are looked through, from the newest; dead ones at the end fall out of the chain.
const CHAIN_LIMIT: usize = 32;

/// Whether the account holds a live request or grant of the chart.
pub(crate) fn holds_live(host: &mut dyn Host, chart: B256, account: Address) -> Result<bool, Halt> {
    Ok(!newest_live(host, chart, account)?.is_zero())
}

/// The newest live request or grant of the account for the chart, or zero.
pub(super) fn newest_live(
    host: &mut dyn Host,
    chart: B256,
    account: Address,
) -> Result<B256, Halt> {
    let time_ms = host.time_ms();
    let mut id = {
        let state = &mut state::state(host);
        LATEST.at(state, chart)?.at(state, account)?.load(state)?
    };
    for _ in 0..CHAIN_LIMIT {
        if id.is_zero() {
            break;
        }
        let request = state::load(host, id)?;
        if request.is_live_at(time_ms) {
            return Ok(id);
        }
        id = request.previous;
    }
    Ok(B256::ZERO)
}
