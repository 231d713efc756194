//! Tests of `consent`.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::TRIALS,
    testing::{
        Who, World,
        trial::{WORD, amendment, capture, captures, consent, investigator, site, withdrawal},
    },
};

#[test]
fn consent_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = consent(1);
    call.site = 3;
    call.document = B256::ZERO;
    call.signature = B256::ZERO;
    call.version = 0;
    call.when.observed = u64::MAX;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut locked = World::with_lock();
    let mut world = World::with_subjects(2);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SiteUnknown);
    call.site = 1;
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    world.refuses(Who::Agent, TRIALS, &call, Refusal::TrialRoleMissing);
    locked.refuses(Who::Author, TRIALS, &call, Refusal::StudyLocked);
    world.refuses(Who::Author, TRIALS, &call, Refusal::CommitmentMissing);
    call.document = WORD;
    world.refuses(Who::Author, TRIALS, &call, Refusal::CommitmentMissing);
    call.signature = WORD;
    for version in [0, 2] {
        call.version = version;
        world.refuses(Who::Author, TRIALS, &call, Refusal::ConsentVersionUnknown);
    }
    world.ok(Who::Maker, TRIALS, &amendment(2));
    call.version = 1;
    world.refuses(Who::Author, TRIALS, &call, Refusal::ConsentOutdated);
    call.version = 2;
    world.refuses(Who::Author, TRIALS, &call, Refusal::ObservedAhead);
    call.when.observed = world.host.time_ms;
    for slot in [0, 4] {
        call.slot = slot;
        world.refuses(Who::Author, TRIALS, &call, Refusal::NumberNotNext);
    }
    let mut closing = site(1, 1);
    closing.status = 2;
    world.ok(Who::Maker, TRIALS, &closing);
    call.slot = 3;
    world.refuses(Who::Author, TRIALS, &call, Refusal::SiteClosed);
    call.slot = 2;
    world.refuses(Who::Author, TRIALS, &call, Refusal::SiteOfSubjectDiffers);
    call.slot = 1;
    world.ok(Who::Author, TRIALS, &withdrawal(1, 1, 1));
    world.refuses(Who::Author, TRIALS, &call, Refusal::SubjectEnded);
    let mut fresh = World::with_subjects(1);
    fresh.refuses(Who::Author, TRIALS, &consent(1), Refusal::ConsentRepeated);
}

#[test]
fn slots_are_given_out_without_gaps_and_the_first_consent_is_a_milestone() {
    let mut world = World::with_study();
    for slot in 1..=3 {
        world.ok(investigator(slot), TRIALS, &consent(slot));
        let found = world.subject(slot);
        assert_eq!((found.site, found.status), ((slot as u16 + 1) % 2 + 1, 1));
        assert_eq!((found.due, found.missing, found.entries), (0b111, 6, 1));
        assert_eq!((found.consent, found.schedule, found.unsigned), (1, 1, 0));
    }
    let study = world.study();
    assert_eq!((study.subjects, study.status), (3, 2));
    let moment = world.milestone(2);
    assert_eq!(moment.size, study.size - 2, "the first of three");
    assert_eq!(world.sums().missing, 18);
}

#[test]
fn visits_that_came_new_are_due_after_a_new_consent() {
    let mut world = World::with_subjects(1);
    let mut appended = amendment(2);
    appended.schedule.cells = vec![2, 0, 1, 2].into();
    world.ok(Who::Maker, TRIALS, &appended);
    let call = captures(vec![capture(1, 0)]);
    world.refuses(Who::Author, TRIALS, &call, Refusal::ConsentOutdated);
    let mut again = consent(1);
    again.version = 2;
    world.ok(Who::Author, TRIALS, &again);
    let found = world.subject(1);
    assert_eq!((found.due, found.missing), (0b1111, 8));
    assert_eq!((found.consent, found.schedule), (2, 2));
    world.ok(Who::Author, TRIALS, &captures(vec![capture(1, 7)]));
    let mut new = consent(2);
    new.version = 2;
    world.ok(Who::Physician, TRIALS, &new);
    let found = world.subject(2);
    assert_eq!((found.due, found.missing), (0b1101, 5), "one is retired");
    assert_eq!(world.study().subjects, 2);
}
