//! Tests of `query`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::queryOfCall,
    testing::{
        Who, World,
        trial::{STUDY, WORD, question},
    },
};

#[test]
fn query_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = question(3, 2, 0);
    call.text = B256::ZERO;
    call.cell = 6;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(2);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SubjectUnknown);
    call.slot = 1;
    for state in [0, 5] {
        call.state = state;
        world.refuses(Who::Stranger, TRIALS, &call, Refusal::UnknownQueryState);
    }
    call.state = 2;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Agent, TRIALS, &call, Refusal::TrialRoleMissing);
    for state in [1, 3, 4] {
        call.state = state;
        world.refuses(Who::Author, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    locked.refuses(Who::Agent, TRIALS, &call, Refusal::StudyLocked);
    world.refuses(Who::Agent, TRIALS, &call, Refusal::CommitmentMissing);
    call.text = WORD;
    for number in [0, 2] {
        call.query = number;
        world.refuses(Who::Agent, TRIALS, &call, Refusal::NumberNotNext);
    }
    call.query = 1;
    world.refuses(Who::Agent, TRIALS, &call, Refusal::QueryNotThere);
    call.state = 1;
    for cell in [6, 1 << 31] {
        call.cell = cell;
        world.refuses(Who::Agent, TRIALS, &call, Refusal::CellUnknown);
    }
    call.cell = 5;
    world.ok(Who::Agent, TRIALS, &call);
    for (slot, cell) in [(2, 5), (1, 4)] {
        (call.slot, call.cell) = (slot, cell);
        world.refuses(Who::OtherMaker, TRIALS, &call, Refusal::QueryDiffers);
    }
    (call.slot, call.cell) = (1, 5);
    world.refuses(Who::OtherMaker, TRIALS, &call, Refusal::QueryNotThere);
}

#[test]
fn a_query_goes_its_way_and_is_counted_until_it_ends() {
    const OPEN: u8 = 1;
    const ANSWERED: u8 = 2;
    const CLOSED: u8 = 3;
    const CANCELLED: u8 = 4;
    let who = |state| match state {
        ANSWERED => Who::Administrator,
        _ => Who::Agent,
    };
    for (way, pending) in [
        (vec![OPEN], 1),
        (vec![OPEN, ANSWERED], 1),
        (vec![OPEN, ANSWERED, OPEN], 1),
        (vec![OPEN, ANSWERED, CLOSED], 0),
        (vec![OPEN, CLOSED], 0),
        (vec![OPEN, CANCELLED], 0),
    ] {
        let mut world = World::with_subjects(1);
        for state in &way {
            world.ok(who(*state), TRIALS, &question(1, 1, *state));
        }
        assert_eq!(world.subject(1).openQueries, pending);
        assert_eq!(world.sums().openQueries, u64::from(pending));
        let last = *way.last().expect("it has a first step");
        let view = queryOfCall {
            study: *STUDY,
            query: 1,
        };
        assert_eq!(world.ok(Who::Stranger, TRIALS, &view).state, last);
        let next: &[u8] = match last {
            OPEN => &[OPEN],
            ANSWERED => &[ANSWERED, CANCELLED],
            _ => &[OPEN, ANSWERED, CLOSED, CANCELLED],
        };
        for state in next {
            let call = question(1, 1, *state);
            world.refuses(who(*state), TRIALS, &call, Refusal::QueryNotThere);
        }
    }
}
