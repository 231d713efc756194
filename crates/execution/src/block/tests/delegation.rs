//! EIP-7702: accounts that delegate to code.

use crate::evm::probe::{self, Step, script};
use crate::testing::{Chain, Counter, Person, admitted};
use crate::transaction::Transaction;
use alloy_consensus::TxEip7702;
use alloy_eips::eip7702::{Authorization, SignedAuthorization};
use alloy_primitives::{Address, Bytes, TxKind, U256};
use alloy_sol_types::SolCall;

fn authorize(person: &Person, target: Address, nonce: u64, chain_id: u64) -> SignedAuthorization {
    let authorization = Authorization {
        chain_id: U256::from(chain_id),
        address: target,
        nonce,
    };
    let signature = person.sign_digest(authorization.signature_hash());
    authorization.into_signed(signature)
}

fn set_code(
    person: &mut Person,
    to: Address,
    authorization: SignedAuthorization,
    input: impl Into<Bytes>,
) -> Transaction {
    let draft = person.draft(TxKind::Call(to), input);
    person.nonce += 1;
    admitted(&person.sign(TxEip7702 {
        chain_id: draft.chain_id,
        nonce: draft.nonce,
        gas_limit: draft.gas_limit,
        max_fee_per_gas: 0,
        max_priority_fee_per_gas: 0,
        to,
        value: U256::ZERO,
        access_list: Default::default(),
        authorization_list: vec![authorization],
        input: draft.input,
    }))
}

#[test]
fn account_delegates_to_a_contract_and_still_sends() {
    let (mut ann, mut bob) = (Person::new(1), Person::new(2));
    let mut chain = Chain::of(&[&ann, &bob]);
    let counter = chain.deploy(&mut ann, "Counter");
    let authorization = authorize(&bob, counter, 0, chain.spec.chain_id);
    let transaction = set_code(
        &mut ann,
        bob.address(),
        authorization,
        Counter::incrementCall {}.abi_encode(),
    );
    assert!(chain.one(transaction).envelope.status());
    assert_eq!(
        chain.slot(bob.address(), 0),
        U256::ONE,
        "the code ran in Bob's account"
    );
    assert_eq!(chain.slot(counter, 0), U256::ZERO);
    bob.nonce = 1;
    assert!(
        chain
            .one(bob.send(
                TxKind::Call(counter),
                Counter::incrementCall {}.abi_encode()
            ))
            .envelope
            .status()
    );
    let end = authorize(&bob, Address::ZERO, 2, chain.spec.chain_id);
    chain.one(set_code(
        &mut ann,
        counter,
        end,
        Counter::incrementCall {}.abi_encode(),
    ));
    assert_eq!(
        chain.account(bob.address()).unwrap().code_hash,
        alloy_primitives::KECCAK256_EMPTY
    );
}

/// The delegate's code is the marker 0xfe: an invalid instruction, in the account's own name.
#[test]
fn delegation_to_a_native_fails_harmlessly() {
    let (mut ann, bob) = (Person::new(1), Person::new(2));
    let mut chain = Chain::of(&[&ann, &bob]);
    for target in theriac_contracts::addresses()
        .iter()
        .chain([&probe::ADDRESS])
    {
        let before = chain.slot(*target, 1);
        let nonce = chain.account(bob.address()).unwrap().nonce;
        let authorization = authorize(&bob, *target, nonce, chain.spec.chain_id);
        let input = script(&[Step::Store(1, 5)]);
        let receipt = chain.one(set_code(&mut ann, bob.address(), authorization, input));
        assert!(!receipt.envelope.status());
        assert_eq!(chain.slot(bob.address(), 1), U256::ZERO);
        assert_eq!(chain.slot(*target, 1), before);
    }
}

#[test]
fn authorization_of_another_chain_or_nonce_is_skipped() {
    let (mut ann, bob) = (Person::new(1), Person::new(2));
    let mut chain = Chain::of(&[&ann, &bob]);
    let counter = chain.deploy(&mut ann, "Counter");
    for (nonce, chain_id) in [(0, chain.spec.chain_id + 1), (5, chain.spec.chain_id)] {
        let authorization = authorize(&bob, counter, nonce, chain_id);
        chain.one(set_code(&mut ann, bob.address(), authorization, []));
        assert_eq!(chain.account(bob.address()).unwrap().nonce, 0);
    }
}
