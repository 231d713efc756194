//! Tests of `sign`.

use alloy_primitives::{B256, Bytes};

use crate::{
    Refusal,
    addresses::TRIALS,
    interfaces::ITrials::{self, signCall},
    testing::{
        Who, World,
        trial::{WORD, capture, captures, factor, second_key, signature, signed},
    },
};

fn blank() -> signCall {
    signCall {
        scope: 0,
        meaning: 0,
        name: B256::ZERO,
        dataRoot: B256::ZERO,
        ..signature(Who::Author, 1, B256::ZERO, u64::MAX)
    }
}

#[test]
fn sign_refuses_in_the_documented_order() {
    let mut world = World::with_supply();
    let mut call = blank();
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::StudyUnknown);
    let mut world = World::with_subjects(2);
    for scope in [0, 4] {
        call.scope = scope;
        world.refuses(Who::Stranger, TRIALS, &call, Refusal::UnknownSignatureScope);
    }
    for (scope, slot, site) in [
        (1, 0, 1),
        (1, 1, 0),
        (2, 1, 1),
        (2, 0, 0),
        (3, 0, 1),
        (1, 1, 2),
    ] {
        (call.scope, call.slot, call.site) = (scope, slot, site);
        world.refuses(Who::Stranger, TRIALS, &call, Refusal::ScopeDiffers);
    }
    (call.scope, call.slot, call.site) = (1, 3, 1);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SubjectUnknown);
    (call.scope, call.slot, call.site) = (2, 0, 3);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::SiteUnknown);
    (call.scope, call.slot, call.site) = (1, 1, 1);
    world.refuses(Who::Stranger, TRIALS, &call, Refusal::NotEnrolled);
    for who in [Who::Physician, Who::Patient] {
        world.refuses(who, TRIALS, &call, Refusal::TrialRoleMissing);
    }
    for meaning in [0, 8] {
        call.meaning = meaning;
        world.refuses(Who::Author, TRIALS, &call, Refusal::UnknownMeaning);
    }
    call.meaning = 4;
    world.refuses(Who::Author, TRIALS, &call, Refusal::CommitmentMissing);
    call.name = WORD;
    world.refuses(Who::Author, TRIALS, &call, Refusal::SignedAhead);
    call.time = world.host.time_ms;
    world.refuses(Who::Author, TRIALS, &call, Refusal::DataChanged);
    call.dataRoot = world.subject(1).tip;
    call.second = vec![0; 1_025].into();
    world.refuses(Who::Author, TRIALS, &call, Refusal::SignatureTooLong);
    call.second = Bytes::new();
    world.refuses(Who::Author, TRIALS, &call, Refusal::FactorMissing);
    let key = second_key(Who::Author);
    world.ok(Who::Author, TRIALS, &factor(Who::Author, key, None));
    world.refuses(Who::Author, TRIALS, &call, Refusal::FactorMissing);
    world.after(5);
    world.refuses(Who::Author, TRIALS, &call, Refusal::NotSignedByAccount);
    let whole = signed(Who::Author, call);
    let mut once = whole.clone();
    once.second = once.signature.clone();
    world.refuses(Who::Author, TRIALS, &once, Refusal::NotSignedByFactor);
    let mut other = whole.clone();
    other.meaning = 2;
    world.refuses(Who::Author, TRIALS, &other, Refusal::NotSignedByAccount);
    world.ok(Who::Author, TRIALS, &whole);
    world.refuses(Who::Author, TRIALS, &whole, Refusal::DataChanged);
}

#[test]
fn data_are_signed_by_their_investigator_until_they_change() {
    let mut world = World::with_whole_data();
    assert_eq!(world.sums().unsigned, 0);
    world.ok(Who::Author, TRIALS, &captures(vec![capture(1, 1 << 31)]));
    assert_eq!(world.sums().unsigned, 1);
    let coordinator = Who::Administrator;
    let key = second_key(coordinator);
    world.ok(coordinator, TRIALS, &factor(coordinator, key, None));
    world.after(9);
    let tip = world.subject(1).tip;
    let call = signature(coordinator, 1, tip, 0);
    world.ok(coordinator, TRIALS, &call);
    assert_eq!(world.sums().unsigned, 1, "not the investigator");
    let mut review = signature(Who::Author, 1, world.subject(1).tip, 0);
    review.meaning = 2;
    world.ok(Who::Author, TRIALS, &signed(Who::Author, review));
    assert_eq!(world.sums().unsigned, 1, "not the responsibility");
    world.sign_subject(1);
    assert_eq!(world.sums().unsigned, 0);
}

#[test]
fn sites_and_the_study_are_signed_by_the_root_of_the_log() {
    let mut world = World::with_whole_data();
    let author = signature(Who::Author, 1, world.study().root, 0);
    let of_site = signCall {
        slot: 0,
        scope: 2,
        ..author
    };
    world.ok(Who::Author, TRIALS, &signed(Who::Author, of_site));
    let maker = Who::Maker;
    world.ok(maker, TRIALS, &factor(maker, second_key(maker), None));
    world.after(9);
    let study: ITrials::Study = world.study();
    let of_study = signCall {
        slot: 0,
        site: 0,
        scope: 3,
        meaning: 7,
        ..signature(maker, 1, study.root, 0)
    };
    world.ok(maker, TRIALS, &signed(maker, of_study));
    assert_eq!(world.study().size, study.size + 1);
}
