//! Tests of rules that are contracts, and of how they stand beside the native ones.

use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::SolCall;

use crate::{
    CallOutcome, Refusal,
    addresses::SEALS,
    codes::{Basis, Effect, Kind, Purpose},
    interfaces::{
        IAccess::Rule,
        IAccessRule::{AccessRequest, admitsCall},
        ISeals::{openCall, pointRuleCall},
    },
    testing::{CHART, RULE, SEALED, SEALED_SUMMARY, START, Who, World, opening},
};

const OTHER_RULE: Address = Address::repeat_byte(0xae);

/// What the contract is asked about these records of the physician.
fn question(records: &[B256], kinds: &[Kind]) -> Bytes {
    let request = AccessRequest {
        chart: CHART,
        records: records.to_vec(),
        requester: Who::Physician.address(),
        organisation: 2,
        role: 2,
        purpose: Purpose::Treatment.code(),
        kinds: kinds.iter().map(|kind| kind.bit().0).sum(),
        time: START,
    };
    admitsCall { request }.abi_encode().into()
}

fn word(value: u8) -> Bytes {
    Bytes::from(B256::with_last_byte(value).to_vec())
}

/// A world in which the patient points kinds at contracts that have code and say nothing yet.
fn pointed(rules: &[(Kind, Address)]) -> World {
    let mut world = World::with_seals();
    for (kind, rule) in rules {
        world.host.codes.insert(*rule, B256::repeat_byte(0xc0));
        let call = pointRuleCall {
            chart: CHART,
            kinds: kind.bit().0,
            rule: *rule,
        };
        world.ok(Who::Patient, SEALS, &call);
    }
    world
}

fn answers(world: &mut World, rule: Address, input: Bytes, outcome: CallOutcome) {
    world.host.answers.insert((rule, input), outcome);
}

#[test]
fn only_32_bytes_that_hold_1_are_a_yes() {
    let longer = Bytes::from([&word(1)[..], &word(0)[..]].concat());
    let rows = [
        (CallOutcome::Returned(word(1)), true),
        (CallOutcome::Returned(word(0)), false),
        (CallOutcome::Returned(word(2)), false),
        (CallOutcome::Returned(Bytes::from(vec![0xff; 32])), false),
        (CallOutcome::Returned(Bytes::new()), false),
        (CallOutcome::Returned(Bytes::from(vec![1])), false),
        (CallOutcome::Returned(word(1).slice(1..)), false),
        (CallOutcome::Returned(longer), false),
        (CallOutcome::Reverted(word(1)), false),
        (CallOutcome::Failed, false),
    ];
    for (outcome, admitted) in rows {
        let mut world = pointed(&[(Kind::Laboratory, RULE)]);
        let input = question(&[SEALED], &[Kind::Laboratory]);
        answers(&mut world, RULE, input, outcome.clone());
        let answer = world.ok(Who::Physician, SEALS, &opening());
        assert_eq!(answer.admitted, admitted, "{outcome:?}");
        let found = world.opening_at(answer.opening);
        assert_eq!(found.basis, Basis::ContractRule.code());
    }
}

#[test]
fn a_contract_is_asked_once_with_its_records_and_the_gas_of_the_network() {
    let mut world = pointed(&[(Kind::Laboratory, RULE), (Kind::Summary, RULE)]);
    let call = openCall {
        records: vec![SEALED_SUMMARY, SEALED],
        ..opening()
    };
    let input = question(&call.records, &[Kind::Laboratory, Kind::Summary]);
    answers(
        &mut world,
        RULE,
        input.clone(),
        CallOutcome::Returned(word(1)),
    );
    assert!(world.ok(Who::Physician, SEALS, &call).admitted);
    assert_eq!(world.host.calls, [(RULE, input, 500_000)]);
}

#[test]
fn several_contracts_must_all_admit_and_each_is_asked_of_its_own_records() {
    let (laboratory, summary) = (
        question(&[SEALED], &[Kind::Laboratory]),
        question(&[SEALED_SUMMARY], &[Kind::Summary]),
    );
    for (one, other) in [(1, 1), (1, 0), (0, 1)] {
        let mut world = pointed(&[(Kind::Laboratory, RULE), (Kind::Summary, OTHER_RULE)]);
        let (yes_or_no, of_other) = (
            CallOutcome::Returned(word(one)),
            CallOutcome::Returned(word(other)),
        );
        answers(&mut world, RULE, laboratory.clone(), yes_or_no);
        answers(&mut world, OTHER_RULE, summary.clone(), of_other);
        let call = openCall {
            records: vec![SEALED, SEALED_SUMMARY],
            ..opening()
        };
        let answer = world.ok(Who::Physician, SEALS, &call);
        assert_eq!(answer.admitted, one + other == 2);
    }
}

#[test]
fn a_native_denial_wins_over_a_contract_which_is_then_not_asked() {
    let mut world = pointed(&[(Kind::Laboratory, RULE)]);
    let input = question(&[SEALED], &[Kind::Laboratory]);
    answers(&mut world, RULE, input, CallOutcome::Returned(word(1)));
    world.rule(Effect::Deny);
    let answer = world.ok(Who::Physician, SEALS, &opening());
    assert!(!answer.admitted);
    let found = world.opening_at(answer.opening);
    assert_eq!(found.basis, Basis::NativeRule.code());
    assert!(world.host.calls.is_empty());
}

#[test]
fn a_native_permission_is_none_for_kinds_that_a_contract_decides() {
    let mut world = pointed(&[(Kind::Laboratory, RULE)]);
    world.rule(Effect::Permit);
    let answer = world.ok(Who::Physician, SEALS, &opening());
    assert!(!answer.admitted, "the contract says nothing");
    let call = openCall {
        records: vec![SEALED_SUMMARY],
        ..opening()
    };
    assert!(world.ok(Who::Physician, SEALS, &call).admitted);
}

#[test]
fn kinds_without_a_contract_need_a_native_permission_beside_the_contracts() {
    let mut world = pointed(&[(Kind::Laboratory, RULE)]);
    let input = question(&[SEALED], &[Kind::Laboratory]);
    answers(&mut world, RULE, input, CallOutcome::Returned(word(1)));
    let call = openCall {
        records: vec![SEALED, SEALED_SUMMARY],
        ..opening()
    };
    assert!(!world.ok(Who::Physician, SEALS, &call).admitted);
    let rule = Rule {
        effect: Effect::Permit.code(),
        kinds: Kind::Summary.bit().0,
        ..Rule::default()
    };
    world.rule_at(0, rule);
    assert!(world.ok(Who::Physician, SEALS, &call).admitted);
}

#[test]
fn a_contract_with_other_code_than_was_pinned_is_not_asked() {
    for code in [B256::ZERO, B256::repeat_byte(0xc1)] {
        let mut world = pointed(&[(Kind::Laboratory, RULE)]);
        let input = question(&[SEALED], &[Kind::Laboratory]);
        answers(&mut world, RULE, input, CallOutcome::Returned(word(1)));
        world.host.codes.insert(RULE, code);
        assert!(!world.ok(Who::Physician, SEALS, &opening()).admitted);
        assert!(world.host.calls.is_empty());
    }
}

#[test]
fn rules_are_asked_of_the_standing_that_the_requester_has_now() {
    let mut world = pointed(&[(Kind::Laboratory, RULE)]);
    world.end(Who::Clinic, Who::Physician);
    world.refuses(Who::Physician, SEALS, &opening(), Refusal::EnrolmentEnded);
    world.enrol(Who::Insurer, Who::Physician, crate::codes::Role::Nurse);
    world.ok(Who::Physician, SEALS, &opening());
    let (_, input, _) = world.host.calls.last().expect("it was asked").clone();
    let asked = admitsCall::abi_decode(&input).expect("the call").request;
    assert_eq!((asked.organisation, asked.role), (3, 3));
}
