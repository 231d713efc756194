//! `eth_call`.

use super::{CallRequest, session::Session};
use crate::block::ExecuteError;
use crate::environment::BlockEnvironment;
use crate::spec::ChainSpec;
use crate::state::StateSource;
use alloy_primitives::{Bytes, Log};
use revm::context::result::ExecutionResult;

/// What a simulated call came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// How it ended.
    pub ending: Ending,
    /// What it returned, or its revert data.
    pub output: Bytes,
    /// Gas used, after refunds.
    pub gas_used: u64,
    /// Logs, if it returned.
    pub logs: Vec<Log>,
}

/// How a simulated call ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// With a result.
    Returned,
    /// By REVERT, or by a native contract's refusal.
    Reverted,
    /// By an invalid instruction, for want of gas, or the like.
    Halted(String),
}

/// Runs `request` on the state of `source`, in a block such as `environment`.
///
/// Overrides of state and block are not offered.
///
/// # Errors
/// [`ExecuteError::Missing`] with the keys that the source lacks; [`ExecuteError::Refused`] for what no transaction may do.
pub fn call(
    spec: &ChainSpec,
    environment: &BlockEnvironment,
    source: &dyn StateSource,
    request: &CallRequest,
) -> Result<Simulated, ExecuteError> {
    Session::new(spec, environment, source).call(spec, request)
}

impl From<ExecutionResult> for Simulated {
    fn from(result: ExecutionResult) -> Self {
        let gas_used = result.tx_gas_used();
        match result {
            ExecutionResult::Success { logs, output, .. } => Self {
                ending: Ending::Returned,
                output: output.into_data(),
                gas_used,
                logs,
            },
            ExecutionResult::Revert { output, .. } => Self {
                ending: Ending::Reverted,
                output,
                gas_used,
                logs: Vec::new(),
            },
            ExecutionResult::Halt { reason, .. } => {
                let ending = Ending::Halted(format!("{reason:?}"));
                Self {
                    ending,
                    output: Bytes::new(),
                    gas_used,
                    logs: Vec::new(),
                }
            }
        }
    }
}
