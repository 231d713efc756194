//! Tests of `pointRule`.

use alloy_primitives::{Address, B256, b256};
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{ACCESS, SEALS},
    codes::{EntryKind, Kind},
    interfaces::ISeals::{RulePointed, pointRuleCall, rulePointersCall},
    testing::{CHART, RULE, SEALED, Who, World},
};

const CODE: B256 = B256::repeat_byte(0xc0);

fn call(rule: Address) -> pointRuleCall {
    pointRuleCall {
        chart: CHART,
        kinds: Kind::Laboratory.bit().0 | Kind::Imaging.bit().0,
        rule,
    }
}

fn world() -> World {
    let mut world = World::with_seals();
    world.host.codes.insert(RULE, CODE);
    world
}

#[test]
fn point_rule_refuses_in_the_documented_order() {
    let mut world = world();
    let mut wrong = pointRuleCall::default();
    for kinds in [0, 1 << 14, u32::MAX] {
        wrong.kinds = kinds;
        world.refuses(Who::Stranger, SEALS, &wrong, Refusal::UnknownKind);
    }
    wrong.kinds = 1;
    world.refuses(Who::Stranger, SEALS, &wrong, Refusal::ChartUnknown);
    for (caller, refusal) in [
        (Who::Author, Refusal::NotTheController),
        (Who::OtherPatient, Refusal::NotTheController),
        (Who::Patient, Refusal::RuleNotAContract),
    ] {
        let without_code = call(Address::repeat_byte(0xad));
        world.refuses(caller, SEALS, &without_code, refusal);
    }
    world.host.codes.insert(ACCESS, CODE);
    world.refuses(
        Who::Patient,
        SEALS,
        &call(ACCESS),
        Refusal::RuleNotAContract,
    );
    world.ok(Who::Patient, SEALS, &call(RULE));
}

#[test]
fn a_pointer_stands_for_its_kinds_with_the_code_of_that_time() {
    let mut world = world();
    world.ok(Who::Patient, SEALS, &call(RULE));
    world.host.codes.insert(RULE, B256::repeat_byte(0xc1));
    let view = rulePointersCall { chart: CHART };
    let pointers = world.ok(Who::Patient, SEALS, &view);
    assert_eq!(pointers.len(), Kind::ALL.len());
    for pointer in pointers {
        let kind = Kind::from_code(pointer.kind).expect("a kind");
        let expected = match kind {
            Kind::Laboratory | Kind::Imaging => (RULE, CODE),
            _ => (Address::ZERO, B256::ZERO),
        };
        assert_eq!((pointer.rule, pointer.codeHash), expected, "{kind}");
    }
    world.ok(Who::Patient, SEALS, &call(Address::ZERO));
    let pointers = world.ok(Who::Patient, SEALS, &view);
    assert!(pointers.iter().all(|pointer| pointer.rule.is_zero()));
    assert!(pointers.iter().all(|pointer| pointer.codeHash.is_zero()));
}

#[test]
fn pointing_is_an_entry_that_names_rule_kinds_and_code() {
    let mut world = world();
    world.ok(Who::Patient, SEALS, &call(RULE));
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::RulePointed.code());
    assert_eq!((entry.actor, entry.detail), (Who::Patient.address(), CODE));
    let subject = b256!("000000000000000000000018afafafafafafafafafafafafafafafafafafafaf");
    assert_eq!(entry.subject, subject);
    let log = world.host.logs().last().expect("an event");
    let told = RulePointed::decode_log(log).expect("the pointer");
    assert_eq!((told.chart, told.kinds), (CHART, 0x18));
    assert_eq!((told.rule, told.codeHash), (RULE, CODE));
}

#[test]
fn pointing_closes_earlier_openings() {
    let mut world = world();
    let number = world.opened();
    world.ok(Who::Patient, SEALS, &call(RULE));
    assert_eq!(world.keeper(number, &[SEALED]), Err(Refusal::OpeningClosed));
}
