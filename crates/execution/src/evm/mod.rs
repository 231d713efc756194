//! revm with the native contracts as precompiles.

mod conduct;
mod host;
mod machine;
mod natives;
mod nested;
#[cfg(test)]
pub(crate) mod probe;
mod rules;
mod view;

pub(crate) use machine::{Machine, RunFailure, Settings};
pub(crate) use view::ViewHost;

use crate::state::StateDatabase;
use natives::Natives;
use revm::context::{BlockEnv, CfgEnv, Evm, TxEnv};
use revm::handler::EthFrame;
use revm::handler::instructions::EthInstructions;
use revm::interpreter::interpreter::EthInterpreter;
use revm::{Context, Journal};

/// What natives see of the block and Solidity does not.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Clock {
    /// Milliseconds since 1970.
    pub(crate) time_ms: u64,
}

pub(crate) type EvmContext =
    Context<BlockEnv, TxEnv, CfgEnv, StateDatabase, Journal<StateDatabase>, Clock>;
pub(crate) type Instructions = EthInstructions<EthInterpreter, EvmContext>;
pub(crate) type Frame = EthFrame<EthInterpreter>;
pub(crate) type NativeEvm = Evm<EvmContext, (), Instructions, Natives, Frame>;
