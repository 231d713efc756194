//! `eth_estimateGas`.

use super::{CallRequest, Ending, Simulated, session::Session};
use crate::block::ExecuteError;
use crate::environment::BlockEnvironment;
use crate::spec::ChainSpec;
use crate::state::StateSource;
use alloy_primitives::Bytes;
use revm::context::result::ExecutionResult;

/// The search ends when the bounds are within this many thousandths of each other.
const TOLERANCE_THOUSANDTHS: u64 = 15;
/// EIP-150 keeps a 64th at each call; EIP-2300 and SSTORE want some left.
const STIPEND: u64 = 2300;

/// What an estimate came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Estimate {
    /// A gas limit at which the transaction succeeds.
    Gas(u64),
    /// It reverts at any gas limit, with these data.
    Reverted(Bytes),
    /// It halts at the highest gas limit.
    Halted(String),
}

/// The least gas limit, to 1.5 %, at which `request` succeeds.
///
/// # Errors
/// As [`super::call`].
pub fn estimate(
    spec: &ChainSpec,
    environment: &BlockEnvironment,
    source: &dyn StateSource,
    request: &CallRequest,
) -> Result<Estimate, ExecuteError> {
    let mut session = Session::new(spec, environment, source);
    let highest = request.gas_limit(spec);
    let result = session.run(&request.environment(spec, highest))?;
    let spent = result.gas().total_gas_spent().max(result.tx_gas_used());
    if !result.is_success() {
        let simulated = Simulated::from(result);
        return Ok(match simulated.ending {
            Ending::Halted(reason) => Estimate::Halted(reason),
            Ending::Reverted | Ending::Returned => Estimate::Reverted(simulated.output),
        });
    }
    let mut succeeds = |gas| is_enough(&mut session, request, spec, gas);
    search(&mut succeeds, spent, highest).map(Estimate::Gas)
}

/// Gas at which it succeeds, between `spent - 1`, which is too little, and `high`, which is enough.
fn search(
    succeeds: &mut dyn FnMut(u64) -> Result<bool, ExecuteError>,
    spent: u64,
    mut high: u64,
) -> Result<u64, ExecuteError> {
    let mut low = spent.saturating_sub(1);
    let likely = (spent + STIPEND) * 64 / 63;
    for first in [spent, likely] {
        if (low + 1..high).contains(&first) {
            if succeeds(first)? {
                high = first
            } else {
                low = first
            }
        }
    }
    while low + 1 < high && (high - low) * 1000 > high * TOLERANCE_THOUSANDTHS {
        let middle = (low + (high - low) / 2).min(low.saturating_mul(2));
        if succeeds(middle)? {
            high = middle
        } else {
            low = middle
        }
    }
    Ok(high)
}

/// A revert at less gas counts as too little: a contract may revert for want of gas further down.
fn is_enough(
    session: &mut Session<'_>,
    request: &CallRequest,
    spec: &ChainSpec,
    gas: u64,
) -> Result<bool, ExecuteError> {
    match session.run(&request.environment(spec, gas)) {
        Ok(result) => Ok(ExecutionResult::is_success(&result)),
        Err(ExecuteError::Refused(_)) => Ok(false),
        Err(error @ (ExecuteError::Missing(_) | ExecuteError::Failed(_))) => Err(error),
    }
}
