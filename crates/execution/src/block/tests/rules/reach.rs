//! What a rule may ask, and from where.

use super::*;
use crate::testing::{Policy, admitted, environment};
use alloy_consensus::TxEip7702;
use alloy_eips::eip7702::Authorization;
use alloy_primitives::Bytes;
use alloy_sol_types::{SolCall, SolValue};
use bytecode::{calling, returning};
use revm::bytecode::opcode::*;
use theriac_contracts::addresses::{DIRECTORY, MEMBERS};
use theriac_contracts::interfaces::{IDirectory, IMembers};

/// Calls a contract with this data and returns the first word of its answer.
fn asking(contract: Address, data: &[u8]) -> Vec<u8> {
    let length = u8::try_from(data.len()).expect("the question is short");
    let mut code = vec![PUSH1, length, PUSH1, 0, PUSH0, CODECOPY];
    code.extend([PUSH1, 32, PUSH0, PUSH1, length, PUSH0, PUSH20]);
    code.extend(contract);
    code.extend([GAS, STATICCALL, POP, PUSH0, MLOAD]);
    code.extend(returning());
    code[3] = u8::try_from(code.len()).expect("the code is short");
    code.extend(data);
    code
}

fn standing(account: Address) -> Vec<u8> {
    IDirectory::standingCall { account }.abi_encode()
}

#[test]
fn rule_may_ask_who_someone_is() {
    let mut scene = Scene::new();
    let admin = scene.person.address();
    let directory = scene.deploy(&asking(DIRECTORY, &standing(admin)));
    assert!(is_yes(&scene.answer(directory)), "of organisation 1");
    let call = IMembers::organisationOfCall { admin };
    let members = scene.deploy(&asking(MEMBERS, &call.abi_encode()));
    assert!(
        is_yes(&scene.answer(members)),
        "the admin of organisation 1"
    );
}

/// The directory refuses to be changed by a rule as by any static call.
#[test]
fn rule_cannot_enrol_anyone() {
    let mut scene = Scene::new();
    let call = IDirectory::endCall {
        person: scene.person.address(),
    };
    let rule = scene.deploy(&asking(DIRECTORY, &call.abi_encode()));
    assert!(!is_yes(&scene.answer(rule)));
}

/// Eight natives stand in each other, and the innermost asks a rule that asks a ninth.
#[test]
fn rule_may_ask_wherever_its_asker_stands() {
    let mut scene = Scene::new();
    let admin = scene.person.address();
    let rule = scene.deploy(&asking(DIRECTORY, &standing(admin)));
    let policy = scene.chain.deploy(&mut scene.person, "Policy");
    let mut steps = vec![Step::AskRule(rule, CAP, vec![])];
    for level in 2..=8_u64 {
        let asking = Policy::decideByAskingCall {
            target: probe::ADDRESS,
            data: script(&steps).into(),
        };
        steps = vec![Step::Ask(policy, 300_000 * level, asking.abi_encode())];
    }
    let mut answer = scene
        .chain
        .call(probe::ADDRESS, script(&steps))
        .output
        .to_vec();
    for _ in 2..=8 {
        let inner = Bytes::abi_decode(&answer[1..]).unwrap();
        let (reached, data) = <(bool, Bytes)>::abi_decode_params(&inner).unwrap();
        assert!(reached);
        answer = data.to_vec();
    }
    assert!(is_yes(&answer));
}

/// Time and height are those of the block in which the rule is asked.
#[test]
fn rule_reads_time_and_height_of_the_block() {
    let mut scene = Scene::new();
    for read in [TIMESTAMP, NUMBER] {
        let rule = scene.deploy(&[&[read][..], &returning()].concat());
        let said = scene.answer(rule);
        let height = scene.chain.height;
        let expected = match read {
            TIMESTAMP => environment(height).timestamp(),
            _ => height,
        };
        let word = U256::from(expected).to_be_bytes::<32>();
        assert_eq!(said, [&[RETURNED][..], &word].concat());
    }
}

/// An account that delegates to a contract (EIP-7702) has that contract's code only until its owner changes her mind.
#[test]
fn delegated_account_is_no_rule_and_no_callee_of_one() {
    let mut scene = Scene::new();
    let code = scene.deploy(&yes());
    let owner = Person::new(7);
    let authorization = Authorization {
        chain_id: U256::from(scene.chain.spec.chain_id),
        address: code,
        nonce: 0,
    };
    let signature = owner.sign_digest(authorization.signature_hash());
    let draft = scene.person.draft(TxKind::Call(code), []);
    scene.person.nonce += 1;
    let setting = admitted(&scene.person.sign(TxEip7702 {
        chain_id: draft.chain_id,
        nonce: draft.nonce,
        gas_limit: draft.gas_limit,
        max_fee_per_gas: 0,
        max_priority_fee_per_gas: 0,
        to: code,
        value: U256::ZERO,
        access_list: Default::default(),
        authorization_list: vec![authorization.into_signed(signature)],
        input: draft.input,
    }));
    assert!(scene.chain.one(setting).envelope.status());
    assert!(is_yes(&scene.answer(code)));
    assert_eq!(scene.answer(owner.address()), [FAILED]);
    let caller = scene.deploy(&after(&calling(STATICCALL, owner.address())));
    assert_eq!(scene.answer(caller), [FAILED]);
}

/// What a rule makes of a call that it may not make is never seen, and the native that asked goes on as before.
#[test]
fn asker_goes_on_after_a_rule_that_failed() {
    let mut scene = Scene::new();
    let inner = scene.deploy(&after(&calling(STATICCALL, probe::ADDRESS)));
    let rule = scene.deploy(&ignoring(inner));
    let good = scene.deploy(&yes());
    let steps = script(&[
        Step::Store(1, 5),
        Step::AskRule(rule, CAP, vec![]),
        Step::AskRule(good, CAP, vec![]),
        Step::Ask(probe::ADDRESS, CAP, script(&[Step::Load(1)])),
        Step::Store(2, 6),
    ]);
    let said = scene
        .chain
        .call(probe::ADDRESS, steps.clone())
        .output
        .to_vec();
    assert_eq!(said[0], FAILED);
    assert!(is_yes(&said[1..34]));
    assert_eq!(
        said[34], RETURNED,
        "a call out that is no rule's may reach natives again"
    );
    let receipt = scene
        .chain
        .one(scene.person.send(TxKind::Call(probe::ADDRESS), steps));
    assert!(receipt.envelope.status());
    let slots = [1, 2].map(|slot| scene.chain.slot(probe::ADDRESS, slot));
    assert_eq!(slots, [U256::from(5), U256::from(6)]);
}
