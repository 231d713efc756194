//! The cache of one block as revm reads it, and the list of what it lacks.

use crate::environment::BlockEnvironment;
use alloy_eips::eip2935::{HISTORY_SERVE_WINDOW, HISTORY_STORAGE_ADDRESS};
use alloy_primitives::map::{AddressMap, B256Map, HashMap};
use alloy_primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256};
use revm::Database;
use revm::database_interface::DBErrorMarker;
use revm::state::{AccountInfo, Bytecode};
use theriac_evidence::state::{Account, StateKey, decode_slot};

/// An attempt that lacks this many keys goes no further on guesses.
const MAX_MISSING: usize = 4096;

/// Why reading state ends an attempt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum DatabaseFailure {
    #[error("{MAX_MISSING} keys are not loaded")]
    TooManyMissing,
    #[error("state under key {key} is damaged: {reason}")]
    Damaged { key: B256, reason: String },
}

impl DBErrorMarker for DatabaseFailure {}

/// What an attempt read as absent because it was not loaded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Missed {
    Account(Address),
    Slot(Address, U256),
}

/// Values as they were before the block.
///
/// A key that is not visible reads as absent and is noted: so one attempt finds several missing keys, and the caller
/// throws its effects away. What a caller loads is held back until an attempt has missed it, so that attempts are the
/// same whatever was loaded beforehand.
#[derive(Debug, Default)]
pub(crate) struct StateDatabase {
    held: B256Map<Option<Bytes>>,
    visible: B256Map<Option<Bytes>>,
    accounts: AddressMap<(StateKey, Option<AccountInfo>)>,
    slots: HashMap<(Address, U256), (StateKey, U256)>,
    missing: Vec<StateKey>,
    missed: Vec<Missed>,
    parent: (u64, B256),
}

impl StateDatabase {
    pub(crate) fn new(environment: &BlockEnvironment) -> Self {
        let parent = (environment.number.wrapping_sub(1), environment.parent_hash);
        Self {
            parent,
            ..Self::default()
        }
    }

    /// Takes in what state holds under `key`, held back until it is missed.
    pub(crate) fn hold(&mut self, key: StateKey, value: Option<Bytes>) {
        self.held.insert(key.as_b256(), value);
    }

    /// Writes what state holds under `key` from now on.
    pub(crate) fn show(&mut self, key: StateKey, value: Option<Bytes>) {
        self.visible.insert(key.as_b256(), value);
    }

    /// Makes `key` visible, if it is held.
    pub(crate) fn reveal(&mut self, key: &StateKey) -> bool {
        let key = key.as_b256();
        match self.held.remove(&key) {
            Some(value) => {
                self.visible.insert(key, value);
                true
            }
            None => self.visible.contains_key(&key),
        }
    }

    /// Undoes [`Self::reveal`].
    pub(crate) fn conceal(&mut self, key: &StateKey) {
        if let Some(value) = self.visible.remove(&key.as_b256()) {
            self.held.insert(key.as_b256(), value);
        }
    }

    /// Forgets that `read` was read.
    pub(crate) fn forget(&mut self, read: Missed) {
        match read {
            Missed::Account(address) => {
                self.accounts.remove(&address);
            }
            Missed::Slot(address, slot) => {
                self.slots.remove(&(address, slot));
            }
        }
    }

    /// Asks for an account without reading it.
    pub(crate) fn want_account(&mut self, address: Address) {
        let key = StateKey::account(&address);
        if !self.visible.contains_key(&key.as_b256()) {
            self.missing.push(key);
            self.missed.push(Missed::Account(address));
        }
    }

    pub(crate) fn is_missing(&self) -> bool {
        !self.missing.is_empty()
    }

    /// The keys that the attempt lacked, in order, and what it read instead.
    pub(crate) fn take_missing(&mut self) -> (Vec<StateKey>, Vec<Missed>) {
        let mut missing = core::mem::take(&mut self.missing);
        missing.sort_unstable();
        missing.dedup();
        (missing, core::mem::take(&mut self.missed))
    }

    /// The account before the block and its key.
    pub(crate) fn account_before(&self, address: &Address) -> (StateKey, Option<&AccountInfo>) {
        match self.accounts.get(address) {
            Some((key, info)) => (*key, info.as_ref()),
            None => (StateKey::account(address), None),
        }
    }

    /// The slot before the block and its key; zero for a slot that was never read, of an account made in this block.
    pub(crate) fn slot_before(&self, address: Address, slot: U256) -> (StateKey, U256) {
        let known = self.slots.get(&(address, slot)).copied();
        known.unwrap_or_else(|| (StateKey::slot(&address, slot), U256::ZERO))
    }

    /// Reads a slot that execution has not loaded.
    pub(crate) fn slot(&mut self, address: Address, slot: U256) -> Result<U256, DatabaseFailure> {
        if let Some((_, value)) = self.slots.get(&(address, slot)) {
            return Ok(*value);
        }
        let key = StateKey::slot(&address, slot);
        let value = match self.visible.get(&key.as_b256()) {
            None => {
                self.miss(key, Missed::Slot(address, slot))?;
                return Ok(U256::ZERO);
            }
            Some(None) => U256::ZERO,
            Some(Some(bytes)) => decode_slot(bytes).map_err(|failure| damaged(key, failure))?,
        };
        self.slots.insert((address, slot), (key, value));
        Ok(value)
    }

    fn miss(&mut self, key: StateKey, missed: Missed) -> Result<(), DatabaseFailure> {
        self.missing.push(key);
        self.missed.push(missed);
        if self.missing.len() < MAX_MISSING {
            Ok(())
        } else {
            Err(DatabaseFailure::TooManyMissing)
        }
    }

    fn code(&mut self, address: Address, hash: B256) -> Result<Option<Bytecode>, DatabaseFailure> {
        if hash == KECCAK256_EMPTY {
            return Ok(Some(Bytecode::default()));
        }
        let key = StateKey::code(&hash);
        match self.visible.get(&key.as_b256()) {
            None => {
                self.miss(key, Missed::Account(address))?;
                Ok(None)
            }
            Some(None) => Err(damaged(key, "code of an account is absent")),
            Some(Some(bytes)) => Ok(Some(
                Bytecode::new_raw_checked(bytes.clone())
                    .map_err(|failure| damaged(key, failure))?,
            )),
        }
    }
}

impl Database for StateDatabase {
    type Error = DatabaseFailure;

    fn basic(&mut self, address: Address) -> Result<Option<AccountInfo>, DatabaseFailure> {
        if let Some((_, info)) = self.accounts.get(&address) {
            return Ok(info.clone());
        }
        let key = StateKey::account(&address);
        let info = match self.visible.get(&key.as_b256()) {
            None => {
                self.miss(key, Missed::Account(address))?;
                return Ok(None);
            }
            Some(None) => None,
            Some(Some(bytes)) => {
                let account = Account::decode(bytes).map_err(|failure| damaged(key, failure))?;
                let Some(code) = self.code(address, account.code_hash)? else {
                    return Ok(None);
                };
                Some(AccountInfo {
                    balance: account.balance,
                    nonce: account.nonce,
                    code_hash: account.code_hash,
                    code: Some(code),
                    ..AccountInfo::default()
                })
            }
        };
        self.accounts.insert(address, (key, info.clone()));
        Ok(info)
    }

    /// Accounts come with their code, so that revm never asks for one apart.
    fn code_by_hash(&mut self, hash: B256) -> Result<Bytecode, DatabaseFailure> {
        Err(damaged(
            StateKey::code(&hash),
            "code asked for apart from its account",
        ))
    }

    fn storage(&mut self, address: Address, slot: U256) -> Result<U256, DatabaseFailure> {
        self.slot(address, slot)
    }

    /// From the ring of EIP-2935, which is state: so that a node that joined late answers alike.
    fn block_hash(&mut self, number: u64) -> Result<B256, DatabaseFailure> {
        if number == self.parent.0 {
            return Ok(self.parent.1);
        }
        let slot = U256::from(number % HISTORY_SERVE_WINDOW as u64);
        let hash = self.slot(HISTORY_STORAGE_ADDRESS, slot)?;
        Ok(hash.into())
    }
}

fn damaged(key: StateKey, reason: impl ToString) -> DatabaseFailure {
    DatabaseFailure::Damaged {
        key: key.as_b256(),
        reason: reason.to_string(),
    }
}
