//! The machine of one block: its journal stays loaded from transaction to transaction.

use super::rules::Rules;
use super::{Clock, EvmContext, Instructions, NativeEvm, Natives, ViewHost};
use crate::environment::{BlockEnvironment, configuration};
use crate::spec::{ChainSpec, FORK};
use crate::state::{DatabaseFailure, Missed, StateDatabase};
use revm::context::result::{EVMError, ExecutionResult, InvalidTransaction};
use revm::context::{BlockEnv, CfgEnv, FrameStack, LocalContext, TxEnv};
use revm::handler::Handler;
use revm::{Context, Journal};
use theriac_evidence::state::StateKey;

/// Why a transaction has no result.
#[derive(Debug)]
pub(crate) enum RunFailure {
    /// State is not visible: see [`Machine::take_missing`].
    Missing,
    /// Ethereum's rules forbid the transaction.
    Invalid(InvalidTransaction),
    /// State cannot be read.
    Failed(String),
}

/// What a simulation relaxes.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Settings {
    /// Nonce and EIP-3607 are not checked.
    pub(crate) any_sender: bool,
}

/// revm between two transactions of a block.
///
/// Kept apart in its pieces, since revm's own context cannot move between threads.
pub(crate) struct Machine {
    journal: Journal<StateDatabase>,
    cfg: CfgEnv,
    block: BlockEnv,
    clock: Clock,
    instructions: Option<Instructions>,
    natives: Option<Natives>,
    gas_spent: u64,
}

impl Machine {
    pub(crate) fn new(spec: &ChainSpec, environment: &BlockEnvironment) -> Self {
        let database = StateDatabase::new(environment);
        Self {
            journal: Journal {
                database,
                inner: Default::default(),
            },
            cfg: configuration(spec),
            block: environment.to_revm(spec),
            clock: Clock {
                time_ms: environment.time_ms,
            },
            instructions: Some(Instructions::new_mainnet_with_spec(FORK)),
            natives: Some(Natives::new()),
            gas_spent: 0,
        }
    }

    /// Gas that the last run spent, before refunds; all of it if the run was cut short.
    pub(crate) const fn gas_spent(&self) -> u64 {
        self.gas_spent
    }

    pub(crate) fn journal(&self) -> &Journal<StateDatabase> {
        &self.journal
    }

    pub(crate) fn database_mut(&mut self) -> &mut StateDatabase {
        &mut self.journal.database
    }

    /// A host for questions about the state between two transactions.
    pub(crate) fn view(&mut self) -> ViewHost<'_> {
        ViewHost {
            journal: &mut self.journal,
            cfg: &self.cfg,
            block: &self.block,
            clock: self.clock,
        }
    }

    /// Forgets what transactions did, and keeps what was loaded.
    pub(crate) fn restart(&mut self) {
        self.journal.inner = Default::default();
    }

    /// The missing keys since the last call and what was read in their place, which the journal forgets.
    pub(crate) fn take_missing(&mut self) -> (Vec<StateKey>, Vec<Missed>) {
        let (keys, missed) = self.journal.database.take_missing();
        missed.iter().for_each(|read| self.forget(*read));
        (keys, missed)
    }

    /// Hides again what became visible to a transaction that is not part of the block after all.
    pub(crate) fn conceal(&mut self, keys: &[StateKey], read: &[Missed]) {
        for read in read {
            self.forget(*read);
            self.journal.database.forget(*read);
        }
        keys.iter()
            .for_each(|key| self.journal.database.conceal(key));
    }

    fn forget(&mut self, read: Missed) {
        let state = &mut self.journal.inner.state;
        match read {
            Missed::Account(address) => {
                state.remove(&address);
            }
            Missed::Slot(address, slot) => {
                if let Some(account) = state.get_mut(&address) {
                    account.storage.remove(&slot);
                }
            }
        }
    }

    /// Runs one transaction and commits its effects to the journal.
    ///
    /// # Errors
    /// See [`RunFailure`]; the journal is then as before.
    pub(crate) fn run(
        &mut self,
        transaction: TxEnv,
        settings: Settings,
    ) -> Result<ExecutionResult, RunFailure> {
        let mut rules = Rules {
            gas_spent: transaction.gas_limit,
        };
        let mut evm = self.assemble(transaction, settings);
        let result = rules.run(&mut evm);
        self.gas_spent = rules.gas_spent;
        self.take_apart(evm);
        if self.journal.database.is_missing() {
            return Err(RunFailure::Missing);
        }
        result.map_err(|error| match error {
            EVMError::Transaction(invalid) => RunFailure::Invalid(invalid),
            EVMError::Database(failure) => RunFailure::Failed(DatabaseFailure::to_string(&failure)),
            other => RunFailure::Failed(other.to_string()),
        })
    }

    fn assemble(&mut self, transaction: TxEnv, settings: Settings) -> NativeEvm {
        // Guessed state would end at the nonce, and show no further key.
        let is_guessing = self.journal.database.is_missing();
        let mut cfg = self.cfg.clone();
        cfg.disable_nonce_check = settings.any_sender || is_guessing;
        cfg.disable_eip3607 = settings.any_sender;
        let database = core::mem::take(&mut self.journal.database);
        let inner = core::mem::take(&mut self.journal.inner);
        let context: EvmContext = Context {
            block: self.block.clone(),
            tx: transaction,
            cfg,
            journaled_state: Journal { database, inner },
            chain: self.clock,
            local: LocalContext::default(),
            error: Ok(()),
        };
        let mut natives = self
            .natives
            .take()
            .expect("given back after every transaction");
        natives.reset();
        NativeEvm {
            ctx: context,
            inspector: (),
            instruction: self
                .instructions
                .take()
                .expect("given back after every transaction"),
            precompiles: natives,
            frame_stack: FrameStack::new(),
        }
    }

    fn take_apart(&mut self, evm: NativeEvm) {
        self.journal = evm.ctx.journaled_state;
        self.instructions = Some(evm.instruction);
        self.natives = Some(evm.precompiles);
    }
}
