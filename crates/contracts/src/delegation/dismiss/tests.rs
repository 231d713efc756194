//! Tests of `dismiss`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::DELEGATION,
    codes::EntryKind,
    interfaces::IDelegation::{appointCall, delegatesCall, dismissCall, mandatesCall},
    testing::{CHART, OTHER_CHART, Who, World, proxy},
};

fn call(delegate: Who) -> dismissCall {
    dismissCall {
        chart: CHART,
        delegate: delegate.address(),
    }
}

#[test]
fn dismiss_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let unknown = dismissCall {
        chart: B256::ZERO,
        ..call(Who::Agent)
    };
    world.refuses(Who::Patient, DELEGATION, &unknown, Refusal::ChartUnknown);
    let other = call(Who::Agent);
    for caller in [Who::Author, Who::OtherPatient, Who::Stranger] {
        world.refuses(caller, DELEGATION, &other, Refusal::NotTheController);
    }
    world.refuses(Who::Patient, DELEGATION, &other, Refusal::DelegateUnknown);
    world.refuses(Who::Agent, DELEGATION, &other, Refusal::DelegateUnknown);
    world.ok(Who::Patient, DELEGATION, &proxy());
    world.freeze_patient();
    world.refuses(Who::Patient, DELEGATION, &other, Refusal::KeyFrozen);
    world.ok(Who::Agent, DELEGATION, &other);
}

#[test]
fn a_delegate_dismisses_nobody_but_herself() {
    let mut world = World::with_records();
    for delegate in [Who::Agent, Who::Nurse] {
        let appoint = appointCall {
            delegate: delegate.address(),
            ..proxy()
        };
        world.ok(Who::Patient, DELEGATION, &appoint);
    }
    let nurse = call(Who::Nurse);
    world.refuses(Who::Agent, DELEGATION, &nurse, Refusal::NotTheController);
    world.ok(Who::Nurse, DELEGATION, &nurse);
    let entry = world.log_of(CHART).pop().expect("an entry");
    assert_eq!(entry.kind, EntryKind::DelegateDismissed.code());
    assert_eq!(
        (entry.actor, entry.subject),
        (Who::Nurse.address(), Who::Nurse.address().into_word())
    );
}

#[test]
fn whoever_is_dismissed_the_others_stay_and_places_are_used_again() {
    let delegates = [Who::Agent, Who::Nurse, Who::Physician, Who::Author];
    for gone in delegates {
        let mut world = World::with_records();
        for delegate in delegates {
            let appoint = appointCall {
                delegate: delegate.address(),
                ..proxy()
            };
            world.ok(Who::Patient, DELEGATION, &appoint);
        }
        world.ok(Who::Patient, DELEGATION, &call(gone));
        let appoint = appointCall {
            delegate: Who::Wallet.address(),
            ..proxy()
        };
        world.ok(Who::Patient, DELEGATION, &appoint);
        world.ok(Who::Patient, DELEGATION, &call(Who::Wallet));
        let page = delegatesCall {
            chart: CHART,
            from: 0,
            limit: 10,
        };
        let found = world.ok(Who::Patient, DELEGATION, &page);
        let mut named: Vec<_> = found.page.iter().map(|one| one.delegate).collect();
        let mut expected: Vec<_> = delegates
            .iter()
            .filter(|who| **who != gone)
            .map(|who| who.address())
            .collect();
        named.sort();
        expected.sort();
        assert_eq!((named, found.total), (expected, 3));
        assert!(found.page.iter().all(|one| one.inForce));
    }
}

#[test]
fn mandates_keep_their_order_and_show_what_was_ended() {
    let mut world = World::with_records();
    world.ok(Who::Patient, DELEGATION, &proxy());
    let other = appointCall {
        chart: OTHER_CHART,
        ..proxy()
    };
    world.ok(Who::OtherPatient, DELEGATION, &other);
    world.ok(Who::Patient, DELEGATION, &call(Who::Agent));
    let page = mandatesCall { from: 0, limit: 10 };
    let found = world.ok(Who::Agent, DELEGATION, &page);
    let told: Vec<_> = found
        .page
        .iter()
        .map(|one| (one.chart, one.kind, one.inForce))
        .collect();
    assert_eq!(told, [(CHART, 0, false), (OTHER_CHART, 2, true)]);
}
