//! Ordinary contracts behave as on Ethereum, at price zero.

use crate::testing::{Chain, Counter, Person, Relay};
use alloy_primitives::{Log, LogData, TxKind, U256};
use alloy_sol_types::SolCall;

fn chain() -> (Chain, Person) {
    let person = Person::new(1);
    (Chain::of(&[&person]), person)
}

#[test]
fn contract_is_deployed_called_and_emits() {
    let (mut chain, mut person) = chain();
    let counter = chain.deploy(&mut person, "Counter");
    assert_eq!(counter, person.address().create(0));
    let receipt = chain.one(person.send(
        TxKind::Call(counter),
        Counter::incrementCall {}.abi_encode(),
    ));
    assert!(receipt.envelope.status());
    let expected = Counter::Counted {
        by: person.address(),
        count: U256::ONE,
    };
    assert_eq!(
        receipt.envelope.logs(),
        [Log {
            address: counter,
            data: LogData::from(&expected)
        }]
    );
    assert_eq!(chain.slot(counter, 0), U256::ONE);
    assert_eq!(chain.account(person.address()).unwrap().nonce, 2);
    let count = chain.call(counter, Counter::countCall {}.abi_encode());
    assert_eq!(U256::from_be_slice(&count.output), U256::ONE);
}

#[test]
fn revert_leaves_the_nonce_and_nothing_else() {
    let (mut chain, mut person) = chain();
    let counter = chain.deploy(&mut person, "Counter");
    let before = chain.state.len();
    let receipt = chain.one(person.send(
        TxKind::Call(counter),
        Counter::writeThenRevertCall {}.abi_encode(),
    ));
    assert!(!receipt.envelope.status());
    assert!(receipt.envelope.logs().is_empty());
    assert!(receipt.gas_used > 21_000 && receipt.gas_used < 2_000_000);
    assert_eq!(chain.slot(counter, 0), U256::ZERO);
    assert_eq!(chain.account(person.address()).unwrap().nonce, 2);
    assert_eq!(
        chain.state.len(),
        before + 1,
        "only the ring of parent hashes grew"
    );
}

#[test]
fn cleared_slot_leaves_state() {
    let (mut chain, mut person) = chain();
    let counter = chain.deploy(&mut person, "Counter");
    let mark = |value: u64| {
        Counter::markCall {
            from: U256::ZERO,
            to: U256::from(5),
            value: U256::from(value),
        }
        .abi_encode()
    };
    let before = chain.state.len();
    chain.one(person.send(TxKind::Call(counter), mark(7)));
    assert_eq!(chain.state.len(), before + 6);
    let outcome = chain.block(&[person.send(TxKind::Call(counter), mark(0))]);
    assert_eq!(
        outcome
            .changes
            .values()
            .filter(|value| value.is_none())
            .count(),
        5
    );
    assert_eq!(chain.state.len(), before + 2);
    let both = [
        person.send(TxKind::Call(counter), mark(7)),
        person.send(TxKind::Call(counter), mark(0)),
    ];
    let outcome = chain.block(&both);
    assert_eq!(
        outcome.changes.len(),
        2,
        "set and cleared in one block is no change: sender and ring"
    );
}

#[test]
fn block_environment_is_what_solidity_sees() {
    let (mut chain, mut person) = chain();
    let counter = chain.deploy(&mut person, "Counter");
    let environment = crate::testing::environment(chain.height);
    let seen = chain.call(counter, Counter::environmentCall {}.abi_encode());
    let seen = Counter::environmentCall::abi_decode_returns(&seen.output).unwrap();
    assert_eq!(seen._0, U256::from(chain.height));
    assert_eq!(seen._1, U256::from(environment.time_ms / 1000));
    assert_eq!(seen._2, U256::from_be_bytes(environment.prevrandao.0));
    assert_eq!(
        (seen._3, seen._4),
        (U256::ZERO, U256::ZERO),
        "price and base fee"
    );
    assert_eq!(seen._5, U256::from(chain.spec.chain_id));
    assert!(seen._6.is_zero());
}

#[test]
fn block_hash_comes_from_state() {
    let (mut chain, mut person) = chain();
    let counter = chain.deploy(&mut person, "Counter");
    for _ in 0..3 {
        chain.block(&[]);
    }
    for number in 0..chain.height {
        let hash = chain.call(
            counter,
            Counter::blockHashCall {
                number: U256::from(number),
            }
            .abi_encode(),
        );
        assert_eq!(&hash.output[..], crate::testing::hash_of(number).as_slice());
    }
    let own = chain.call(
        counter,
        Counter::blockHashCall {
            number: U256::from(chain.height),
        }
        .abi_encode(),
    );
    assert_eq!(&own.output[..], [0; 32]);
}

#[test]
fn fees_are_never_taken() {
    let (mut chain, mut person) = chain();
    let counter = chain.deploy(&mut person, "Counter");
    let before = chain.account(person.address()).unwrap().balance;
    let paying = person.send_with(
        TxKind::Call(counter),
        Counter::incrementCall {}.abi_encode(),
        |transaction| {
            transaction.max_fee_per_gas = u128::MAX / 2;
            transaction.max_priority_fee_per_gas = 7;
        },
    );
    assert!(chain.one(paying).envelope.status());
    assert_eq!(chain.account(person.address()).unwrap().balance, before);
}

#[test]
fn value_moves_and_empty_accounts_stay_out_of_state() {
    let (mut chain, mut person) = chain();
    let relay = chain.deploy(&mut person, "Relay");
    let other = Person::new(77).address();
    let relayed = Relay::relayCall {
        target: other,
        data: Default::default(),
    }
    .abi_encode();
    chain.one(person.send(TxKind::Call(relay), relayed.clone()));
    assert_eq!(chain.account(other), None, "touched without value");
    chain.one(
        person.send_with(TxKind::Call(relay), relayed, |transaction| {
            transaction.value = U256::from(5)
        }),
    );
    assert_eq!(chain.account(other).unwrap().balance, U256::from(5));
}
