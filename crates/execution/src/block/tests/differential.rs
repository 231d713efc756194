//! Random code against revm's own block loop over its own database: the same receipts and the same state.

use super::missing::random;
use crate::environment::configuration;
use crate::testing::{Chain, Person, environment};
use crate::transaction::Transaction;
use alloy_primitives::{Address, Bytes, TxKind, U256, keccak256};
use revm::bytecode::opcode as op;
use revm::context::result::ExecutionResult;
use revm::database::{AccountState, CacheDB, EmptyDB};
use revm::state::{AccountInfo, Bytecode};
use revm::{Context, ExecuteCommitEvm, MainBuilder, MainContext};
use std::collections::BTreeMap;
use theriac_evidence::state::{Account, StateKey, encode_slot};

const CONTRACTS: usize = 4;

fn address(index: u64) -> Address {
    Address::with_last_byte(0x40 + index as u8 % CONTRACTS as u8)
}

/// Code that pushes small words and now and then does something with them.
fn random_code(seed: &mut u64) -> Vec<u8> {
    let mut code = [op::PUSH1, 2].repeat(12);
    for _ in 0..20 + random(seed) % 40 {
        for _ in 0..random(seed) % 4 {
            code.extend([op::PUSH1, (random(seed) % 5) as u8]);
        }
        let steps = [
            vec![op::SLOAD],
            vec![op::SSTORE],
            vec![
                op::PUSH1,
                1,
                op::PUSH1,
                (random(seed) % 4) as u8,
                op::SSTORE,
            ],
            vec![op::PUSH0, op::PUSH1, (random(seed) % 4) as u8, op::SSTORE],
            vec![op::TLOAD],
            vec![op::PUSH1, 9, op::PUSH1, 1, op::TSTORE],
            vec![op::PUSH0, op::PUSH0, op::LOG0],
            call(op::CALL, seed),
            call(op::CALLCODE, seed),
            call(op::DELEGATECALL, seed),
            call(op::STATICCALL, seed),
            vec![op::PUSH1, address(random(seed)).0[19], op::EXTCODEHASH],
            vec![op::PUSH1, address(random(seed)).0[19], op::BALANCE],
            vec![op::SELFBALANCE, op::GAS],
            vec![op::ADDRESS, op::EXTCODESIZE],
            create(seed),
            vec![op::KECCAK256],
            vec![op::MSTORE],
        ];
        code.extend(&steps[random(seed) as usize % steps.len()]);
    }
    code.extend(match random(seed) % 6 {
        0 => vec![op::PUSH0, op::PUSH0, op::REVERT],
        1 => vec![op::INVALID],
        2 => vec![op::PUSH1, address(random(seed)).0[19], op::SELFDESTRUCT],
        _ => vec![op::STOP],
    });
    code
}

fn call(kind: u8, seed: &mut u64) -> Vec<u8> {
    let value = if matches!(kind, op::CALL | op::CALLCODE) {
        vec![op::PUSH1, (random(seed) % 3) as u8]
    } else {
        Vec::new()
    };
    let target = [
        op::PUSH1,
        address(random(seed)).0[19],
        op::PUSH2,
        0x7f,
        0xff,
        kind,
    ];
    [vec![op::PUSH0; 4], value, target.to_vec()].concat()
}

/// Creates a contract that stores in its constructor and has, by chance, code that destroys it, and calls it.
fn create(seed: &mut u64) -> Vec<u8> {
    // PUSH1 7 PUSH0 SSTORE, then MSTORE of CALLER SELFDESTRUCT (33ff) and RETURN of these two bytes.
    let init = [
        0x60, 7, 0x5f, 0x55, 0x61, 0x33, 0xff, 0x5f, 0x52, 0x60, 2, 0x60, 30, 0xf3,
    ];
    let mut code = vec![op::PUSH14];
    code.extend(init);
    code.extend([op::PUSH0, op::MSTORE]);
    code.extend([
        op::PUSH1,
        (random(seed) % 2) as u8,
        op::PUSH1,
        14,
        op::PUSH1,
        18,
        op::PUSH1,
        1,
        op::CREATE2,
    ]);
    if random(seed).is_multiple_of(2) {
        code.extend([
            op::PUSH0,
            op::PUSH0,
            op::PUSH0,
            op::PUSH0,
            op::PUSH0,
            op::DUP6,
            op::GAS,
            op::CALL,
        ]);
    }
    code
}

/// revm as it comes, over its own database, with the accounts of `chain` that have a part in this.
fn reference(chain: &Chain, people: &[Address], codes: &[Vec<u8>]) -> CacheDB<EmptyDB> {
    let mut database = CacheDB::new(EmptyDB::new());
    for person in people {
        let account = chain.account(*person).unwrap();
        let info = AccountInfo {
            balance: account.balance,
            nonce: account.nonce,
            ..AccountInfo::default()
        };
        database.insert_account_info(*person, info);
    }
    for (index, code) in codes.iter().enumerate() {
        let info = AccountInfo {
            nonce: 1,
            balance: U256::from(50),
            ..AccountInfo::default()
        };
        let info = info.with_code(Bytecode::new_legacy(code.clone().into()));
        database.insert_account_info(address(index as u64), info);
    }
    database
}

fn install(chain: &mut Chain, codes: &[Vec<u8>]) {
    for (index, code) in codes.iter().enumerate() {
        let code_hash = keccak256(code);
        let account = Account {
            nonce: 1,
            balance: U256::from(50),
            code_hash,
        };
        chain.state.insert(
            StateKey::account(&address(index as u64)),
            account.encode().into(),
        );
        chain
            .state
            .insert(StateKey::code(&code_hash), code.clone().into());
    }
}

/// State as the reference has it, under the keys of this chain.
fn expected(database: &CacheDB<EmptyDB>) -> BTreeMap<StateKey, Bytes> {
    let mut state = BTreeMap::new();
    for (address, account) in &database.cache.accounts {
        if matches!(account.account_state, AccountState::NotExisting) || account.info.is_empty() {
            continue;
        }
        let info = &account.info;
        let value = Account {
            nonce: info.nonce,
            balance: info.balance,
            code_hash: info.code_hash,
        };
        state.insert(StateKey::account(address), value.encode().into());
        for (slot, value) in &account.storage {
            if let Some(value) = encode_slot(*value) {
                state.insert(StateKey::slot(address, *slot), value.into());
            }
        }
    }
    state
}

fn is_same(receipt: &crate::ExecutedReceipt, result: &ExecutionResult) {
    assert_eq!(receipt.envelope.status(), result.is_success());
    assert_eq!(receipt.gas_used, result.tx_gas_used());
    let logs = if result.is_success() {
        result.logs()
    } else {
        &[]
    };
    assert_eq!(receipt.envelope.logs(), logs);
}

fn run(seed: u64) -> usize {
    let seed = &mut (seed * 7919);
    let mut people = [Person::new(1), Person::new(2)];
    let mut chain = Chain::of(&[&people[0], &people[1]]);
    let codes: Vec<_> = (0..CONTRACTS).map(|_| random_code(seed)).collect();
    install(&mut chain, &codes);
    let addresses = [people[0].address(), people[1].address()];
    let mut database = reference(&chain, &addresses, &codes);
    let mut succeeded = 0;
    for _ in 0..4 {
        let transactions: Vec<Transaction> = (0..5)
            .map(|_| {
                let person = &mut people[random(seed) as usize % 2];
                let (to, value) = (address(random(seed)), U256::from(random(seed) % 3));
                person.send_with(TxKind::Call(to), [], |transaction| {
                    (transaction.gas_limit, transaction.value) =
                        (500_000 + random(seed) % 1_500_000, value);
                })
            })
            .collect();
        let block = environment(chain.height + 1).to_revm(&chain.spec);
        let context = Context::mainnet()
            .with_db(database)
            .with_cfg(configuration(&chain.spec))
            .with_block(block);
        let mut evm = context.build_mainnet();
        let results: Vec<_> = transactions
            .iter()
            .map(|next| evm.transact_commit(next.environment().clone()).unwrap())
            .collect();
        database = evm.ctx.journaled_state.database;
        let outcome = chain.block(&transactions);
        outcome
            .receipts
            .iter()
            .zip(&results)
            .for_each(|(receipt, result)| is_same(receipt, result));
        succeeded += results.iter().filter(|result| result.is_success()).count();
        compare(&chain, &database);
    }
    succeeded
}

fn compare(chain: &Chain, database: &CacheDB<EmptyDB>) {
    let expected = expected(database);
    for (key, value) in &expected {
        assert_eq!(chain.state.get(key), Some(value));
    }
    for (address, account) in &database.cache.accounts {
        let keys = account
            .storage
            .keys()
            .map(|slot| StateKey::slot(address, *slot));
        for key in keys.chain([StateKey::account(address)]) {
            assert_eq!(
                chain.state.contains_key(&key),
                expected.contains_key(&key),
                "of {address}"
            );
        }
    }
}

#[test]
fn random_code_leaves_the_state_that_revm_leaves() {
    let succeeded: usize = (1..=150).map(run).sum();
    assert!(
        succeeded > 500,
        "too little succeeded to show anything: {succeeded} of 3000"
    );
}
