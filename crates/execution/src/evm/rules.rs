//! How a transaction is settled: as Ethereum does, without fees, and never on guessed state.

use super::{EvmContext, NativeEvm};
use crate::state::DatabaseFailure;
use revm::context::result::{EVMError, ExecutionResult, HaltReason, ResultGas};
use revm::context_interface::context::take_error;
use revm::context_interface::{ContextTr, JournalTr, LocalContextTr};
use revm::handler::{FrameResult, Handler, post_execution};

/// The error of an attempt that read keys which are not loaded.
pub(super) const MISSING: &str = "state is missing";

pub(super) type EvmFailure = EVMError<DatabaseFailure>;

/// The handler of one transaction.
pub(super) struct Rules {
    /// Gas spent before refunds, once execution has come to an end.
    pub(super) gas_spent: u64,
}

impl Handler for Rules {
    type Evm = NativeEvm;
    type Error = EvmFailure;
    type HaltReason = HaltReason;

    /// Nothing was paid.
    fn reimburse_caller(&self, _: &mut NativeEvm, _: &mut FrameResult) -> Result<(), EvmFailure> {
        Ok(())
    }

    /// Nobody is paid, and the beneficiary is not even read.
    fn reward_beneficiary(&self, _: &mut NativeEvm, _: &mut FrameResult) -> Result<(), EvmFailure> {
        Ok(())
    }

    /// Commits the transaction to the journal, unless it read what is not loaded.
    fn execution_result(
        &mut self,
        evm: &mut NativeEvm,
        result: FrameResult,
        gas: ResultGas,
    ) -> Result<ExecutionResult, EvmFailure> {
        let context: &mut EvmContext = &mut evm.ctx;
        take_error::<EvmFailure, _>(&mut context.error)?;
        self.gas_spent = gas.total_gas_spent();
        if context.db().is_missing() {
            return Err(EVMError::Custom(MISSING.into()));
        }
        let result = post_execution::output(context, result, gas);
        context.journal_mut().commit_tx();
        context.local.clear();
        evm.frame_stack.clear();
        Ok(result)
    }
}
