//! Executes the transactions of one block, one after the other.

use super::attempts::Attempts;
use super::genesis::write_slot;
use super::sender::{self, Standing, Usage};
use super::{Changes, ExecuteError, ExecutedReceipt, Outcome, refusal_of};
use crate::environment::BlockEnvironment;
use crate::evm::{Machine, RunFailure, Settings};
use crate::spec::ChainSpec;
use crate::state::collect;
use crate::transaction::{Transaction, TransactionRefusal};
use alloy_eips::eip2935::{HISTORY_SERVE_WINDOW, HISTORY_STORAGE_ADDRESS};
use alloy_primitives::{Address, Bytes, TxKind, U256};
use revm::context::result::ExecutionResult;
use theriac_contracts::OrganisationId;
use theriac_evidence::state::StateKey;

/// Attempts may spend this many times the block's gas limit for want of state.
const MAX_BLOCK_REPEATS: u64 = 10;

/// A block in execution.
///
/// It owns a cache of state that its caller fills: [`Executor::execute`] answers [`ExecuteError::Missing`] with the
/// keys that it lacks, the caller inserts them and executes the same transaction again. The outcome does not depend
/// on when or in which order keys were inserted.
pub struct Executor {
    spec: ChainSpec,
    machine: Machine,
    written: Changes,
    usage: Usage,
    attempts: Attempts,
    work: u64,
    gas_used: u64,
    raws: Vec<Bytes>,
    receipts: Vec<ExecutedReceipt>,
}

impl Executor {
    /// Begins a block, and writes its parent's hash as EIP-2935 says.
    pub fn begin(spec: ChainSpec, environment: BlockEnvironment) -> Self {
        let mut executor = Self {
            machine: Machine::new(&spec, &environment),
            spec,
            written: Changes::new(),
            usage: Usage::default(),
            attempts: Attempts::default(),
            work: 0,
            gas_used: 0,
            raws: Vec::new(),
            receipts: Vec::new(),
        };
        if let Some(parent) = environment.number.checked_sub(1) {
            let slot = U256::from(parent % HISTORY_SERVE_WINDOW as u64);
            executor.write_slots(&[(
                HISTORY_STORAGE_ADDRESS,
                slot,
                environment.parent_hash.into(),
            )]);
        }
        executor
    }

    /// Writes slots in the name of the chain: (account, slot, value). Before the first transaction.
    pub fn write_slots(&mut self, writes: &[(Address, U256, U256)]) {
        let mut changes = Changes::new();
        for (address, slot, value) in writes {
            write_slot(&mut changes, address, *slot, *value);
        }
        self.write(changes);
    }

    /// Writes `changes` in the name of the chain, such as [`super::genesis_changes`]. Before the first transaction.
    pub fn write(&mut self, changes: Changes) {
        for (key, value) in &changes {
            self.machine
                .database_mut()
                .show(*key, value.clone().map(Bytes::from));
        }
        self.written.extend(changes);
    }

    /// Takes in what state held under `key` before the block; `None` where it is absent.
    pub fn insert(&mut self, key: StateKey, value: Option<Bytes>) {
        self.machine.database_mut().hold(key, value);
    }

    /// Executes `transaction` as the next of the block.
    ///
    /// # Errors
    /// See [`ExecuteError`]; the block is then as before. A proposer skips what is refused, and a block that contains it is
    /// invalid.
    pub fn execute(&mut self, transaction: &Transaction) -> Result<(), ExecuteError> {
        self.attempts.resume(&mut self.machine, transaction.hash);
        let result = self.attempt_until_decided(transaction);
        if matches!(
            result,
            Err(ExecuteError::Refused(_) | ExecuteError::Failed(_))
        ) {
            self.attempts.give_up(&mut self.machine);
        }
        result
    }

    fn attempt_until_decided(&mut self, transaction: &Transaction) -> Result<(), ExecuteError> {
        let got = transaction.gas_limit();
        let left = self.spec.block_gas_limit - self.gas_used;
        if got > left {
            return Err(TransactionRefusal::BlockGasExhausted { got, left }.into());
        }
        loop {
            let waiting = self.attempts.reveal(&mut self.machine);
            if !waiting.is_empty() {
                return Err(ExecuteError::Missing(waiting));
            }
            if let Some((organisation, result)) = self.attempt(transaction)? {
                self.accept(transaction, organisation, result);
                return Ok(());
            }
            if self.attempts.is_exhausted(got) {
                return Err(TransactionRefusal::TooManyRounds.into());
            }
            if self.work + self.attempts.work() > self.spec.block_gas_limit * MAX_BLOCK_REPEATS {
                return Err(TransactionRefusal::BlockWorkExhausted.into());
            }
        }
    }

    /// Executes on what is visible; `None` if that was not enough.
    fn attempt(
        &mut self,
        transaction: &Transaction,
    ) -> Result<Option<(OrganisationId, ExecutionResult)>, ExecuteError> {
        self.want(transaction);
        let standing = match sender::check(&mut self.machine, &self.usage, transaction) {
            // A refusal counts only where no guess led to it.
            Err(_) if self.machine.journal().database.is_missing() => Standing::Unknown,
            checked => checked.map_err(refuse)?,
        };
        let result = match self
            .machine
            .run(transaction.environment().clone(), Settings::default())
        {
            Ok(result) => result,
            Err(RunFailure::Missing) => {
                let gas_spent = self.machine.gas_spent();
                self.attempts.missed(&mut self.machine, gas_spent);
                return Ok(None);
            }
            Err(RunFailure::Invalid(invalid)) => return Err(refuse(refusal_of(invalid))),
            Err(RunFailure::Failed(reason)) => return Err(ExecuteError::Failed(reason)),
        };
        let Standing::Admitted(organisation) = standing else {
            unreachable!("a run that begins with keys missing ends with them missing")
        };
        Ok(Some((organisation, result)))
    }

    fn accept(
        &mut self,
        transaction: &Transaction,
        organisation: OrganisationId,
        result: ExecutionResult,
    ) {
        self.work += self.attempts.work();
        self.attempts.succeed();
        self.gas_used += result.tx_gas_used();
        *self.usage.entry(organisation).or_default() += result.tx_gas_used();
        self.receipts
            .push(ExecutedReceipt::new(transaction, result, self.gas_used));
        self.raws.push(transaction.raw.clone());
    }

    /// Takes `transaction` into the block as one that used no gas and changed nothing: for measuring what surrounds
    /// execution.
    pub fn carry(&mut self, transaction: &Transaction) {
        self.receipts
            .push(ExecutedReceipt::carried(transaction, self.gas_used));
        self.raws.push(transaction.raw.clone());
    }

    /// Ends the block.
    pub fn finish(self) -> Outcome {
        let mut changes = self.written;
        let journal = self.machine.journal();
        collect(&journal.database, &journal.inner.state, &mut changes);
        Outcome::new(changes, self.receipts, &self.raws, self.gas_used)
    }

    /// Gas used so far.
    pub const fn gas_used(&self) -> u64 {
        self.gas_used
    }

    /// Gas spent on attempts that lacked state.
    #[cfg(test)]
    pub(crate) const fn work(&self) -> u64 {
        self.work
    }

    /// Asks for the keys that every such transaction reads, so that one round finds them.
    fn want(&mut self, transaction: &Transaction) {
        let database = self.machine.database_mut();
        database.want_account(transaction.sender);
        if let TxKind::Call(to) = transaction.environment().kind {
            database.want_account(to);
        }
    }
}

fn refuse(refusal: Result<TransactionRefusal, String>) -> ExecuteError {
    match refusal {
        Ok(refusal) => ExecuteError::Refused(refusal),
        Err(reason) => ExecuteError::Failed(reason),
    }
}

const _: () = {
    const fn is_send<T: Send>() {}
    is_send::<Executor>();
};
