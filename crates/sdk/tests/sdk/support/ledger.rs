//! The ledger in memory: native contracts over a `MemoryHost`, one transaction a block.

use alloy_consensus::{Header, Transaction, TxEnvelope, transaction::SignerRecoverable};
use alloy_eips::eip2718::Decodable2718;
use alloy_primitives::{Address, B256, Bytes, Log, Signature, U64, U256, keccak256};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};
use theriac_contracts::{
    Call, GenesisMembers, GenesisOrganisation, GenesisValidator, Host, Parameters, Stop,
    addresses::BLOCK_HASHES, codes::OrganisationKind, genesis_storage, may_send,
    memory::MemoryHost, native,
};

pub(crate) const CHAIN_ID: u64 = 8_421;

/// Why a node answers with an error: code, message, data.
pub(crate) type Wrong = (i64, String, Value);

/// What answers a question for evidence.
pub(crate) type Evidence = Box<dyn Fn(&Ledger, &Value) -> Value + Send>;

/// A transaction as everybody enrolled sees it.
pub(crate) struct Told {
    pub(crate) raw: Bytes,
    pub(crate) height: u64,
    pub(crate) time_ms: u64,
    /// At the prices of the host in memory, calldata included.
    pub(crate) gas: u64,
    pub(crate) logs: Vec<Log>,
    /// Slots that it changed, with their new values; none unless `tells_state`.
    pub(crate) writes: Vec<(Address, U256, U256)>,
}

#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) host: MemoryHost,
    pub(crate) blobs: HashMap<String, Vec<u8>>,
    pub(crate) keepers: super::Keepers,
    pub(crate) receipts: HashMap<B256, Value>,
    pub(crate) nonces: BTreeMap<Address, u64>,
    /// Code of accounts that are no native contracts; it is shown, and does not run.
    pub(crate) codes: BTreeMap<Address, Bytes>,
    /// Every transaction that was executed, in order: sender and nonce.
    pub(crate) executed: Vec<(Address, u64)>,
    /// So many of the next transactions run out of gas.
    pub(crate) out_of_gas: u32,
    /// What answers for evidence, where a test has a network that certifies.
    pub(crate) evidence: Option<Evidence>,
    /// Everything that succeeded, in order.
    pub(crate) told: Vec<Told>,
    /// Whether changes of state are told too; looking for them takes time.
    pub(crate) tells_state: bool,
    logs: Vec<(u64, B256, Log)>,
}

impl Ledger {
    pub(crate) fn new(admins: &[(&str, OrganisationKind, Address)]) -> Self {
        let organisations = admins
            .iter()
            .map(|(name, kind, admin)| GenesisOrganisation {
                name: (*name).to_owned(),
                kind: *kind,
                admin: *admin,
                gas_per_block: 100_000_000,
            });
        let validators = (1..=admins.len() as u32).map(|organisation| GenesisValidator {
            identity: B256::with_last_byte(organisation as u8),
            organisation,
            location: format!("10.0.0.{organisation}:9000"),
        });
        let genesis = GenesisMembers {
            organisations: organisations.collect(),
            validators: validators.collect(),
            validators_max: 64,
            parameters: Parameters::default(),
        };
        let mut host = MemoryHost::default();
        (host.chain_id, host.recover) = (CHAIN_ID, recover);
        for (address, slot, value) in genesis_storage(&genesis) {
            host.sstore(address, slot, value).unwrap();
        }
        Self {
            host,
            ..Self::default()
        }
    }

    pub(crate) fn is_enrolled(&mut self, account: Address) -> bool {
        may_send(&mut self.host, account).unwrap().is_some()
    }

    /// Puts a contract on the ledger.
    pub(crate) fn place(&mut self, contract: Address, code: &[u8]) {
        self.host.codes.insert(contract, keccak256(code));
        self.codes.insert(contract, Bytes::copy_from_slice(code));
    }

    /// `eth_call` and `eth_estimateGas`: runs the call and puts state back.
    pub(crate) fn call(&mut self, from: Address, request: &Value) -> Result<Bytes, Wrong> {
        let to: Address = serde_json::from_value(request["to"].clone()).unwrap();
        let input: Bytes = serde_json::from_value(request["input"].clone()).unwrap();
        let before = self.host.snapshot();
        // As a node does, on the block that is to come.
        self.next_block();
        let outcome = self.run(from, to, &input);
        self.host.height -= 1;
        self.host.rollback(before);
        outcome.map_err(|data| (3, "execution reverted".to_owned(), json!(data)))
    }

    /// `eth_sendRawTransaction`: executes at once, in a block of its own. The same transaction again is not an error.
    pub(crate) fn submit(&mut self, raw: &Bytes) -> Result<B256, Wrong> {
        let envelope = TxEnvelope::decode_2718(&mut raw.as_ref()).unwrap();
        let (hash, sender) = (*envelope.tx_hash(), envelope.recover_signer().unwrap());
        if self.receipts.contains_key(&hash) {
            return Ok(hash);
        }
        let next = self.nonces.entry(sender).or_default();
        let name = match envelope.nonce().cmp(next) {
            std::cmp::Ordering::Less => "NonceTooLow",
            std::cmp::Ordering::Greater => "NonceTooHigh",
            std::cmp::Ordering::Equal => "",
        };
        if !name.is_empty() {
            return Err((-32003, name.to_lowercase(), json!({ "name": name })));
        }
        *next += 1;
        self.executed.push((sender, envelope.nonce()));
        self.execute((hash, raw), sender, &envelope);
        Ok(hash)
    }

    /// The header of a block; its random value is a hash of its height.
    pub(crate) fn header(height: u64) -> Header {
        Header {
            number: height,
            mix_hash: keccak256(height.to_be_bytes()),
            extra_data: Bytes::from_static(&[0; 32]),
            base_fee_per_gas: Some(0),
            withdrawals_root: Some(B256::ZERO),
            blob_gas_used: Some(0),
            excess_blob_gas: Some(0),
            parent_beacon_block_root: Some(B256::ZERO),
            requests_hash: Some(B256::ZERO),
            ..Header::default()
        }
    }

    /// The hash of a block.
    pub(crate) fn block_hash(height: u64) -> B256 {
        Self::header(height).hash_slow()
    }

    /// Begins the next block, in which the chain keeps the hash of this one (EIP-2935).
    pub(crate) fn next_block(&mut self) {
        const WINDOW: u64 = 8_191;
        let height = self.host.height;
        let (slot, hash) = (U256::from(height % WINDOW), Self::block_hash(height));
        self.host.sstore(BLOCK_HASHES, slot, hash.into()).unwrap();
        self.host.height += 1;
    }

    fn execute(&mut self, (hash, raw): (B256, &Bytes), sender: Address, envelope: &TxEnvelope) {
        self.next_block();
        self.host.time_ms += 1_000;
        let seen = self.host.logs().len();
        let before = self.host.snapshot();
        let state = self.state();
        self.host.gas_left = u64::MAX;
        let ran = self.run(sender, envelope.to().unwrap(), envelope.input());
        let gas = u64::MAX - self.host.gas_left + calldata_gas(envelope.input());
        let succeeded = ran.is_ok() && self.out_of_gas == 0;
        self.out_of_gas = self.out_of_gas.saturating_sub(1);
        if !succeeded {
            self.host.rollback(before);
        }
        let (height, block) = (self.host.height, Self::block_hash(self.host.height));
        let logs: Vec<Value> = self.host.logs()[seen..]
            .iter()
            .map(|log| log_json(log, (height, block, hash)))
            .collect();
        let new: Vec<_> = self.host.logs()[seen..]
            .iter()
            .map(|log| (height, hash, log.clone()))
            .collect();
        self.logs.extend(new);
        if succeeded {
            self.told.push(Told {
                raw: raw.clone(),
                height,
                time_ms: self.host.time_ms,
                gas,
                logs: self.host.logs()[seen..].to_vec(),
                writes: self.changes(&state),
            });
        }
        let receipt = json!({
            "transactionHash": hash, "transactionIndex": "0x0", "blockHash": block, "blockNumber": U64::from(height),
            "from": sender, "to": envelope.to(), "cumulativeGasUsed": "0x5208", "gasUsed": "0x5208", "effectiveGasPrice": "0x0",
            "contractAddress": null, "logs": logs, "logsBloom": format!("0x{}", "00".repeat(256)), "type": "0x2",
            "status": if succeeded { "0x1" } else { "0x0" },
        });
        self.receipts.insert(hash, receipt);
    }

    /// All of state where changes are told; otherwise nothing.
    fn state(&self) -> BTreeMap<(Address, U256), U256> {
        let slots = self.host.storage();
        let slots = slots.map(|(address, slot, value)| ((address, slot), value));
        match self.tells_state {
            true => slots.collect(),
            false => BTreeMap::new(),
        }
    }

    fn changes(&self, before: &BTreeMap<(Address, U256), U256>) -> Vec<(Address, U256, U256)> {
        let after = self.state();
        let changed = after.into_iter();
        let changed = changed.filter(|(place, value)| before.get(place) != Some(value));
        changed
            .map(|((address, slot), value)| (address, slot, value))
            .collect()
    }

    /// `eth_getLogs` for one or more addresses, with plain topics.
    pub(crate) fn logs(&self, filter: &Value) -> Vec<Value> {
        let bound = |name: &str| {
            serde_json::from_value::<U64>(filter[name].clone())
                .unwrap()
                .to::<u64>()
        };
        let range = bound("fromBlock")..=bound("toBlock");
        let addresses: Vec<Address> = serde_json::from_value(filter["address"].clone())
            .or_else(|_| serde_json::from_value(filter["address"].clone()).map(|one| vec![one]))
            .unwrap();
        let topics: Vec<B256> =
            serde_json::from_value(filter["topics"].clone()).unwrap_or_default();
        let wanted = self.logs.iter().filter(|(height, _, log)| {
            range.contains(height)
                && addresses.contains(&log.address)
                && log.topics().starts_with(&topics)
        });
        wanted
            .map(|(height, hash, log)| {
                log_json(log, (*height, keccak256(height.to_be_bytes()), *hash))
            })
            .collect()
    }

    fn run(&mut self, caller: Address, to: Address, input: &[u8]) -> Result<Bytes, Bytes> {
        let call = Call {
            caller,
            input,
            is_static: false,
            is_direct: true,
            value: U256::ZERO,
        };
        native(to)
            .expect("tests call native contracts only")
            .call(&mut self.host, &call)
            .map_err(|stop| match stop {
                Stop::Revert(data) => data,
                Stop::Halt(halt) => panic!("the host in memory does not halt: {halt:?}"),
            })
    }
}

fn log_json(log: &Log, (height, block, transaction): (u64, B256, B256)) -> Value {
    json!({
        "address": log.address, "topics": log.topics(), "data": log.data.data, "blockNumber": U64::from(height), "blockHash": block,
        "transactionHash": transaction, "transactionIndex": "0x0", "logIndex": "0x0", "removed": false,
    })
}

/// What calldata costs before anything runs.
fn calldata_gas(input: &[u8]) -> u64 {
    input
        .iter()
        .map(|byte| if *byte == 0 { 4 } else { 16 })
        .sum()
}

fn recover(digest: B256, signature: &[u8]) -> Option<Address> {
    let signature = Signature::from_raw(signature).ok()?;
    alloy_consensus::crypto::secp256k1::recover_signer(&signature, digest).ok()
}
