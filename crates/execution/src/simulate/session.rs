//! One simulation, which asks its source for every key that it lacks.

use super::{CallRequest, Simulated};
use crate::block::{ExecuteError, refusal_of};
use crate::environment::BlockEnvironment;
use crate::evm::{Machine, RunFailure, Settings};
use crate::spec::ChainSpec;
use crate::state::{Lookup, StateSource};
use crate::transaction::TransactionRefusal;
use alloy_eips::eip2935::{HISTORY_SERVE_WINDOW, HISTORY_STORAGE_ADDRESS};
use alloy_primitives::{Bytes, U256};
use revm::context::TxEnv;
use revm::context::result::ExecutionResult;
use revm::state::EvmState;
use theriac_evidence::state::{StateKey, encode_slot};

/// Gas that attempts may spend for want of state, in one simulation.
const MAX_WORK: u64 = 2_000_000_000;
const ANY_SENDER: Settings = Settings { any_sender: true };

/// Runs transactions one by one, each on the state of the source.
pub(crate) struct Session<'a> {
    machine: Machine,
    source: &'a dyn StateSource,
    work: u64,
}

impl<'a> Session<'a> {
    pub(crate) fn new(
        spec: &ChainSpec,
        environment: &BlockEnvironment,
        source: &'a dyn StateSource,
    ) -> Self {
        let mut machine = Machine::new(spec, environment);
        if let Some((key, hash)) = parent_slot(environment) {
            machine.database_mut().show(key, hash);
        }
        Self {
            machine,
            source,
            work: 0,
        }
    }

    pub(super) fn machine(&mut self) -> &mut Machine {
        &mut self.machine
    }

    /// What the last run read and left behind.
    pub(super) fn state(&self) -> &EvmState {
        &self.machine.journal().inner.state
    }

    /// # Errors
    /// Keys that the source lacks, or a transaction that Ethereum's rules forbid.
    pub(super) fn run(&mut self, transaction: &TxEnv) -> Result<ExecutionResult, ExecuteError> {
        self.machine.restart();
        loop {
            match self.machine.run(transaction.clone(), ANY_SENDER) {
                Ok(result) => return Ok(result),
                Err(RunFailure::Missing) => self.load_missing()?,
                Err(RunFailure::Failed(reason)) => return Err(ExecuteError::Failed(reason)),
                Err(RunFailure::Invalid(invalid)) => {
                    return Err(match refusal_of(invalid) {
                        Ok(refusal) => refusal.into(),
                        Err(reason) => ExecuteError::Failed(reason),
                    });
                }
            }
        }
    }

    /// Answers a request, on what is loaded already.
    ///
    /// # Errors
    /// As [`Self::run`].
    pub(crate) fn call(
        &mut self,
        spec: &ChainSpec,
        request: &CallRequest,
    ) -> Result<Simulated, ExecuteError> {
        let transaction = request.environment(spec, request.gas_limit(spec));
        self.run(&transaction).map(Simulated::from)
    }

    /// Loads what the last run missed.
    ///
    /// # Errors
    /// The keys that the source lacks too, or too many attempts.
    pub(super) fn load_missing(&mut self) -> Result<(), ExecuteError> {
        self.work += self.machine.gas_spent();
        if self.work > MAX_WORK {
            return Err(TransactionRefusal::TooManyRounds.into());
        }
        let mut missing = Vec::new();
        for key in self.machine.take_missing().0 {
            match self.source.get(&key) {
                Lookup::Value(value) => self.machine.database_mut().show(key, value),
                Lookup::Missing => missing.push(key),
            }
        }
        if missing.is_empty() {
            Ok(())
        } else {
            Err(ExecuteError::Missing(missing))
        }
    }
}

/// What the block's beginning would write of its parent (EIP-2935), which contracts may read.
fn parent_slot(environment: &BlockEnvironment) -> Option<(StateKey, Option<Bytes>)> {
    let parent = environment.number.checked_sub(1)?;
    let slot = U256::from(parent % HISTORY_SERVE_WINDOW as u64);
    let key = StateKey::slot(&HISTORY_STORAGE_ADDRESS, slot);
    let value = encode_slot(environment.parent_hash.into());
    Some((key, value.map(Bytes::from)))
}
