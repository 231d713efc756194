//! What a block refuses, by name; the block goes on as if it had not been tried.

use crate::block::ExecuteError;
use crate::evm::probe::{self, Step, script};
use crate::testing::{Chain, FUNDS, Person};
use crate::transaction::{Transaction, TransactionRefusal};
use alloy_primitives::{TxKind, U256};

fn to_probe(person: &mut Person, gas_limit: u64) -> Transaction {
    person.send_with(
        TxKind::Call(probe::ADDRESS),
        script(&[Step::Store(1, 1)]),
        |transaction| {
            transaction.gas_limit = gas_limit;
        },
    )
}

fn refusal(chain: &Chain, transaction: &Transaction) -> TransactionRefusal {
    let mut executor = chain.begin();
    let empty = chain.begin().finish();
    match chain.execute(&mut executor, transaction) {
        Err(ExecuteError::Refused(refusal)) => {
            assert_eq!(
                executor.finish(),
                empty,
                "a refused transaction leaves no trace"
            );
            refusal
        }
        other => panic!("expected a refusal, got {other:?}"),
    }
}

#[test]
fn stranger_is_not_enrolled() {
    let chain = Chain::of(&[&Person::new(1)]);
    assert_eq!(
        refusal(&chain, &to_probe(&mut Person::new(2), 100_000)),
        TransactionRefusal::NotEnrolled
    );
}

#[test]
fn nonce_must_be_the_next() {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let first = to_probe(&mut person, 100_000);
    let second = to_probe(&mut person, 100_000);
    assert_eq!(
        refusal(&chain, &second),
        TransactionRefusal::NonceTooHigh {
            got: 1,
            expected: 0
        }
    );
    chain.one(first.clone());
    assert_eq!(
        refusal(&chain, &first),
        TransactionRefusal::NonceTooLow {
            got: 0,
            expected: 1
        }
    );
    chain.one(second);
}

#[test]
fn value_must_be_there() {
    let mut person = Person::new(1);
    let chain = Chain::of(&[&person]);
    let poor = person.send_with(TxKind::Call(Person::new(8).address()), [], |transaction| {
        transaction.value = U256::from(FUNDS + 1);
    });
    assert_eq!(refusal(&chain, &poor), TransactionRefusal::BalanceTooLow);
}

#[test]
fn contract_cannot_send() {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let counter = chain.deploy(&mut person, "Counter");
    let code_hash = chain.account(counter).unwrap().code_hash;
    let mut account = chain.account(person.address()).unwrap();
    account.code_hash = code_hash;
    let key = theriac_evidence::state::StateKey::account(&person.address());
    chain.state.insert(key, account.encode().into());
    assert_eq!(
        refusal(&chain, &to_probe(&mut person, 100_000)),
        TransactionRefusal::SenderIsContract
    );
}

#[test]
fn block_has_an_end() {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    chain.spec.block_gas_limit = 150_000;
    let mut executor = chain.begin();
    chain
        .execute(&mut executor, &to_probe(&mut person, 100_000))
        .unwrap();
    let left = 150_000 - executor.gas_used();
    let next = to_probe(&mut person, 120_000);
    let refused =
        ExecuteError::Refused(TransactionRefusal::BlockGasExhausted { got: 120_000, left });
    assert_eq!(chain.execute(&mut executor, &next), Err(refused));
    person.nonce -= 1;
    let smaller = to_probe(&mut person, 90_000);
    assert_eq!(chain.execute(&mut executor, &smaller), Ok(()));
}

#[test]
fn organisation_has_a_quota_in_each_block() {
    let (mut ann, mut bob) = (Person::new(1), Person::new(2));
    let mut chain = Chain::with_quotas(&[(ann.address(), 150_000), (bob.address(), 150_000)]);
    let mut executor = chain.begin();
    chain
        .execute(&mut executor, &to_probe(&mut ann, 100_000))
        .unwrap();
    let left = 150_000 - executor.gas_used();
    let next = to_probe(&mut ann, 120_000);
    let refused = ExecuteError::Refused(TransactionRefusal::QuotaExhausted { got: 120_000, left });
    assert_eq!(chain.execute(&mut executor, &next), Err(refused));
    chain
        .execute(&mut executor, &to_probe(&mut bob, 120_000))
        .expect("another organisation has its own quota");
    let outcome = executor.finish();
    chain.apply(outcome.changes);
    chain.one(next);
}

#[test]
fn create_beyond_the_code_size_limit_halts() {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    // PUSH2 0x6001 PUSH0 RETURN: a contract of 24,577 zero bytes, one more than EIP-170 allows.
    let transaction = person.send_with(
        TxKind::Create,
        [0x61, 0x60, 0x01, 0x5f, 0xf3],
        |transaction| {
            transaction.gas_limit = 10_000_000;
        },
    );
    let receipt = chain.one(transaction);
    assert!(!receipt.envelope.status() && receipt.contract_address.is_some());
}
