//! Tests of `veto`.

use crate::{
    Refusal,
    addresses::RECOVERY,
    codes::RecoveryStatus,
    interfaces::IRecovery::{executeCall, vetoCall},
    testing::{DELAY, START, Who, World},
};

#[test]
fn veto_refuses_in_the_documented_order() {
    let mut world = World::guarded();
    for caller in [Who::Patient, Who::OtherPatient, Who::Stranger, Who::Nurse] {
        world.refuses(caller, RECOVERY, &vetoCall {}, Refusal::RecoveryUnknown);
    }
    world.propose(Who::Physician, Who::Successor);
    world.ok(Who::Patient, RECOVERY, &vetoCall {});
    world.refuses(Who::Patient, RECOVERY, &vetoCall {}, Refusal::VetoesUsedUp);
    world.freeze(Who::Physician);
    world.freeze(Who::Nurse);
    world.refuses(Who::Patient, RECOVERY, &vetoCall {}, Refusal::KeyFrozen);
}

#[test]
fn a_veto_needs_one_more_guardian_and_begins_the_delay_anew() {
    let mut world = World::recovering();
    world.after(DELAY - 1);
    world.ok(Who::Patient, RECOVERY, &vetoCall {});
    let found = world.recovery();
    assert_eq!((found.status, found.needed, found.vetoes), (1, 3, 1));
    let execute = executeCall {
        account: Who::Patient.address(),
    };
    world.after(10 * DELAY);
    world.refuses(Who::Agent, RECOVERY, &execute, Refusal::ApprovalsMissing);
    world.approve_successor(Who::Clinic, Who::Successor);
    assert_eq!(world.recovery().executable, START + 11 * DELAY);
    world.after(11 * DELAY - 1);
    world.refuses(Who::Agent, RECOVERY, &execute, Refusal::DelayNotOver);
    world.after(11 * DELAY).execute(Who::Patient);
}

#[test]
fn a_veto_against_more_approvals_than_needed_only_begins_the_delay_anew() {
    let mut world = World::recovering();
    world.approve_successor(Who::Clinic, Who::Successor);
    world.after(DELAY - 1);
    world.ok(Who::Patient, RECOVERY, &vetoCall {});
    let found = world.recovery();
    assert_eq!(
        (found.status, found.needed),
        (RecoveryStatus::Waiting.code(), 3)
    );
    assert_eq!(found.executable, START + 2 * DELAY - 1);
}

#[test]
fn a_thief_with_the_old_key_delays_all_guardians_and_does_not_stop_them() {
    let guardians = [
        Who::Physician,
        Who::Nurse,
        Who::Clinic,
        Who::Author,
        Who::Agent,
        Who::Insurer,
    ];
    for count in 2..=guardians.len() {
        for threshold in 2..=count {
            let mut world = World::with_records();
            world.name_guardians(Who::Patient, &guardians[..count], threshold as u8);
            world.propose(guardians[0], Who::Successor);
            for guardian in &guardians[1..count] {
                world.approve_successor(*guardian, Who::Successor);
            }
            let mut seconds = 0;
            while world.call(Who::Patient, RECOVERY, &vetoCall {}).is_ok() {
                seconds += DELAY - 1;
                world.after(seconds);
            }
            let longest = (count - threshold) as u64 * (DELAY - 1);
            assert_eq!(seconds, longest, "{threshold} of {count}");
            let account = Who::Patient.address();
            world.after(seconds + DELAY);
            world.ok(Who::Stranger, RECOVERY, &executeCall { account });
        }
    }
}
