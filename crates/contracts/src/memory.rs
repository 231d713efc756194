//! A host in memory: for tests, and for laying out genesis.

use std::collections::{BTreeMap, HashMap};

use alloy_primitives::{Address, B256, Bytes, Log, U256, keccak256};

use crate::host::{CallOutcome, Halt, Host};

/// Recovers the signer of a digest from 65 bytes r || s || v.
pub type Recover = fn(B256, &[u8]) -> Option<Address>;

/// State, logs and block context in memory. Prices are flat, and only the order of magnitude of the real ones.
#[derive(Clone, Debug)]
pub struct MemoryHost {
    /// The chain's identifier.
    pub chain_id: u64,
    /// Height of the block.
    pub height: u64,
    /// Time of the block in milliseconds.
    pub time_ms: u64,
    /// Random value of the block.
    pub prevrandao: B256,
    /// How signers are recovered; finds none until it is set.
    pub recover: Recover,
    /// Answers of contracts that are called: (target, input) to outcome; others return nothing.
    pub answers: HashMap<(Address, Bytes), CallOutcome>,
    /// Accounts with code besides those that answer, which have the code hash of their address.
    pub codes: BTreeMap<Address, B256>,
    /// Calls made out: target, input and gas cap.
    pub calls: Vec<(Address, Bytes, u64)>,
    /// Gas that may still be used.
    pub gas_left: u64,
    storage: BTreeMap<(Address, U256), U256>,
    logs: Vec<Log>,
}

/// State and logs at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    storage: BTreeMap<(Address, U256), U256>,
    logs: Vec<Log>,
}

impl Default for MemoryHost {
    fn default() -> Self {
        Self {
            chain_id: 1,
            height: 1,
            time_ms: 1_800_000_000_000,
            prevrandao: B256::ZERO,
            recover: |_, _| None,
            answers: HashMap::new(),
            codes: BTreeMap::new(),
            calls: Vec::new(),
            gas_left: u64::MAX,
            storage: BTreeMap::new(),
            logs: Vec::new(),
        }
    }
}

impl MemoryHost {
    /// All slots that are not zero, in order of contract and slot.
    pub fn storage(&self) -> impl Iterator<Item = (Address, U256, U256)> + '_ {
        self.storage
            .iter()
            .map(|((address, slot), value)| (*address, *slot, *value))
    }

    /// Logs emitted so far, in order.
    pub fn logs(&self) -> &[Log] {
        &self.logs
    }

    /// State and logs now.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            storage: self.storage.clone(),
            logs: self.logs.clone(),
        }
    }

    /// Puts state and logs back.
    pub fn rollback(&mut self, snapshot: Snapshot) {
        self.storage = snapshot.storage;
        self.logs = snapshot.logs;
    }
}

impl Host for MemoryHost {
    fn chain_id(&self) -> u64 {
        self.chain_id
    }

    fn height(&self) -> u64 {
        self.height
    }

    fn time_ms(&self) -> u64 {
        self.time_ms
    }

    fn prevrandao(&self) -> B256 {
        self.prevrandao
    }

    fn sload(&mut self, address: Address, slot: U256) -> Result<U256, Halt> {
        self.charge(2_100)?;
        Ok(self
            .storage
            .get(&(address, slot))
            .copied()
            .unwrap_or_default())
    }

    fn sstore(&mut self, address: Address, slot: U256, value: U256) -> Result<(), Halt> {
        self.charge(20_000)?;
        if value.is_zero() {
            self.storage.remove(&(address, slot));
        } else {
            self.storage.insert((address, slot), value);
        }
        Ok(())
    }

    fn emit(&mut self, address: Address, topics: Vec<B256>, data: Bytes) -> Result<(), Halt> {
        self.charge(375 * (1 + topics.len() as u64) + 8 * data.len() as u64)?;
        self.logs.push(Log::new_unchecked(address, topics, data));
        Ok(())
    }

    fn keccak(&mut self, data: &[u8]) -> Result<B256, Halt> {
        self.charge(30 + 6 * data.len().div_ceil(32) as u64)?;
        Ok(keccak256(data))
    }

    fn recover(&mut self, digest: B256, signature: &[u8]) -> Result<Option<Address>, Halt> {
        self.charge(3_000)?;
        Ok((self.recover)(digest, signature))
    }

    fn has_code(&mut self, address: Address) -> Result<bool, Halt> {
        Ok(!self.code_hash(address)?.is_zero())
    }

    fn code_hash(&mut self, address: Address) -> Result<B256, Halt> {
        self.charge(2_600)?;
        let answers = self.answers.keys().any(|(target, _)| *target == address);
        let of_address = answers.then(|| keccak256(address));
        Ok(self
            .codes
            .get(&address)
            .copied()
            .or(of_address)
            .unwrap_or_default())
    }

    fn static_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt> {
        self.charge(2_600)?;
        self.calls.push((target, input.clone(), gas_cap));
        let answer = self.answers.get(&(target, input)).cloned();
        Ok(answer.unwrap_or(CallOutcome::Returned(Bytes::new())))
    }

    fn rule_call(
        &mut self,
        target: Address,
        input: Bytes,
        gas_cap: u64,
    ) -> Result<CallOutcome, Halt> {
        self.static_call(target, input, gas_cap)
    }

    fn charge(&mut self, gas: u64) -> Result<(), Halt> {
        self.gas_left = self.gas_left.checked_sub(gas).ok_or(Halt::OutOfGas)?;
        Ok(())
    }
}
