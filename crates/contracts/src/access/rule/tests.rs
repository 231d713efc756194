//! Tests of `setRule` and `removeRule`.

use alloy_primitives::{B256, keccak256};
use alloy_sol_types::{SolEvent, SolValue};

use crate::{
    Refusal,
    addresses::ACCESS,
    codes::{Effect, RequestStatus},
    interfaces::IAccess::{LogEntry, Rule, removeRuleCall, rulesCall, setRuleCall},
    testing::{CHART, START, Who, World, question},
};

fn rule() -> Rule {
    Rule {
        effect: Effect::Deny.code(),
        ..Rule::default()
    }
}

#[test]
fn set_rule_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let worst = Rule {
        effect: 0,
        role: 10,
        purpose: 15,
        kinds: 1 << 14,
        from: 5,
        until: 5,
        ..rule()
    };
    let mut call = setRuleCall {
        chart: B256::ZERO,
        index: 9,
        rule: worst,
    };
    for effect in [0, 3, 255] {
        call.rule.effect = effect;
        world.refuses(Who::Stranger, ACCESS, &call, Refusal::RuleMalformed);
    }
    call.rule.effect = Effect::Permit.code();
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::RuleMalformed);
    call.rule.until = 6;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownRole);
    call.rule.role = 9;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownPurpose);
    call.rule.purpose = 14;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::UnknownKind);
    call.rule.kinds = 1 << 13;
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    for caller in [Who::Stranger, Who::Author, Who::Hospital, Who::OtherPatient] {
        world.refuses(caller, ACCESS, &call, Refusal::NotTheController);
    }
    world.refuses(Who::Patient, ACCESS, &call, Refusal::RuleIndexOutOfOrder);
    for index in 0..3 {
        call.index = index;
        world.ok(Who::Patient, ACCESS, &call);
    }
    call.index = 3;
    world.refuses(Who::Patient, ACCESS, &call, Refusal::TooManyRules);
    call.index = 2;
    world.ok(Who::Patient, ACCESS, &call);
}

#[test]
fn remove_rule_refuses_in_the_documented_order() {
    let mut world = World::with_records();
    let mut call = removeRuleCall {
        chart: B256::ZERO,
        index: 0,
    };
    world.refuses(Who::Stranger, ACCESS, &call, Refusal::ChartUnknown);
    call.chart = CHART;
    world.refuses(Who::Hospital, ACCESS, &call, Refusal::NotTheController);
    world.refuses(Who::Patient, ACCESS, &call, Refusal::RuleUnknown);
    world.ok(
        Who::Patient,
        ACCESS,
        &setRuleCall {
            chart: CHART,
            index: 0,
            rule: rule(),
        },
    );
    world.ok(Who::Patient, ACCESS, &call);
    world.refuses(Who::Patient, ACCESS, &call, Refusal::RuleUnknown);
}

#[test]
fn a_removed_rule_leaves_its_place_and_decides_nothing() {
    let mut world = World::with_records();
    for index in 0..2 {
        world.ok(
            Who::Patient,
            ACCESS,
            &setRuleCall {
                chart: CHART,
                index,
                rule: rule(),
            },
        );
    }
    for index in 0..2 {
        world.ok(
            Who::Patient,
            ACCESS,
            &removeRuleCall {
                chart: CHART,
                index,
            },
        );
    }
    let answer = world.ok(Who::Physician, ACCESS, &question());
    assert_eq!(answer.status, RequestStatus::Pending.code());
    let all = world.ok(
        Who::Patient,
        ACCESS,
        &rulesCall {
            chart: CHART,
            from: 0,
            limit: 9,
        },
    );
    assert_eq!(
        (all.total, all.page[1].index, all.page[1].rule.effect),
        (2, 1, 0)
    );
    world.ok(
        Who::Patient,
        ACCESS,
        &setRuleCall {
            chart: CHART,
            index: 0,
            rule: rule(),
        },
    );
}

#[test]
fn a_rule_comes_back_as_it_was_set_and_its_hash_is_in_the_log() {
    let mut world = World::with_records();
    let full = Rule {
        who: Who::Nurse.address(),
        organisation: 2,
        kinds: 5,
        effect: Effect::Permit.code(),
        role: 3,
        purpose: 1,
        from: START,
        until: START + 9,
    };
    let call = setRuleCall {
        chart: CHART,
        index: 0,
        rule: full.clone(),
    };
    world.ok(Who::Patient, ACCESS, &call);
    let all = world.ok(
        Who::Patient,
        ACCESS,
        &rulesCall {
            chart: CHART,
            from: 0,
            limit: 9,
        },
    );
    assert_eq!(all.page[0].rule, full);
    let entry = LogEntry::decode_log(world.host.logs().last().expect("a log")).expect("an entry");
    assert_eq!((entry.kind, entry.subject), (9, B256::ZERO));
    assert_eq!(entry.detail, keccak256(full.abi_encode()));
}
