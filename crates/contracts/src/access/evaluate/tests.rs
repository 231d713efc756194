//! Tests of what rules say.

use crate::{
    addresses::ACCESS,
    codes::{Effect, Kind, Purpose, RequestStatus, Role},
    interfaces::IAccess::{Rule, requestCall, setRuleCall},
    testing::{CHART, EXPIRY, START, Who, World, question},
};

fn deny() -> Rule {
    Rule {
        effect: Effect::Deny.code(),
        ..Rule::default()
    }
}

fn permit() -> Rule {
    Rule {
        effect: Effect::Permit.code(),
        ..Rule::default()
    }
}

/// What the rules answer to the clinic's physician, who asks for laboratory and imaging for treatment.
fn answer(rules: &[Rule]) -> RequestStatus {
    let mut world = World::with_records();
    for (rule, index) in rules.iter().cloned().zip(0..) {
        world.ok(
            Who::Patient,
            ACCESS,
            &setRuleCall {
                chart: CHART,
                index,
                rule,
            },
        );
    }
    let call = requestCall {
        record: Default::default(),
        kinds: Kind::Laboratory.bit().0 | Kind::Imaging.bit().0,
        expiry: EXPIRY,
        ..question()
    };
    let answer = world.ok(Who::Physician, ACCESS, &call);
    RequestStatus::from_code(answer.status).expect("a status that exists")
}

#[test]
fn without_rules_the_controller_is_asked() {
    assert_eq!(answer(&[]), RequestStatus::Pending);
}

#[test]
fn deny_wins_wherever_it_stands() {
    for rules in [
        vec![deny(), permit()],
        vec![permit(), deny()],
        vec![permit(), permit(), deny()],
    ] {
        assert_eq!(answer(&rules), RequestStatus::Denied);
    }
}

#[test]
fn each_condition_must_match_and_zero_matches_all() {
    type Condition = fn(&mut Rule);
    let rows: [(&str, Condition, Condition); 7] = [
        (
            "who",
            |r| r.who = Who::Physician.address(),
            |r| r.who = Who::Nurse.address(),
        ),
        (
            "role",
            |r| r.role = Role::Physician.code(),
            |r| r.role = Role::Nurse.code(),
        ),
        (
            "organisation",
            |r| r.organisation = 2,
            |r| r.organisation = 1,
        ),
        (
            "purpose",
            |r| r.purpose = Purpose::Treatment.code(),
            |r| r.purpose = Purpose::Payment.code(),
        ),
        ("from", |r| r.from = START, |r| r.from = START + 1),
        ("until", |r| r.until = START + 1, |r| r.until = START),
        (
            "kinds",
            |r| r.kinds = 0x3fff,
            |r| r.kinds = Kind::Claim.bit().0,
        ),
    ];
    for (rule, status) in [
        (deny(), RequestStatus::Denied),
        (permit(), RequestStatus::Admitted),
    ] {
        for (name, met, missed) in rows {
            let (mut yes, mut no) = (rule.clone(), rule.clone());
            met(&mut yes);
            missed(&mut no);
            assert_eq!(answer(&[yes]), status, "{name} is met");
            assert_eq!(answer(&[no]), RequestStatus::Pending, "{name} is missed");
        }
    }
}

#[test]
fn a_denial_needs_one_kind_and_a_permission_all() {
    let one = Kind::Imaging.bit().0;
    assert_eq!(
        answer(&[Rule {
            kinds: one,
            ..deny()
        }]),
        RequestStatus::Denied
    );
    assert_eq!(
        answer(&[Rule {
            kinds: one,
            ..permit()
        }]),
        RequestStatus::Pending
    );
    let both = one | Kind::Laboratory.bit().0;
    assert_eq!(
        answer(&[Rule {
            kinds: both,
            ..permit()
        }]),
        RequestStatus::Admitted
    );
}

#[test]
fn two_permissions_do_not_add_up() {
    let rules = [Kind::Imaging, Kind::Laboratory].map(|kind| Rule {
        kinds: kind.bit().0,
        ..permit()
    });
    assert_eq!(answer(&rules), RequestStatus::Pending);
}
