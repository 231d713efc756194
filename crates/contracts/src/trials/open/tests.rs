//! Tests of `open`.

use alloy_primitives::{B256, Bytes};
use alloy_sol_types::{SolEvent, SolValue};

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{Entered, allocateCall, eraseCall, openCall},
    testing::{
        Who, World,
        trial::{STUDY, WORD, consent},
    },
};

fn opening(emergency: bool) -> openCall {
    openCall {
        study: *STUDY,
        slot: 1,
        list: 1,
        emergency,
        reasonCode: 2,
        reason: WORD,
        key: WORD,
    }
}

fn allocated() -> World {
    let mut world = World::with_list();
    world.ok(Who::Author, TRIALS, &consent(1));
    let take = allocateCall {
        study: *STUDY,
        slot: 1,
        list: 1,
    };
    world.ok(Who::Author, TRIALS, &take);
    world
}

#[test]
fn open_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = openCall {
        slot: 2,
        list: 2,
        reasonCode: 0,
        reason: B256::ZERO,
        key: B256::ZERO,
        ..opening(false)
    };
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_list();
    world.ok(Who::Author, TRIALS, &consent(1));
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SubjectUnknown);
    call.slot = 1;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Author, TRIALS, &call, Refusal::TrialRoleMissing);
    call.emergency = true;
    for who in [Who::Administrator, Who::Physician, Who::Agent, Who::Maker] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for code in [0, 6] {
        call.reasonCode = code;
        world.refuses(Who::Author, TRIALS, &call, Refusal::UnknownReason);
    }
    call.reasonCode = 5;
    world.refuses(Who::Author, TRIALS, &call, Refusal::CommitmentMissing);
    call.reason = WORD;
    world.refuses(Who::Author, TRIALS, &call, Refusal::KeyMissing);
    call.key = WORD;
    world.refuses(Who::Author, TRIALS, &call, Refusal::ListUnknown);
    call.list = 1;
    world.refuses(Who::Author, TRIALS, &call, Refusal::NotAllocated);
    let mut world = allocated();
    world.ok(Who::Author, TRIALS, &call);
    let erase = eraseCall {
        study: *STUDY,
        slot: 1,
        basis: 2,
        reason: WORD,
    };
    world.ok(Who::Regulator, TRIALS, &erase);
    world.refuses(Who::Author, TRIALS, &call, Refusal::SubjectErased);
}

#[test]
fn an_opening_names_index_reason_and_reader_for_ever() {
    let mut world = allocated();
    for (who, emergency) in [(Who::Pharmacist, false), (Who::Author, true)] {
        world.ok(who, TRIALS, &opening(emergency));
        let log = world.host.logs().iter().rev().nth(1).expect("an event");
        let event = Entered::decode_log(log).expect("the event").data;
        assert_eq!((event.kind, event.slot), (18, 1));
        let body = (1u16, 0u32, emergency, 2u16, WORD, WORD).abi_encode_params();
        assert_eq!(event.body, Bytes::from(body));
        assert_eq!(event.entry[52..72], who.address()[..]);
    }
}
