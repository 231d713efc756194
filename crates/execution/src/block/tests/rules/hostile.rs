//! Each thing that a rule must not do, alone: done by the rule, and by a contract that the rule calls.

use super::*;
use crate::testing::Policy;
use alloy_primitives::hex;
use alloy_sol_types::SolCall;
use bytecode::calling;
use revm::bytecode::opcode::*;
use theriac_contracts::addresses::{ACCESS, HISTORY, RECORDS};

/// Code that does nothing but say yes is what all others differ from.
#[test]
fn rule_that_says_yes_is_heard() {
    assert_eq!(Scene::new().verdicts(&yes()), [true, true]);
}

#[track_caller]
fn means_no(fragment: &[u8]) {
    let verdicts = Scene::new().verdicts(&after(fragment));
    assert_eq!(verdicts, [false, false], "{}", hex::encode(fragment));
}

#[test]
fn rule_that_reverts_means_no() {
    let mut scene = Scene::new();
    let rule = scene.deploy(&[PUSH0, PUSH0, REVERT]);
    assert!(!is_yes(&scene.answer(rule)));
    // That of a callee is an answer with which a rule may do as it likes.
    let caller = scene.deploy(&ignoring(rule));
    assert!(is_yes(&scene.answer(caller)));
}

#[test]
fn rule_that_loops_means_no() {
    means_no(&[JUMPDEST, PUSH0, JUMP]);
}

#[test]
fn rule_that_burns_its_gas_in_memory_means_no() {
    means_no(&[PUSH4, 0xff, 0xff, 0xff, 0xff, MLOAD, POP]);
}

#[test]
fn rule_that_burns_its_gas_in_a_precompile_means_no() {
    // MODEXP with a modulus of 1,024 bytes and an exponent of 0xff..., for more gas than there is.
    let lengths = [
        &[PUSH2, 4, 0, PUSH0, MSTORE, PUSH2, 4, 0, PUSH1, 32, MSTORE][..],
        &[
            PUSH2, 4, 0, PUSH1, 64, MSTORE, PUSH1, 0xff, PUSH2, 4, 96, MSTORE8,
        ],
    ];
    let call = [
        PUSH0, PUSH0, PUSH2, 12, 96, PUSH0, PUSH1, 5, GAS, STATICCALL, POP,
    ];
    means_no(&[&lengths.concat()[..], &call].concat());
}

#[test]
fn rule_that_answers_at_length_means_no() {
    let mut scene = Scene::new();
    let rule = scene.deploy(&[PUSH2, 0x10, 0x01, PUSH0, RETURN]);
    assert_eq!(scene.answer(rule), [FAILED]);
}

#[test]
fn rule_that_calls_back_means_no() {
    let mut scene = Scene::new();
    for native in [probe::ADDRESS, RECORDS, ACCESS, HISTORY] {
        for kind in [CALL, STATICCALL] {
            let verdicts = scene.verdicts(&after(&calling(kind, native)));
            assert_eq!(verdicts, [false, false], "{native}");
        }
    }
}

/// The contracts that decide and are not there yet are closed before they are there.
#[test]
fn rule_that_calls_any_address_of_the_range_of_natives_means_no() {
    let mut scene = Scene::new();
    for last in [5, 6, 7, 0xff] {
        let mut native = HISTORY;
        native[19] = last;
        let verdicts = scene.verdicts(&after(&calling(STATICCALL, native)));
        assert_eq!(verdicts, [false, false], "{native}");
    }
}

#[test]
fn rule_that_delegates_means_no() {
    let mut scene = Scene::new();
    let library = scene.deploy(&yes());
    for target in [library, scene.person.address(), Address::with_last_byte(4)] {
        for kind in [DELEGATECALL, CALLCODE] {
            let verdicts = scene.verdicts(&after(&calling(kind, target)));
            assert_eq!(verdicts, [false, false], "{target}");
        }
    }
}

#[test]
fn rule_that_only_contains_a_delegation_may_say_yes() {
    let library = Address::repeat_byte(7);
    let code = [yes(), calling(DELEGATECALL, library)].concat();
    assert_eq!(Scene::new().verdicts(&code), [true, true]);
}

#[test]
fn rule_that_creates_means_no() {
    means_no(&[PUSH0, PUSH0, PUSH0, CREATE, POP]);
    means_no(&[PUSH0, PUSH0, PUSH0, PUSH0, CREATE2, POP]);
}

#[test]
fn rule_that_writes_means_no() {
    means_no(&[PUSH1, 1, PUSH0, SSTORE]);
    means_no(&[PUSH1, 1, PUSH0, TSTORE]);
    means_no(&[PUSH0, PUSH0, LOG0]);
    means_no(&[PUSH0, PUSH0, PUSH0, LOG1]);
}

#[test]
fn rule_that_destroys_itself_means_no() {
    let mut scene = Scene::new();
    assert_eq!(scene.verdicts(&[PUSH0, SELFDESTRUCT]), [false, false]);
}

#[test]
fn rule_that_sends_value_means_no() {
    let target = [
        PUSH0, PUSH0, PUSH0, PUSH0, PUSH1, 1, PUSH1, 9, GAS, CALL, POP,
    ];
    means_no(&target);
}

#[test]
fn rule_that_reads_what_the_sender_chooses_means_no() {
    for read in [ORIGIN, GASPRICE, SELFBALANCE] {
        means_no(&[read, POP]);
    }
    for read in [TLOAD, BALANCE, BLOBHASH] {
        means_no(&[PUSH0, read, POP]);
    }
}

#[test]
fn rule_that_reads_what_differs_from_block_to_block_means_no() {
    for read in [COINBASE, DIFFICULTY, GASLIMIT, BASEFEE, BLOBBASEFEE] {
        means_no(&[read, POP]);
    }
    means_no(&[PUSH0, BLOCKHASH, POP]);
}

/// SLOTNUM and DUPN have a meaning from the next fork on.
#[test]
fn rule_that_uses_an_instruction_of_a_later_fork_means_no() {
    means_no(&[0x4b, POP]);
    means_no(&[PUSH0, 0xe6, 0x80]);
}

#[test]
fn rule_that_calls_itself_for_ever_means_no() {
    let mut scene = Scene::new();
    // The gas ends before the depth does, and at the same depth whoever asked.
    let code = [
        &[PUSH0, PUSH0, PUSH0, PUSH0, ADDRESS, GAS, STATICCALL, POP][..],
        &yes(),
    ]
    .concat();
    assert_eq!(scene.verdicts(&code), [false, false]);
}

#[test]
fn account_without_code_is_no_rule() {
    let scene = Scene::new();
    for address in [
        scene.person.address(),
        Address::with_last_byte(4),
        Address::repeat_byte(3),
    ] {
        assert_eq!(scene.answer(address), [FAILED]);
    }
}

/// The initialisation code of a contract is no rule while it runs: the account has no code yet.
#[test]
fn contract_under_construction_is_no_rule() {
    let mut scene = Scene::new();
    let steps = |rule| script(&[Step::AskRule(rule, CAP, vec![])]);
    let own = scene.person.address().create(scene.person.nonce);
    let question = steps(own);
    let length = u8::try_from(question.len()).expect("the question is short");
    // Copies the question behind the code, asks the native, and leaves its answer as code.
    let mut creation = vec![PUSH1, length, DUP1, PUSH1, 0, PUSH0, CODECOPY];
    creation.extend([PUSH0, PUSH0, PUSH1, length, PUSH0, PUSH0, PUSH20]);
    creation.extend(probe::ADDRESS);
    creation.extend([
        GAS,
        CALL,
        POP,
        POP,
        RETURNDATASIZE,
        PUSH0,
        PUSH0,
        RETURNDATACOPY,
    ]);
    creation.extend([RETURNDATASIZE, PUSH0, RETURN]);
    creation[4] = u8::try_from(creation.len()).expect("the code is short");
    creation.extend(question);
    let receipt = scene.chain.one(scene.person.send(TxKind::Create, creation));
    let account = scene.chain.account(own).expect("the contract is there");
    assert!(receipt.envelope.status());
    assert_eq!(account.code_hash, alloy_primitives::keccak256([FAILED]));
}

/// Solidity's own calls, memory and returns are no breach.
#[test]
fn rule_of_the_compiler_is_asked_as_it_is() {
    let mut scene = Scene::new();
    let policy = scene.chain.deploy(&mut scene.person, "Policy");
    let words = U256::from(100);
    let input = Policy::decideInMuchMemoryCall { words }.abi_encode();
    let steps = script(&[Step::AskRule(policy, CAP, input)]);
    let answer = scene.chain.call(probe::ADDRESS, steps).output.to_vec();
    let sum = U256::from(5050).to_be_bytes::<32>();
    assert_eq!(answer, [&[RETURNED][..], &sum].concat());
}
