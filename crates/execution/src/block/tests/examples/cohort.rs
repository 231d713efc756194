//! The researchers of a study, approved by its stewards.

use super::*;
use alloy_sol_types::{SolValue, sol};

sol! {
    struct Study {
        bytes32 ethicsApproval;
        uint32 organisation;
        uint32 kinds;
        uint64 until;
        uint8 threshold;
    }

    function approve(address researcher) external;
    function takeBack(address researcher) external;
}

const UNTIL: u64 = TUESDAY + 300 * DAY;

fn study() -> Study {
    Study {
        ethicsApproval: B256::repeat_byte(0x0e),
        organisation: 2,
        kinds: kinds(&[Kind::Laboratory, Kind::Imaging]),
        until: UNTIL,
        threshold: 2,
    }
}

fn question() -> AccessRequest {
    AccessRequest {
        role: Role::Researcher.code(),
        purpose: Purpose::Research.code(),
        ..request()
    }
}

/// A study with three stewards, of whom two must approve.
fn scene() -> (Scene, Vec<Person>, Address) {
    let stewards = vec![Person::new(21), Person::new(22), Person::new(23)];
    let mut people: Vec<_> = stewards.iter().collect();
    let deployer = Person::new(1);
    people.push(&deployer);
    let mut scene = Scene {
        chain: Chain::of(&people),
        person: deployer,
    };
    let addresses: Vec<_> = stewards.iter().map(Person::address).collect();
    let arguments = (study(), addresses).abi_encode_params();
    let rule = scene
        .deploy("ResearchCohort", arguments)
        .expect("a good study");
    (scene, stewards, rule)
}

#[test]
fn researcher_is_admitted_while_enough_stewards_approve_her() {
    let (mut scene, mut stewards, rule) = scene();
    assert!(!scene.admits(rule, question()));
    let approve = || approveCall { researcher: READER };
    assert!(scene.send(&mut stewards[0], rule, approve()));
    assert!(!scene.admits(rule, question()), "one of two");
    assert!(scene.send(&mut stewards[2], rule, approve()));
    each_turns_a_yes_into_a_no(
        &scene,
        rule,
        &question(),
        &[
            ("another researcher", |asked| asked.requester = STRANGER),
            ("another organisation", |asked| asked.organisation = 3),
            ("a physician", |asked| asked.role = Role::Physician.code()),
            ("for treatment", |asked| {
                asked.purpose = Purpose::Treatment.code()
            }),
            ("another kind besides", |asked| {
                asked.kinds |= Kind::Claim.bit().0
            }),
            ("after the approval's end", |asked| asked.time = UNTIL),
        ],
    );
    let back = takeBackCall { researcher: READER };
    assert!(scene.send(&mut stewards[0], rule, back));
    assert!(!scene.admits(rule, question()), "one of two again");
}

#[test]
fn approval_counts_once_and_from_stewards_only() {
    let (mut scene, mut stewards, rule) = scene();
    let approve = || approveCall { researcher: READER };
    assert!(scene.send(&mut stewards[0], rule, approve()));
    assert!(!scene.send(&mut stewards[0], rule, approve()));
    let mut deployer = scene.person.clone();
    assert!(!scene.send(&mut deployer, rule, approve()));
    let back = || takeBackCall { researcher: READER };
    assert!(!scene.send(&mut stewards[1], rule, back()));
    assert!(!scene.admits(rule, question()));
}

#[test]
fn study_that_nobody_approved_or_nobody_can_approve_cannot_be_made() {
    let mut scene = Scene::new();
    let steward = |number| Address::with_last_byte(number);
    let unapproved = Study {
        ethicsApproval: B256::ZERO,
        ..study()
    };
    let without_kinds = Study {
        kinds: 0,
        ..study()
    };
    let alone = Study {
        threshold: 0,
        ..study()
    };
    let unreachable = Study {
        threshold: 3,
        ..study()
    };
    for study in [unapproved, without_kinds, alone, unreachable] {
        let arguments = (study, vec![steward(1), steward(2)]).abi_encode_params();
        assert_eq!(scene.deploy("ResearchCohort", arguments), None);
    }
    let twice = (study(), vec![steward(1), steward(1)]).abi_encode_params();
    assert_eq!(scene.deploy("ResearchCohort", twice), None);
    let many = (study(), (0..33).map(steward).collect::<Vec<_>>()).abi_encode_params();
    assert_eq!(scene.deploy("ResearchCohort", many), None);
}
