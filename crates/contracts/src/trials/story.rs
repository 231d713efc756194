//! A study with entries of every kind, step by step: what the vectors tell.

use alloy_primitives::B256;

use crate::{
    addresses::TRIALS,
    interfaces::ITrials::{
        When, allocateCall, analyseCall, approveUnlockCall, correctCall, drawListCall, entryOfCall,
        eraseCall, missCall, openCall, planCall, publishCall, screenCall, sealListCall,
        unblindCall,
    },
    testing::{
        Who, World,
        trial::{
            STUDY, WORD, amendment, capture, captures, consent, correction, investigator, list,
            missed, outcome, question, withdrawal,
        },
    },
};

/// One step of the story: a call, or several that belong together.
pub(super) type Step = fn(&mut World);

/// Registered, with sites and roles.
pub(super) fn begin() -> World {
    World::with_study()
}

/// What follows, in order.
pub(super) const STEPS: [Step; 18] = [
    |world| {
        let mut call = amendment(2);
        call.outcomes = vec![outcome(1, 1), outcome(2, 2), outcome(3, 3)];
        world.ok(Who::Manager, TRIALS, &call);
    },
    commit_and_seal,
    consents,
    |world| {
        for slot in [2, 1] {
            let call = allocateCall {
                study: *STUDY,
                slot,
                list: 1,
            };
            world.ok(investigator(slot), TRIALS, &call);
        }
    },
    |world| {
        let forms = [0, 1, 2, 4, 5, 6, 7, 1 << 31].map(|cell| capture(1, cell));
        world.ok(Who::Author, TRIALS, &captures(forms.to_vec()));
    },
    |world| {
        let forms = vec![capture(2, 0), capture(2, 1)];
        world.ok(Who::Nurse, TRIALS, &captures(forms));
    },
    |world| {
        let call = missCall {
            study: *STUDY,
            forms: vec![missed(1, 3)],
        };
        world.ok(Who::Administrator, TRIALS, &call);
    },
    correct,
    |world| {
        world.ok(Who::Patient, TRIALS, &withdrawal(2, 1, 0b1));
    },
    |world| {
        world.ok(Who::Author, TRIALS, &withdrawal(3, 3, 0));
    },
    |world| {
        for (who, state) in [(Who::Agent, 1), (Who::Author, 2), (Who::OtherMaker, 3)] {
            world.ok(who, TRIALS, &question(1, 1, state));
        }
    },
    |world| {
        for (who, slot, emergency) in [(Who::Pharmacist, 1, false), (Who::Physician, 2, true)] {
            let call = openCall {
                study: *STUDY,
                slot,
                list: 1,
                emergency,
                reasonCode: if emergency { 2 } else { 1 },
                reason: WORD,
                key: WORD,
            };
            world.ok(who, TRIALS, &call);
        }
    },
    |world| {
        let call = planCall {
            study: *STUDY,
            document: WORD,
            number: 1,
        };
        world.ok(Who::Wholesaler, TRIALS, &call);
    },
    |world| {
        for slot in 1..=3 {
            world.sign_subject(slot);
        }
    },
    lock,
    unlock_and_lock_again,
    results,
    |world| {
        let call = eraseCall {
            study: *STUDY,
            slot: 3,
            basis: 2,
            reason: WORD,
        };
        world.ok(Who::Regulator, TRIALS, &call);
    },
];

fn commit_and_seal(world: &mut World) {
    world.ok(Who::OtherPharmacist, TRIALS, &list(1));
    let header = world.reach_list(1);
    let draw = drawListCall {
        study: *STUDY,
        list: 1,
        header,
    };
    world.ok(Who::Patient, TRIALS, &draw);
    let seal = sealListCall {
        study: *STUDY,
        list: 1,
        root: WORD,
    };
    world.ok(Who::OtherPharmacist, TRIALS, &seal);
}

fn consents(world: &mut World) {
    let height = world.list(1).height;
    world.pass(height, B256::repeat_byte(0xbe));
    for slot in 1..=3 {
        let mut call = consent(slot);
        call.version = 2;
        if slot == 1 {
            call.when = When {
                observed: world.host.time_ms - 1_000,
                beaconHeight: height,
                beaconHash: B256::repeat_byte(0xbe),
            };
        }
        world.ok(investigator(slot), TRIALS, &call);
    }
}

fn correct(world: &mut World) {
    let view = entryOfCall {
        study: *STUDY,
        slot: 1,
        cell: 0,
    };
    let entry = world.ok(Who::Stranger, TRIALS, &view);
    let call = correctCall {
        study: *STUDY,
        corrections: vec![correction(1, 0, entry)],
    };
    world.ok(Who::Author, TRIALS, &call);
}

fn lock(world: &mut World) {
    let call = world.locking();
    world.ok(Who::OtherMaker, TRIALS, &call);
}

fn unlock_and_lock_again(world: &mut World) {
    let call = approveUnlockCall {
        study: *STUDY,
        lockEntry: world.study().lockEntry,
        reasonCode: 2,
        reason: WORD,
    };
    for who in [Who::Clinic, Who::Regulator] {
        world.ok(who, TRIALS, &call);
    }
    lock(world);
}

fn results(world: &mut World) {
    let unblind = unblindCall {
        study: *STUDY,
        plan: 1,
        secrets: WORD,
    };
    world.ok(Who::OtherPharmacist, TRIALS, &unblind);
    let analyse = analyseCall {
        study: *STUDY,
        number: 1,
        plan: 1,
        lockEntry: world.study().lockEntry,
        manifest: WORD,
        program: WORD,
        result: WORD,
        outcome: 2,
    };
    world.ok(Who::Wholesaler, TRIALS, &analyse);
    let publish = publishCall {
        study: *STUDY,
        document: WORD,
        outcomes: vec![outcome(1, 1), outcome(2, 2)],
    };
    world.ok(Who::Maker, TRIALS, &publish);
    let screen = screenCall {
        study: *STUDY,
        report: WORD,
        number: 1,
    };
    world.ok(Who::Agent, TRIALS, &screen);
}
