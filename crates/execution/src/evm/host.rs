//! The `Host` of the native contracts over revm's journal, with the gas of the opcodes.

use super::conduct::{self, Conduct};
use super::{EvmContext, Natives, nested};
use crate::state::DatabaseFailure;
use crate::transaction;
use alloy_primitives::{Address, B256, Bytes, Log, LogData, Signature, U256, keccak256};
use revm::Journal;
use revm::context_interface::cfg::GasParams;
use revm::context_interface::context::ContextError;
use revm::context_interface::host::LoadError;
use revm::context_interface::journaled_state::JournalLoadError;
use revm::context_interface::{ContextTr, JournalTr};
use revm::interpreter::instructions::contract::load_account_delegated;
use revm::interpreter::{CallInputs, Gas, InstructionResult};
use revm::state::AccountInfo;
use theriac_contracts::{CallOutcome, Halt, Host};

/// Yellow Paper, appendix G: what LOG and KECCAK256 cost before their data.
const LOG_BASE: u64 = 375;
const KECCAK_BASE: u64 = 30;
/// As the precompile ECRECOVER.
const RECOVER: u64 = 3000;
/// EIP-2200: SSTORE leaves the stipend untouched.
const SSTORE_SENTRY: u64 = 2300;
/// Longest data that a call out may return, in bytes; more counts as failed.
pub(super) const MAX_RETURN_BYTES: usize = 4096;

/// Lends the machine to one call of a native contract.
pub(super) struct JournalHost<'a> {
    pub(super) context: &'a mut EvmContext,
    pub(super) natives: &'a mut Natives,
    pub(super) gas: Gas,
    address: Address,
    is_static: bool,
    wrote_in_static: bool,
    pub(super) failure: Option<String>,
}

impl<'a> JournalHost<'a> {
    pub(super) fn new(
        context: &'a mut EvmContext,
        natives: &'a mut Natives,
        gas: Gas,
        inputs: &CallInputs,
    ) -> Self {
        Self {
            context,
            natives,
            gas,
            address: inputs.bytecode_address,
            is_static: inputs.is_static,
            wrote_in_static: false,
            failure: None,
        }
    }

    /// Whether state was read that is not loaded.
    pub(super) fn is_guessing(&self) -> bool {
        self.context.db().is_missing()
    }

    pub(super) const fn halt_reason(&self) -> InstructionResult {
        if self.wrote_in_static {
            InstructionResult::StateChangeDuringStaticCall
        } else {
            InstructionResult::OutOfGas
        }
    }

    fn parameters(&self) -> &GasParams {
        &self.context.cfg.gas_params
    }

    fn refuse_in_static(&mut self) -> Result<(), Halt> {
        if !self.is_static {
            return Ok(());
        }
        self.wrote_in_static = true;
        Err(Halt::OutOfGas)
    }

    fn fail(&mut self, failure: DatabaseFailure) -> Halt {
        match failure {
            DatabaseFailure::TooManyMissing => Halt::StateMissing,
            DatabaseFailure::Damaged { .. } => {
                self.failure = Some(failure.to_string());
                Halt::Database
            }
        }
    }

    fn load_failed(&mut self, error: JournalLoadError<DatabaseFailure>) -> Halt {
        match error {
            JournalLoadError::ColdLoadSkipped => Halt::OutOfGas,
            JournalLoadError::DBError(failure) => self.fail(failure),
        }
    }

    /// Pays for access to `target` and resolves a delegation (EIP-2929, EIP-7702).
    fn load_code(&mut self, target: Address) -> Result<(revm::state::Bytecode, B256), Halt> {
        self.charge(self.parameters().warm_storage_read_cost())?;
        let left = self.gas.remaining();
        match load_account_delegated(self.context, crate::spec::FORK, left, target, false, false) {
            Ok((cost, _, code, hash)) => self.charge(cost).map(|()| (code, hash)),
            Err(LoadError::ColdLoadSkipped) => Err(Halt::OutOfGas),
            Err(LoadError::DBError) => {
                let failure = core::mem::replace(&mut self.context.error, Ok(()));
                match failure {
                    Err(ContextError::Db(failure)) => Err(self.fail(failure)),
                    _ => Err(Halt::Database),
                }
            }
        }
    }

    /// The whole of the call's gas must be there, with the 64th that stays behind: otherwise the sender could choose a gas
    /// limit at which the callee fails, and so choose its answer.
    fn call_out(&mut self, call: nested::StaticCall) -> Result<CallOutcome, Halt> {
        self.charge(self.parameters().copy_cost(call.input.len()))?;
        let left = self.gas.remaining();
        if self.parameters().call_stipend_reduction(left) < call.gas {
            return Err(Halt::OutOfGas);
        }
        self.charge(call.gas)?;
        let result = match nested::run(self.context, self.natives, call) {
            Ok(result) => result,
            Err(ContextError::Db(failure)) => return Err(self.fail(failure)),
            Err(ContextError::Custom(_)) if self.is_guessing() => {
                return Err(Halt::StateMissing);
            }
            Err(ContextError::Custom(reason)) => {
                self.failure = Some(reason);
                return Err(Halt::Database);
            }
        };
        if result.result.is_ok_or_revert() {
            self.gas.erase_cost(result.gas.remaining());
        }
        self.charge(
            self.parameters()
                .copy_cost(result.output.len().min(MAX_RETURN_BYTES)),
        )?;
        Ok(match result.result {
            _ if result.output.len() > MAX_RETURN_BYTES => CallOutcome::Failed,
            reason if reason.is_ok() => CallOutcome::Returned(result.output),
            InstructionResult::Revert => CallOutcome::Reverted(result.output),
            _ => CallOutcome::Failed,
        })
    }
}

impl Host for JournalHost<'_> {
    fn chain_id(&self) -> u64 {
        self.context.cfg.chain_id
    }

    fn height(&self) -> u64 {
        self.context.block.number.saturating_to()
    }

    fn time_ms(&self) -> u64 {
        self.context.chain.time_ms
    }

    fn prevrandao(&self) -> B256 {
        self.context.block.prevrandao.unwrap_or_default()
    }

    fn sload(&mut self, address: Address, slot: U256) -> Result<U256, Halt> {
        self.charge(self.parameters().warm_storage_read_cost())?;
        let cold = self.parameters().cold_storage_additional_cost();
        let skip = self.gas.remaining() < cold;
        // The inner journal loads the account too: one native may read another's slots.
        let Journal { database, inner } = &mut self.context.journaled_state;
        let load = inner.sload(database, address, slot, skip);
        let load = load.map_err(|error| self.load_failed(error))?;
        if load.is_cold {
            self.charge(cold)?;
        }
        Ok(load.data)
    }

    fn sstore(&mut self, address: Address, slot: U256, value: U256) -> Result<(), Halt> {
        self.refuse_in_static()?;
        if self.gas.remaining() <= SSTORE_SENTRY {
            return Err(Halt::OutOfGas);
        }
        self.charge(self.parameters().sstore_static_gas())?;
        let skip = self.gas.remaining() < self.parameters().cold_storage_cost();
        let Journal { database, inner } = &mut self.context.journaled_state;
        let load = inner.sstore(database, address, slot, value, skip);
        let load = load.map_err(|error| self.load_failed(error))?;
        self.charge(
            self.parameters()
                .sstore_dynamic_gas(true, &load.data, load.is_cold),
        )?;
        self.gas
            .record_refund(self.context.cfg.gas_params.sstore_refund(true, &load.data));
        Ok(())
    }

    fn emit(&mut self, address: Address, topics: Vec<B256>, data: Bytes) -> Result<(), Halt> {
        self.refuse_in_static()?;
        self.charge(
            LOG_BASE
                + self
                    .parameters()
                    .log_cost(topics.len() as u8, data.len() as u64),
        )?;
        let data = LogData::new(topics, data)
            .expect("a native emits at most four topics, as Solidity does");
        self.context.journal_mut().log(Log { address, data });
        Ok(())
    }

    fn keccak(&mut self, data: &[u8]) -> Result<B256, Halt> {
        self.charge(KECCAK_BASE + self.parameters().keccak256_cost(data.len()))?;
        Ok(keccak256(data))
    }

    fn recover(&mut self, digest: B256, signature: &[u8]) -> Result<Option<Address>, Halt> {
        self.charge(RECOVER)?;
        Ok(recover(digest, signature))
    }

    fn has_code(&mut self, address: Address) -> Result<bool, Halt> {
        Ok(!self.code_hash(address)?.is_zero())
    }

    fn code_hash(&mut self, address: Address) -> Result<B256, Halt> {
        self.charge(self.parameters().warm_storage_read_cost())?;
        let cold = self.parameters().cold_account_additional_cost();
        let skip = self.gas.remaining() < cold;
        let load = self
            .context
            .journaled_state
            .load_account_info_skip_cold_load(address, true, skip);
        let (hash, is_cold) = match load {
            Ok(load) => (code_hash(&load), load.is_cold),
            Err(error) => return Err(self.load_failed(error)),
        };
        if is_cold {
            self.charge(cold)?;
        }
        Ok(hash)
    }

    fn static_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt> {
        let (code, hash) = self.load_code(target)?;
        let call = nested::StaticCall {
            caller: self.address,
            target,
            input,
            code,
            hash,
            gas: gas_cap,
            conduct: Conduct::Ordinary,
        };
        self.call_out(call)
    }

    /// An account without code of its own is no rule: it fails before any gas is set aside.
    fn rule_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt> {
        let (code, hash) = self.load_code(target)?;
        if code.is_empty() || conduct::is_delegated(self.context, target) {
            return Ok(CallOutcome::Failed);
        }
        let call = nested::StaticCall {
            caller: self.address,
            target,
            input,
            code,
            hash,
            gas: gas_cap,
            conduct: Conduct::Rule,
        };
        self.call_out(call)
    }

    fn charge(&mut self, gas: u64) -> Result<(), Halt> {
        if self.gas.record_regular_cost(gas) {
            Ok(())
        } else {
            Err(Halt::OutOfGas)
        }
    }
}

/// The hash of an account's code; zero when it holds none.
pub(super) fn code_hash(info: &AccountInfo) -> B256 {
    if info.is_empty_code_hash() {
        return B256::ZERO;
    }
    info.code_hash
}

/// 65 bytes r || s || v with v of 0, 1, 27 or 28, low s only.
pub(super) fn recover(digest: B256, signature: &[u8]) -> Option<Address> {
    let signature: &[u8; 65] = signature.try_into().ok()?;
    let odd = match signature[64] {
        0 | 27 => false,
        1 | 28 => true,
        _ => return None,
    };
    let r = U256::from_be_slice(&signature[..32]);
    let s = U256::from_be_slice(&signature[32..64]);
    transaction::recover(&Signature::new(r, s, odd), digest)
}
