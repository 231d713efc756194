//! The `Host` of questions asked outside a transaction: it reads, costs nothing and warms nothing.

use super::{
    Clock,
    host::{code_hash, recover},
};
use crate::state::{DatabaseFailure, StateDatabase};
use alloy_primitives::{Address, B256, Bytes, U256, keccak256};
use revm::context::{BlockEnv, CfgEnv};
use revm::{Database, Journal};
use theriac_contracts::{CallOutcome, Halt, Host};

/// Reads the state of the block as the transactions before left it.
pub(crate) struct ViewHost<'a> {
    pub(crate) journal: &'a mut Journal<StateDatabase>,
    pub(crate) cfg: &'a CfgEnv,
    pub(crate) block: &'a BlockEnv,
    pub(crate) clock: Clock,
}

impl Host for ViewHost<'_> {
    fn chain_id(&self) -> u64 {
        self.cfg.chain_id
    }

    fn height(&self) -> u64 {
        self.block.number.saturating_to()
    }

    fn time_ms(&self) -> u64 {
        self.clock.time_ms
    }

    fn prevrandao(&self) -> B256 {
        self.block.prevrandao.unwrap_or_default()
    }

    fn sload(&mut self, address: Address, slot: U256) -> Result<U256, Halt> {
        let account = self.journal.inner.state.get(&address);
        if let Some(held) = account.and_then(|account| account.storage.get(&slot)) {
            return Ok(held.present_value());
        }
        self.journal.database.slot(address, slot).map_err(halt)
    }

    fn sstore(&mut self, _: Address, _: U256, _: U256) -> Result<(), Halt> {
        Err(Halt::Database)
    }

    fn emit(&mut self, _: Address, _: Vec<B256>, _: Bytes) -> Result<(), Halt> {
        Err(Halt::Database)
    }

    fn keccak(&mut self, data: &[u8]) -> Result<B256, Halt> {
        Ok(keccak256(data))
    }

    fn recover(&mut self, digest: B256, signature: &[u8]) -> Result<Option<Address>, Halt> {
        Ok(recover(digest, signature))
    }

    fn has_code(&mut self, address: Address) -> Result<bool, Halt> {
        Ok(!self.code_hash(address)?.is_zero())
    }

    fn code_hash(&mut self, address: Address) -> Result<B256, Halt> {
        if let Some(account) = self.journal.inner.state.get(&address) {
            return Ok(code_hash(&account.info));
        }
        let info = self.journal.database.basic(address).map_err(halt)?;
        Ok(info.as_ref().map_or(B256::ZERO, code_hash))
    }

    fn static_call(&mut self, _: Address, _: Bytes, _: u64) -> Result<CallOutcome, Halt> {
        Err(Halt::Database)
    }

    fn rule_call(&mut self, _: Address, _: Bytes, _: u64) -> Result<CallOutcome, Halt> {
        Err(Halt::Database)
    }

    fn charge(&mut self, _: u64) -> Result<(), Halt> {
        Ok(())
    }
}

fn halt(failure: DatabaseFailure) -> Halt {
    match failure {
        DatabaseFailure::TooManyMissing => Halt::StateMissing,
        DatabaseFailure::Damaged { .. } => Halt::Database,
    }
}
