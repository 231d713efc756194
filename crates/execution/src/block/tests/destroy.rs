//! SELFDESTRUCT since Cancun (EIP-6780), within a transaction and a block.

use crate::testing::{Chain, Factory, Person};
use alloy_primitives::{Address, B256, TxKind, U256};
use alloy_sol_types::{SolCall, SolEvent, sol};

sol! {
    interface IShort {
        function end(address payable to) external;
    }
}

const SALT: B256 = B256::repeat_byte(3);

fn chain() -> (Chain, Person, Address) {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let factory = chain.deploy(&mut person, "Factory");
    (chain, person, factory)
}

fn made(receipt: &crate::ExecutedReceipt) -> Address {
    Factory::Made::decode_log(&receipt.envelope.logs()[0])
        .unwrap()
        .at
}

#[test]
fn contract_made_and_destroyed_in_one_transaction_leaves_nothing() {
    let (mut chain, mut person, factory) = chain();
    let call = Factory::makeAndEndCall { salt: SALT }.abi_encode();
    let paying = person.send_with(TxKind::Call(factory), call, |transaction| {
        transaction.value = U256::from(5)
    });
    let before = chain.account(person.address()).unwrap().balance;
    let receipt = chain.one(paying);
    let short = made(&receipt);
    assert_eq!(chain.account(short), None);
    assert_eq!(chain.slot(short, 0), U256::ZERO);
    assert_eq!(
        chain.account(person.address()).unwrap().balance,
        before,
        "what it held went back"
    );
}

#[test]
fn contract_destroyed_into_itself_burns_what_it_had() {
    let (mut chain, mut person, factory) = chain();
    let receipt = chain.one(person.send(
        TxKind::Call(factory),
        Factory::makeAndEndAtOnceAgainCall { salt: SALT }.abi_encode(),
    ));
    assert_eq!(chain.account(made(&receipt)), None);
}

#[test]
fn address_of_a_destroyed_contract_can_be_used_again_in_the_block() {
    let (mut chain, mut person, factory) = chain();
    let transactions = [
        person.send(
            TxKind::Call(factory),
            Factory::makeAndEndCall { salt: SALT }.abi_encode(),
        ),
        person.send(
            TxKind::Call(factory),
            Factory::makeAndEndCall { salt: SALT }.abi_encode(),
        ),
        person.send(
            TxKind::Call(factory),
            Factory::makeCall { salt: SALT }.abi_encode(),
        ),
    ];
    let outcome = chain.block(&transactions);
    assert!(
        outcome
            .receipts
            .iter()
            .all(|receipt| receipt.envelope.status())
    );
    let short = made(&outcome.receipts[2]);
    assert_eq!(chain.account(short).unwrap().nonce, 1);
    assert_eq!(chain.slot(short, 0), U256::from(7));
}

#[test]
fn older_contract_only_hands_over_its_balance() {
    let (mut chain, mut person, factory) = chain();
    let call = Factory::makeCall { salt: SALT }.abi_encode();
    let paying = person.send_with(TxKind::Call(factory), call, |transaction| {
        transaction.value = U256::from(5)
    });
    let short = made(&chain.one(paying));
    let heir = Person::new(50).address();
    chain.one(person.send(
        TxKind::Call(short),
        IShort::endCall { to: heir }.abi_encode(),
    ));
    assert_eq!(chain.account(short).unwrap().balance, U256::ZERO);
    assert_eq!(chain.slot(short, 0), U256::from(7));
    assert_eq!(chain.account(heir).unwrap().balance, U256::from(5));
}
