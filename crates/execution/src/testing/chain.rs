//! Blocks over a map of state.

use super::{Person, code_of};
use crate::block::{Changes, ExecuteError, ExecutedReceipt, Executor, Outcome, genesis_changes};
use crate::environment::BlockEnvironment;
use crate::evm::probe;
use crate::simulate::CallRequest;
use crate::spec::ChainSpec;
use crate::transaction::Transaction;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256, keccak256};
use std::collections::HashMap;
use theriac_contracts::codes::OrganisationKind;
use theriac_contracts::{GenesisMembers, GenesisOrganisation, GenesisValidator, Parameters};
use theriac_evidence::addresses::MARKER_CODE;
use theriac_evidence::state::{Account, StateKey, decode_slot};

pub(crate) const CHAIN_ID: u64 = 0x7e41ac;
/// Wei that every person of the test chain starts with.
pub(crate) const FUNDS: u64 = 1_000_000;

/// A chain with one hospital, whose admin may send, and with state in a map.
#[derive(Debug, Clone)]
pub(crate) struct Chain {
    pub(crate) spec: ChainSpec,
    pub(crate) state: HashMap<StateKey, Bytes>,
    pub(crate) height: u64,
}

/// The environment of the block at `number`.
pub(crate) fn environment(number: u64) -> BlockEnvironment {
    BlockEnvironment {
        number,
        time_ms: 1_800_000_000_123 + number * 1000,
        prevrandao: keccak256(number.to_be_bytes()),
        parent_hash: hash_of(number - 1),
    }
}

pub(crate) fn hash_of(number: u64) -> B256 {
    keccak256([b"block".as_slice(), &number.to_be_bytes()].concat())
}

/// Members with an organisation for each of `admins`.
pub(crate) fn members(admins: &[(Address, u64)]) -> GenesisMembers {
    let organisation = |(admin, gas_per_block): &(Address, u64)| GenesisOrganisation {
        name: format!("Hospital {admin}"),
        kind: OrganisationKind::Hospital,
        admin: *admin,
        gas_per_block: *gas_per_block,
    };
    let validator = GenesisValidator {
        identity: B256::repeat_byte(9),
        organisation: 1,
        location: String::new(),
    };
    GenesisMembers {
        organisations: admins.iter().map(organisation).collect(),
        validators: vec![validator],
        validators_max: 64,
        parameters: Parameters::default(),
    }
}

impl Chain {
    /// The chain after its first block, in which `people` head organisations with a large quota.
    pub(crate) fn of(people: &[&Person]) -> Self {
        let admins: Vec<_> = people
            .iter()
            .map(|person| (person.address(), 200_000_000))
            .collect();
        Self::with_quotas(&admins)
    }

    pub(crate) fn with_quotas(admins: &[(Address, u64)]) -> Self {
        let mut chain = Self {
            spec: ChainSpec::new(CHAIN_ID),
            state: HashMap::new(),
            height: 0,
        };
        let mut executor = chain.begin();
        executor.write(genesis_changes(&members(admins)));
        executor.write(probe_and_funds(admins));
        chain.apply(executor.finish().changes);
        chain
    }

    /// The next block, begun.
    pub(crate) fn begin(&self) -> Executor {
        Executor::begin(self.spec, environment(self.height + 1))
    }

    /// Executes with every missing key loaded.
    pub(crate) fn execute(
        &self,
        executor: &mut Executor,
        transaction: &Transaction,
    ) -> Result<(), ExecuteError> {
        loop {
            match executor.execute(transaction) {
                Err(ExecuteError::Missing(keys)) => {
                    for key in keys {
                        executor.insert(key, self.state.get(&key).cloned());
                    }
                }
                result => return result,
            }
        }
    }

    pub(crate) fn apply(&mut self, changes: Changes) {
        for (key, value) in changes {
            match value {
                Some(value) => self.state.insert(key, value.into()),
                None => self.state.remove(&key),
            };
        }
        self.height += 1;
    }

    /// Executes a block of `transactions` and takes up its changes.
    pub(crate) fn block(&mut self, transactions: &[Transaction]) -> Outcome {
        let mut executor = self.begin();
        for transaction in transactions {
            self.execute(&mut executor, transaction)
                .expect("the transaction may stand in the block");
        }
        let outcome = executor.finish();
        self.apply(outcome.changes.clone());
        outcome
    }

    /// A block of one transaction.
    pub(crate) fn one(&mut self, transaction: Transaction) -> ExecutedReceipt {
        self.block(&[transaction]).receipts.remove(0)
    }

    /// Deploys the fixture `name`.
    pub(crate) fn deploy(&mut self, person: &mut Person, name: &str) -> Address {
        let receipt = self.one(person.send(TxKind::Create, code_of(name)));
        receipt.contract_address.expect("the contract is deployed")
    }

    pub(crate) fn slot(
        &self,
        address: Address,
        slot: impl TryInto<U256, Error: core::fmt::Debug>,
    ) -> U256 {
        let slot = slot.try_into().expect("the slot is a word");
        let value = self.state.get(&StateKey::slot(&address, slot));
        value.map_or(U256::ZERO, |value| {
            decode_slot(value).expect("a slot is encoded well")
        })
    }

    pub(crate) fn account(&self, address: Address) -> Option<Account> {
        let value = self.state.get(&StateKey::account(&address))?;
        Some(Account::decode(value).expect("an account is encoded well"))
    }

    /// What a call from nobody gives on the present state.
    pub(crate) fn call(&self, to: Address, input: impl Into<Bytes>) -> crate::Simulated {
        self.call_from(Address::ZERO, to, input)
    }

    /// As [`Self::call`] in the name of `from`.
    pub(crate) fn call_from(
        &self,
        from: Address,
        to: Address,
        input: impl Into<Bytes>,
    ) -> crate::Simulated {
        let request = CallRequest {
            from,
            to: TxKind::Call(to),
            input: input.into(),
            ..CallRequest::default()
        };
        crate::call(&self.spec, &environment(self.height), &self.state, &request)
            .expect("all state is in the map")
    }
}

fn probe_and_funds(admins: &[(Address, u64)]) -> Changes {
    let mut changes = Changes::new();
    let code_hash = keccak256(&MARKER_CODE);
    let marked = Account {
        nonce: 1,
        balance: U256::ZERO,
        code_hash,
    };
    changes.insert(StateKey::account(&probe::ADDRESS), Some(marked.encode()));
    for (admin, _) in admins {
        let funded = Account {
            balance: U256::from(FUNDS),
            ..Account::default()
        };
        changes.insert(StateKey::account(admin), Some(funded.encode()));
    }
    changes
}
