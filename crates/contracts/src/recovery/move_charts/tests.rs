//! Tests of `moveCharts`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::{ACCESS, RECORDS, RECOVERY},
    codes::{Effect, Kind},
    interfaces::{
        IAccess::{Rule, setRuleCall},
        IRecords::{chartCall, chartsCall, openChartCall},
        IRecovery::{executeCall, moveChartsCall, proposeCall},
    },
    testing::{DELAY, Who, World, registration},
};

fn chart(number: u64) -> B256 {
    B256::left_padding_from(&(0xc000 + number).to_be_bytes())
}

/// The patient has 130 charts, two of them of other tests, and was replaced.
fn replaced() -> (World, u64) {
    let mut world = World::guarded();
    for number in 0..129 {
        let call = openChartCall {
            chart: chart(number),
            controller: Who::Patient.address(),
        };
        world.ok(Who::Author, RECORDS, &call);
    }
    world.propose(Who::Physician, Who::Successor);
    world.approve_successor(Who::Nurse, Who::Successor);
    world.after(DELAY);
    let left = world.execute(Who::Patient);
    (world, left)
}

fn rule(chart: B256) -> setRuleCall {
    let rule = Rule {
        effect: Effect::Deny.code(),
        ..Rule::default()
    };
    setRuleCall {
        chart,
        index: 0,
        rule,
    }
}

#[test]
fn charts_move_64_at_once_and_the_successor_controls_all_from_the_beginning() {
    let (mut world, left) = replaced();
    assert_eq!(left, 130 - 64);
    let last = chart(128);
    world.refuses(Who::Patient, ACCESS, &rule(last), Refusal::NotTheController);
    world.ok(Who::Successor, ACCESS, &rule(last));
    let seen = world.ok(Who::Successor, RECORDS, &chartCall { id: last });
    assert_eq!(seen.controller, Who::Successor.address());
    let record = registration(B256::repeat_byte(0x5e), last, Kind::Plan);
    world.ok(Who::Successor, RECORDS, &record);
    let page = chartsCall {
        from: 0,
        limit: 100,
    };
    assert_eq!(world.ok(Who::Successor, RECORDS, &page).page.len(), 64);

    let call = moveChartsCall {
        account: Who::Patient.address(),
    };
    assert_eq!(world.ok(Who::Stranger, RECOVERY, &call), 2);
    assert_eq!(world.ok(Who::Stranger, RECOVERY, &call), 0);
    world.refuses(Who::Stranger, RECOVERY, &call, Refusal::NothingToMove);
    assert_eq!(world.ok(Who::Successor, RECORDS, &page).total, 130);
    for number in 0..129 {
        let id = chart(number);
        let seen = world.ok(Who::Successor, RECORDS, &chartCall { id });
        assert_eq!(seen.controller, Who::Successor.address());
        let entries = world.log_of(id);
        assert_eq!(entries.last().expect("an entry").kind, 20);
    }
    let seen = world.ok(Who::Successor, RECORDS, &chartCall { id: last });
    assert_eq!(seen.recordCount, 1, "what was registered meanwhile stays");
}

#[test]
fn a_key_that_waits_for_charts_is_not_replaced() {
    let (mut world, _) = replaced();
    let account = Who::Successor.address();
    for guardian in [Who::Nurse, Who::Clinic] {
        let call = proposeCall {
            account,
            successor: Who::OtherSuccessor.address(),
        };
        world.ok(guardian, RECOVERY, &call);
    }
    world.after(2 * DELAY);
    let execute = executeCall { account };
    world.refuses(Who::Agent, RECOVERY, &execute, Refusal::MovesUnfinished);
    let call = moveChartsCall {
        account: Who::Patient.address(),
    };
    while world.ok(Who::Agent, RECOVERY, &call) > 0 {}
    world.ok(Who::Agent, RECOVERY, &execute);
    assert_eq!(world.controller(chart(128)), Who::OtherSuccessor.address());
}

#[test]
fn nothing_is_moved_for_a_key_that_stands() {
    let mut world = World::guarded();
    for who in [Who::Patient, Who::Stranger, Who::Nurse] {
        let call = moveChartsCall {
            account: who.address(),
        };
        world.refuses(Who::Nurse, RECOVERY, &call, Refusal::NothingToMove);
    }
}
