//! Tests of what keepers ask.

use alloy_primitives::B256;
use alloy_sol_types::SolEvent;

use crate::{
    Refusal,
    addresses::{DIRECTORY, TRIALS},
    answerable,
    codes::TrialRole,
    interfaces::{
        IDirectory::endCall,
        ITrials::{
            AllocationOpened, allocateCall, eraseCall, openCall, openingByNumberCall, sealOfCall,
        },
    },
    testing::{
        Who, World,
        trial::{STUDY, WORD, consent, role},
    },
    trials::allocation_seal,
};

const FIRST: u64 = 1 << 63;

fn opened(who: Who, emergency: bool) -> World {
    let mut world = World::with_list();
    world.ok(Who::Author, TRIALS, &consent(1));
    let take = allocateCall {
        study: *STUDY,
        slot: 1,
        list: 1,
    };
    world.ok(Who::Author, TRIALS, &take);
    let call = openCall {
        study: *STUDY,
        slot: 1,
        list: 1,
        emergency,
        reasonCode: 2,
        reason: WORD,
        key: WORD,
    };
    assert_eq!(world.ok(who, TRIALS, &call), FIRST);
    world
}

fn seal() -> B256 {
    allocation_seal(1_337, *STUDY, (1, 0))
}

#[track_caller]
fn said(world: &mut World, number: u64, seals: &[B256]) -> Result<B256, Refusal> {
    let said = answerable(&mut world.host, number, seals).expect("memory");
    said.map(|found| found.key)
}

#[test]
fn a_keeper_answers_the_reader_of_an_allocation_alone() {
    for (who, emergency) in [(Who::Pharmacist, false), (Who::Author, true)] {
        let mut world = opened(who, emergency);
        let found = answerable(&mut world.host, FIRST, &[seal()]).expect("memory");
        let found = found.expect("it is admitted");
        assert_eq!((found.requester, found.key), (who.address(), WORD));
        let view = openingByNumberCall { opening: FIRST };
        let shown = world.ok(Who::Stranger, TRIALS, &view);
        assert_eq!((shown.slot, shown.list, shown.index), (1, 1, 0));
        assert_eq!((shown.reader, shown.emergency), (who.address(), emergency));
        let log = world.host.logs().last().expect("an event");
        let event = AllocationOpened::decode_log(log).expect("the event").data;
        assert_eq!((event.opening, event.seal), (FIRST, seal()));
    }
}

#[test]
fn keepers_refuse_in_the_documented_order() {
    let mut world = opened(Who::Pharmacist, false);
    for number in [FIRST + 1, u64::MAX, 0] {
        let unknown = Err(Refusal::OpeningUnknown);
        assert_eq!(said(&mut world, number, &[seal()]), unknown);
    }
    let next = allocation_seal(1_337, *STUDY, (1, 1));
    for seals in [&[][..], &[next], &[seal(), next], &[seal(), seal()]] {
        assert_eq!(said(&mut world, FIRST, seals), Err(Refusal::SealsDiffer));
    }
    let before = world.host.snapshot();
    let mut ended = role(Who::Pharmacist, 0, TrialRole::TrialPharmacist);
    ended.until = 0;
    world.ok(Who::Maker, TRIALS, &ended);
    assert_eq!(said(&mut world, FIRST, &[]), Err(Refusal::OpeningClosed));
    world.host.rollback(before.clone());
    let erase = eraseCall {
        study: *STUDY,
        slot: 1,
        basis: 2,
        reason: WORD,
    };
    world.ok(Who::Regulator, TRIALS, &erase);
    assert_eq!(said(&mut world, FIRST, &[]), Err(Refusal::OpeningClosed));
    world.host.rollback(before);
    let person = Who::Pharmacist.address();
    world.ok(Who::Pharmacy, DIRECTORY, &endCall { person });
    assert_eq!(said(&mut world, FIRST, &[]), Err(Refusal::EnrolmentEnded));
    world.host.time_ms += 3_600_000;
    assert_eq!(said(&mut world, FIRST, &[]), Err(Refusal::OpeningExpired));
}

#[test]
fn the_seal_of_each_entry_is_its_own() {
    let mut world = World::with_list();
    let mut seals = std::collections::BTreeSet::new();
    for (list, index) in [(1, 0), (1, 1), (2, 0), (2, 1)] {
        let view = sealOfCall {
            study: *STUDY,
            list,
            index,
        };
        let shown = world.ok(Who::Stranger, TRIALS, &view);
        assert_eq!(shown, allocation_seal(1_337, *STUDY, (list, index)));
        seals.insert(shown);
    }
    seals.insert(allocation_seal(1, *STUDY, (1, 0)));
    assert_eq!(seals.len(), 5);
}
