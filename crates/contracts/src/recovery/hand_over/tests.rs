//! Tests of `handOver`.

use alloy_primitives::{Address, Bytes};

use crate::{
    Refusal,
    addresses::RECOVERY,
    interfaces::IRecovery::{handOverCall, successionDigestCall},
    testing::{CHART, DELAY, START, Who, World},
};

const DEADLINE: u64 = START + 100 * DELAY;

/// What the account sends for a successor who signed with this key.
fn signed(world: &mut World, account: Who, (successor, signer): (Address, Who)) -> handOverCall {
    let view = successionDigestCall {
        account: account.address(),
        successor,
        deadline: DEADLINE,
    };
    let digest = world.ok(Who::Stranger, RECOVERY, &view);
    handOverCall {
        successor,
        deadline: DEADLINE,
        signature: signer.sign(digest),
    }
}

fn to_successor(world: &mut World) -> handOverCall {
    let successor = (Who::Successor.address(), Who::Successor);
    signed(world, Who::Patient, successor)
}

#[test]
fn hand_over_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    let good = to_successor(&mut world);
    world.refuses(Who::Stranger, RECOVERY, &good, Refusal::NotEnrolled);
    let late = handOverCall {
        successor: Address::ZERO,
        deadline: START,
        signature: Bytes::from(vec![1; 1_025]),
    };
    world.refuses(Who::Patient, RECOVERY, &late, Refusal::DeadlinePassed);
    let nobody = handOverCall {
        deadline: DEADLINE,
        ..late.clone()
    };
    world.refuses(
        Who::Patient,
        RECOVERY,
        &nobody,
        Refusal::SuccessorNotAllowed,
    );
    let long = handOverCall {
        signature: late.signature,
        ..good.clone()
    };
    world.refuses(Who::Patient, RECOVERY, &long, Refusal::SignatureTooLong);
    let other_deadline = handOverCall {
        deadline: DEADLINE + 1,
        ..good.clone()
    };
    let forged = signed(&mut world, Who::Patient, (good.successor, Who::Patient));
    let for_another = signed(&mut world, Who::Nurse, (good.successor, Who::Successor));
    for call in [other_deadline, forged, for_another] {
        world.refuses(Who::Patient, RECOVERY, &call, Refusal::NotSignedBySuccessor);
    }
    world.propose(Who::Physician, Who::OtherSuccessor);
    world.approve_successor(Who::Nurse, Who::OtherSuccessor);
    world.refuses(Who::Patient, RECOVERY, &good, Refusal::RecoveryRuns);
    world.freeze(Who::Physician);
    world.freeze(Who::Nurse);
    world.refuses(Who::Patient, RECOVERY, &good, Refusal::KeyFrozen);
    world.after(DELAY).execute(Who::Patient);
    world.refuses(Who::Patient, RECOVERY, &good, Refusal::KeyReplaced);
}

#[test]
fn a_key_without_guardians_is_handed_over_at_once() {
    let mut world = World::with_records();
    let call = to_successor(&mut world);
    assert!(world.ok(Who::Patient, RECOVERY, &call));
    assert_eq!(world.controller(CHART), Who::Successor.address());
    world.refuses(Who::Patient, RECOVERY, &call, Refusal::KeyReplaced);
}

#[test]
fn a_key_with_guardians_is_handed_over_after_their_delay() {
    let mut world = World::guarded();
    let call = to_successor(&mut world);
    assert!(!world.ok(Who::Patient, RECOVERY, &call));
    world.after(DELAY - 1);
    assert!(!world.ok(Who::Patient, RECOVERY, &call));
    assert_eq!(world.controller(CHART), Who::Patient.address());
    world.after(DELAY);
    assert!(world.ok(Who::Patient, RECOVERY, &call));
    assert_eq!(world.controller(CHART), Who::Successor.address());
}

#[test]
fn another_successor_is_announced_anew() {
    let mut world = World::guarded();
    let first = to_successor(&mut world);
    world.ok(Who::Patient, RECOVERY, &first);
    world.after(DELAY);
    let other = (Who::OtherSuccessor.address(), Who::OtherSuccessor);
    let second = signed(&mut world, Who::Patient, other);
    assert!(!world.ok(Who::Patient, RECOVERY, &second));
    assert_eq!(world.controller(CHART), Who::Patient.address());
}

#[test]
fn guardians_overtake_a_thief_who_hands_the_key_over_to_herself() {
    let mut world = World::guarded();
    let other = (Who::OtherSuccessor.address(), Who::OtherSuccessor);
    let thief = signed(&mut world, Who::Patient, other);
    world.ok(Who::Patient, RECOVERY, &thief);
    world.after(DELAY - 1);
    world.propose(Who::Physician, Who::Successor);
    world.approve_successor(Who::Nurse, Who::Successor);
    world.after(DELAY);
    world.refuses(Who::Patient, RECOVERY, &thief, Refusal::RecoveryRuns);
    world.after(2 * DELAY).execute(Who::Patient);
    assert_eq!(world.controller(CHART), Who::Successor.address());
}
