//! Tests of the views of recovery.

use alloy_primitives::{B256, keccak256};
use alloy_sol_types::SolStruct;

use crate::{
    Refusal,
    addresses::RECOVERY,
    interfaces::IRecovery::{
        guardiansCall, recoveryCall, successionCall, successionDigestCall, wardsCall,
    },
    is_concerned,
    signing::{Succession, domain},
    testing::{DELAY, GUARDIANS, START, Who, World},
};

#[test]
fn views_are_for_the_account_its_guardians_and_its_successor() {
    let mut world = World::guarded();
    let account = Who::Patient.address();
    let guardians = guardiansCall { account };
    let recovery = recoveryCall { account };
    world.refuses(Who::Nurse, RECOVERY, &recovery, Refusal::RecoveryUnknown);
    world.propose(Who::Physician, Who::Successor);
    let outsiders = [Who::Stranger, Who::Author, Who::OtherPatient, Who::Hospital];
    for who in outsiders.into_iter().chain([Who::Successor]) {
        world.refuses(who, RECOVERY, &guardians, Refusal::NotConcerned);
        world.refuses(who, RECOVERY, &recovery, Refusal::NotConcerned);
        assert_eq!(
            is_concerned(&mut world.host, account, who.address()),
            Ok(false)
        );
    }
    world.approve_successor(Who::Nurse, Who::Successor);
    for who in GUARDIANS.into_iter().chain([Who::Patient, Who::Successor]) {
        world.ok(who, RECOVERY, &guardians);
        world.ok(who, RECOVERY, &recovery);
        assert_eq!(
            is_concerned(&mut world.host, account, who.address()),
            Ok(true)
        );
    }
    world.after(DELAY).execute(Who::Patient);
    for who in outsiders {
        world.refuses(who, RECOVERY, &recovery, Refusal::NotConcerned);
    }
    for who in GUARDIANS.into_iter().chain([Who::Patient, Who::Successor]) {
        world.ok(who, RECOVERY, &recovery);
    }
}

#[test]
fn a_recovery_is_told_with_each_guardians_word() {
    let mut world = World::guarded();
    world.propose(Who::Physician, Who::Successor);
    world.freeze(Who::Nurse);
    world.cancel(Who::Clinic);
    let found = world.recovery();
    assert_eq!(found.guardians, GUARDIANS.map(|who| who.address()));
    assert_eq!(found.freezes, [false, true, false]);
    assert_eq!(found.cancels, [false, false, true]);
    assert_eq!(found.approves[0], Who::Successor.address());
    assert_eq!(found.lapses, START + DELAY + 30 * 86_400);
    assert_eq!((found.executable, found.proposedTimeMs), (0, START * 1_000));
}

#[test]
fn wards_come_in_pages() {
    let mut world = World::guarded();
    let call = wardsCall { from: 0, limit: 0 };
    world.refuses(Who::Nurse, RECOVERY, &call, Refusal::PageOutOfRange);
    let call = wardsCall { from: 0, limit: 1 };
    let wards = world.ok(Who::Nurse, RECOVERY, &call);
    assert_eq!(wards.page, [Who::Patient.address()]);
    assert_eq!(world.ok(Who::Author, RECOVERY, &call).total, 0);
}

#[test]
fn a_key_that_stands_has_no_succession() {
    let mut world = World::guarded();
    let account = Who::Patient.address();
    let found = world.ok(Who::Stranger, RECOVERY, &successionCall { account });
    assert!(found.successor.is_zero() && found.timeMs == 0);
}

#[test]
fn what_a_successor_signs_is_pinned() {
    let words = "Succession(address account,address successor,uint64 deadline)";
    assert_eq!(Succession::eip712_encode_type(), words);
    let succession = Succession {
        account: Who::Patient.address(),
        successor: Who::Successor.address(),
        deadline: 7,
    };
    assert_eq!(succession.eip712_type_hash(), keccak256(words));
    let mut world = World::guarded();
    let call = successionDigestCall {
        account: succession.account,
        successor: succession.successor,
        deadline: 7,
    };
    let digest: B256 = world.ok(Who::Stranger, RECOVERY, &call);
    assert_eq!(
        digest,
        succession.eip712_signing_hash(&domain(1_337, RECOVERY))
    );
}
