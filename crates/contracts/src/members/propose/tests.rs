//! Tests of the changes: refusals in order, and what each does when it is accepted.

use alloy_primitives::{Address, B256};
use alloy_sol_types::{SolCall, SolEvent};

use crate::{
    OrganisationId, Refusal, Seat,
    addresses::{ACCESS, DIRECTORY, HISTORY, MEMBERS, RECORDS},
    codes::{ProposalStatus, Role},
    committee, directory,
    interfaces::{
        IAccess::{Rule, setRuleCall},
        IDirectory::enrolCall,
        IMembers::{
            Parameters, Proposed, UpgradeScheduled, organisationCall, organisationOfCall,
            parametersCall, proposeAddValidatorCall, proposeAdmitCall, proposeMoveValidatorCall,
            proposeParametersCall, proposeQuotaCall, proposeRemoveCall, proposeRemoveValidatorCall,
            proposeUpgradeCall, upgradeCall, validatorsCall,
        },
        IRecords::openChartCall,
    },
    members::{
        council::{Council, admin, fresh, identity, location},
        state::{self, ORGANISATION_COUNT, VALIDATORS_MAX},
    },
    quota, required_version,
    testing::{CHART, Who},
};

fn admission() -> proposeAdmitCall {
    proposeAdmitCall {
        name: "Pharmacy".into(),
        kind: 3,
        admin: Who::Stranger.address(),
        gasPerBlock: 9_000_000,
    }
}

fn addition() -> proposeAddValidatorCall {
    proposeAddValidatorCall {
        identity: fresh(0),
        organisation: 2,
        location: "10.2.0.1:9000".into(),
    }
}

#[test]
fn admit_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    let mut call = proposeAdmitCall {
        name: String::new(),
        kind: 0,
        admin: Address::ZERO,
        gasPerBlock: 0,
    };
    council.refuses(9, &call, Refusal::NotAValidatorsAdmin);
    for name in [
        String::new(),
        "x".repeat(65),
        "a\tb".into(),
        "\u{85}".into(),
    ] {
        call.name = name;
        council.refuses(1, &call, Refusal::NameMalformed);
    }
    call.name = "x".repeat(64);
    for kind in [0, 10, 255] {
        call.kind = kind;
        council.refuses(1, &call, Refusal::UnknownOrganisationKind);
    }
    call.kind = 9;
    for account in [Address::ZERO, HISTORY, MEMBERS] {
        call.admin = account;
        council.refuses(1, &call, Refusal::AccountNotAllowed);
    }
    council.enrol(1, Who::Patient.address());
    for account in [admin(1), admin(4), Who::Patient.address()] {
        call.admin = account;
        council.refuses(1, &call, Refusal::AdminAccountTaken);
    }
    call.admin = Who::Stranger.address();
    council.refuses(1, &call, Refusal::QuotaZero);
    call.gasPerBlock = 1;
    set_organisation_count(&mut council, 10_000);
    council.refuses(1, &call, Refusal::TooManyOrganisations);
    set_organisation_count(&mut council, 4);
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
    council.ok(2, &call);
}

fn set_organisation_count(council: &mut Council, count: u32) {
    let state = &mut state::state(&mut council.world.host);
    ORGANISATION_COUNT.save(state, &count).expect("memory");
}

/// Lets organisation 1 have as many open proposals as it may.
fn fill(council: &mut Council) {
    for _ in 0..8 {
        council.some_proposal();
    }
}

#[test]
fn an_admitted_organisation_acts_at_once_and_may_be_admitted_again_after_its_removal() {
    let mut council = Council::of(4);
    let account = Who::Stranger.address();
    assert_eq!(council.may_send(account), None);
    council.carry(&admission());
    assert_eq!(council.may_send(account), Some(OrganisationId(5)));
    let view = council.ok(1, &organisationCall { id: 5 });
    assert_eq!(
        (view.name.as_str(), view.kind, view.status),
        ("Pharmacy", 3, 1)
    );
    assert_eq!((view.admin, view.gasPerBlock), (account, 9_000_000));
    council.refuses(1, &admission(), Refusal::AdminAccountTaken);

    council.carry(&proposeRemoveCall { organisation: 5 });
    council.carry(&admission());
    assert_eq!(council.may_send(account), Some(OrganisationId(6)));
    let of = organisationOfCall { admin: account };
    assert_eq!(council.ok(1, &of), 6);
}

#[test]
fn remove_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    council.carry(&admission());
    let mut call = proposeRemoveCall { organisation: 0 };
    council.refuses(5, &call, Refusal::NotAValidatorsAdmin);
    for organisation in [0, 6, u32::MAX] {
        call.organisation = organisation;
        council.refuses(1, &call, Refusal::UnknownOrganisation);
    }
    call.organisation = 4;
    council.refuses(1, &call, Refusal::OrganisationHasValidators);
    call.organisation = 5;
    council.carry(&call);
    council.refuses(1, &call, Refusal::NoLongerAMember);
    let mut council = Council::of(4);
    council.carry(&admission());
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
}

#[test]
fn people_of_a_removed_organisation_have_no_standing_and_may_be_enrolled_elsewhere() {
    let mut council = Council::of(4);
    council.carry(&admission());
    let (head, person) = (Who::Stranger.address(), Who::Physician.address());
    let enrol = |council: &mut Council| {
        let call = enrolCall {
            person,
            role: Role::Physician.code(),
            expiry: 0,
            nameCommitment: B256::repeat_byte(1),
            licenceCommitment: B256::ZERO,
        };
        council
            .world
            .call(Who::Stranger, DIRECTORY, &call)
            .map(drop)
    };
    enrol(&mut council).expect("a member enrols");
    assert_eq!(council.may_send(person), Some(OrganisationId(5)));

    council.carry(&proposeRemoveCall { organisation: 5 });
    for account in [head, person] {
        assert_eq!(council.may_send(account), None);
        let found = directory::standing::find(&mut council.world.host, account);
        assert_eq!(found, Ok(Err(Refusal::NoLongerAMember)));
    }
    assert_eq!(quota(&mut council.world.host, OrganisationId(5)), Ok(0));
    let view = council.ok(1, &organisationCall { id: 5 });
    assert_eq!((view.status, view.gasPerBlock), (2, 0));
    let refusal = Refusal::NotAnAdministrator.into();
    assert_eq!(enrol(&mut council), Err(refusal));
    council.enrol(2, person);
    assert_eq!(council.may_send(person), Some(OrganisationId(2)));
}

#[test]
fn who_controls_a_chart_keeps_it_when_the_organisation_is_removed() {
    let mut council = Council::of(4);
    council.carry(&admission());
    let call = enrolCall {
        person: Who::Patient.address(),
        role: Role::Patient.code(),
        expiry: 0,
        nameCommitment: B256::repeat_byte(1),
        licenceCommitment: B256::ZERO,
    };
    council.world.ok(Who::Stranger, DIRECTORY, &call);
    let open = openChartCall {
        chart: CHART,
        controller: Who::Patient.address(),
    };
    council.world.ok(Who::Patient, RECORDS, &open);
    council.carry(&proposeRemoveCall { organisation: 5 });
    let patient = Who::Patient.address();
    assert_eq!(council.may_send(patient), Some(OrganisationId::NONE));
    let rule = setRuleCall {
        chart: CHART,
        index: 0,
        rule: Rule {
            effect: 1,
            ..Rule::default()
        },
    };
    council.world.ok(Who::Patient, ACCESS, &rule);
}

#[test]
fn add_validator_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    council.carry(&admission());
    council.carry(&proposeRemoveCall { organisation: 5 });
    let mut call = proposeAddValidatorCall {
        identity: B256::ZERO,
        organisation: 0,
        location: "nowhere".into(),
    };
    council.refuses(5, &call, Refusal::NotAValidatorsAdmin);
    for identity in [B256::ZERO, B256::repeat_byte(2)] {
        call.identity = identity;
        council.refuses(1, &call, Refusal::IdentityMalformed);
    }
    let taken = addition();
    council.carry(&taken);
    call.identity = taken.identity;
    council.refuses(1, &call, Refusal::UnknownOrganisation);
    call.organisation = 5;
    council.refuses(1, &call, Refusal::NoLongerAMember);
    call.organisation = 2;
    council.refuses(1, &call, Refusal::LocationMalformed);
    call.location = taken.location;
    council.refuses(1, &call, Refusal::IdentityTaken);
    call.identity = fresh(1);
    for location in [call.location.clone(), location(0)] {
        call.location = location;
        council.refuses(1, &call, Refusal::LocationTaken);
    }
    call.location = "10.2.0.2:9000".into();
    let state = &mut state::state(&mut council.world.host);
    VALIDATORS_MAX.save(state, &5).expect("memory");
    council.refuses(1, &call, Refusal::TooManyValidators);
    let state = &mut state::state(&mut council.world.host);
    VALIDATORS_MAX.save(state, &6).expect("memory");
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
    council.ok(2, &call);
}

#[test]
fn an_added_validator_takes_the_last_seat_of_the_committee() {
    let mut council = Council::of(4);
    let mut expected = committee(&mut council.world.host).expect("memory");
    council.carry(&addition());
    expected.push(Seat {
        identity: fresh(0),
        location: "10.2.0.1:9000".into(),
    });
    assert_eq!(committee(&mut council.world.host), Ok(expected));
    let all = council.ok(1, &validatorsCall { from: 4, limit: 9 });
    assert_eq!(
        (all.total, all.page[0].index, all.page[0].status),
        (5, 4, 1)
    );
    assert_eq!((all.page[0].addedHeight, all.page[0].removedHeight), (7, 0));
}

#[test]
fn remove_validator_refuses_in_the_documented_order() {
    let mut council = Council::of(5);
    let mut call = proposeRemoveValidatorCall { identity: fresh(0) };
    council.refuses(9, &call, Refusal::NotAValidatorsAdmin);
    council.refuses(1, &call, Refusal::ValidatorUnknown);
    call.identity = identity(4);
    council.carry(&call);
    council.refuses(1, &call, Refusal::ValidatorUnknown);
    call.identity = identity(3);
    council.refuses(1, &call, Refusal::TooFewValidators);
    council.carry(&addition());
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
}

#[test]
fn no_removal_makes_a_network_that_can_bear_a_failure_unable_to() {
    for (count, refused) in [
        (1, true),
        (2, false),
        (3, false),
        (4, true),
        (5, false),
        (7, false),
    ] {
        let mut council = Council::of(count);
        let call = proposeRemoveValidatorCall {
            identity: identity(0),
        };
        if refused {
            council.refuses(1, &call, Refusal::TooFewValidators);
        } else {
            council.ok(1, &call);
        }
    }
}

#[test]
fn two_removals_that_were_possible_apart_are_not_possible_together() {
    let mut council = Council::of(5);
    let remove = |index| proposeRemoveValidatorCall {
        identity: identity(index),
    };
    let (first, second) = (council.ok(1, &remove(4)), council.ok(1, &remove(3)));
    for organisation in [1, 2, 3, 4] {
        council.vote(organisation, first, true);
    }
    for organisation in [1, 2, 3] {
        council.vote(organisation, second, true);
    }
    let view = council.proposal(second);
    assert_eq!(view.status, ProposalStatus::Failed.code());
    assert_eq!(view.refusal, Refusal::TooFewValidators.code());
    assert_eq!(
        committee(&mut council.world.host).map(|seats| seats.len()),
        Ok(4)
    );
}

#[test]
fn a_removed_validator_leaves_its_index_and_its_identity_may_return_at_another() {
    let mut council = Council::of(5);
    council.carry(&proposeRemoveValidatorCall {
        identity: identity(1),
    });
    let seats = committee(&mut council.world.host).expect("memory");
    let identities: Vec<_> = seats.iter().map(|seat| seat.identity).collect();
    assert_eq!(identities, [0, 2, 3, 4].map(identity));
    let all = council.ok(1, &validatorsCall { from: 0, limit: 9 });
    assert_eq!((all.page[1].index, all.page[1].status), (1, 2));
    assert_eq!(all.page[1].removedHeight, 7);

    let returning = fresh(3);
    let again = proposeAddValidatorCall {
        identity: returning,
        ..addition()
    };
    council.carry(&again);
    council.carry(&proposeRemoveValidatorCall {
        identity: returning,
    });
    council.carry(&again);
    let all = council.ok(1, &validatorsCall { from: 5, limit: 9 });
    let status: Vec<_> = all.page.iter().map(|one| (one.index, one.status)).collect();
    assert_eq!(status, [(5, 2), (6, 1)]);
}

#[test]
fn move_validator_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    let mut call = proposeMoveValidatorCall {
        identity: fresh(0),
        location: "nowhere".into(),
    };
    council.refuses(9, &call, Refusal::NotAValidatorsAdmin);
    council.refuses(1, &call, Refusal::ValidatorUnknown);
    call.identity = identity(2);
    council.refuses(1, &call, Refusal::LocationMalformed);
    for index in [0, 2] {
        call.location = location(index);
        council.refuses(1, &call, Refusal::LocationTaken);
    }
    call.location = "[2001:db8::7]:9000".into();
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
    council.ok(2, &call);
}

#[test]
fn a_moved_validator_keeps_its_seat() {
    let mut council = Council::of(4);
    let long = "[2001:db8:1111:2222:3333:4444:5555:6666]:9000";
    for location in [long, "10.2.0.5:9000"] {
        council.carry(&proposeMoveValidatorCall {
            identity: identity(2),
            location: location.into(),
        });
        let seats = committee(&mut council.world.host).expect("memory");
        assert_eq!(
            (seats[2].identity, seats[2].location.as_str()),
            (identity(2), location)
        );
        assert_eq!(seats.len(), 4);
    }
}

#[test]
fn quota_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    council.carry(&admission());
    council.carry(&proposeRemoveCall { organisation: 5 });
    let mut call = proposeQuotaCall {
        organisation: 0,
        gasPerBlock: 0,
    };
    council.refuses(5, &call, Refusal::NotAValidatorsAdmin);
    for organisation in [0, 6] {
        call.organisation = organisation;
        council.refuses(1, &call, Refusal::UnknownOrganisation);
    }
    call.organisation = 5;
    council.refuses(1, &call, Refusal::NoLongerAMember);
    call.organisation = 3;
    council.refuses(1, &call, Refusal::QuotaZero);
    call.gasPerBlock = u64::MAX;
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
    let mut council = Council::of(4);
    council.carry(&call);
    let set = quota(&mut council.world.host, OrganisationId(3));
    assert_eq!(set, Ok(u64::MAX));
}

#[test]
fn parameters_refuse_what_is_out_of_range_and_take_the_rest() {
    let mut council = Council::of(4);
    let good = Parameters {
        requestLifetime: 1,
        grantLifetime: 100 * 366 * 86_400,
        requestsPerDay: u32::MAX,
        rulesPerChart: 512,
        signatureGas: 2_000_000,
        commonGasPerBlock: 6,
        openingLifetime: 7,
        ruleGas: 2_000_000,
        reviewPeriod: 9,
        votingPeriod: 90 * 86_400,
        recoveryDelayMin: 10,
        recoveryDelayMax: 11,
    };
    let call = |parameters| proposeParametersCall { parameters };
    council.refuses(
        9,
        &call(Parameters::default()),
        Refusal::NotAValidatorsAdmin,
    );
    let rows: [fn(&mut Parameters); 20] = [
        |p| p.requestLifetime = 0,
        |p| p.requestLifetime = 100 * 366 * 86_400 + 1,
        |p| p.grantLifetime = 0,
        |p| p.grantLifetime = u64::MAX,
        |p| p.requestsPerDay = 0,
        |p| p.rulesPerChart = 0,
        |p| p.rulesPerChart = 513,
        |p| p.signatureGas = 0,
        |p| p.signatureGas = 2_000_001,
        |p| p.commonGasPerBlock = 0,
        |p| p.openingLifetime = 0,
        |p| p.openingLifetime = u64::MAX,
        |p| p.ruleGas = 0,
        |p| p.ruleGas = 2_000_001,
        |p| p.reviewPeriod = 0,
        |p| p.votingPeriod = 0,
        |p| p.votingPeriod = 90 * 86_400 + 1,
        |p| p.recoveryDelayMin = 0,
        |p| p.recoveryDelayMin = 12,
        |p| p.recoveryDelayMax = u64::MAX,
    ];
    for change in rows {
        let mut parameters = good.clone();
        change(&mut parameters);
        council.refuses(1, &call(parameters), Refusal::ParameterOutOfRange);
    }
    council.carry(&call(good.clone()));
    assert_eq!(council.ok(1, &parametersCall {}), good);
    let next = council.some_proposal();
    let view = council.proposal(next);
    let lasts = view.deadline - view.createdTimeMs / 1_000;
    assert_eq!(lasts, 90 * 86_400);
    for _ in 0..7 {
        council.some_proposal();
    }
    council.refuses(1, &call(good), Refusal::TooManyProposals);
}

#[test]
fn upgrade_refuses_in_the_documented_order() {
    let mut council = Council::of(4);
    let mut call = proposeUpgradeCall {
        version: 0,
        height: 0,
    };
    council.refuses(9, &call, Refusal::NotAValidatorsAdmin);
    for version in [0, 1] {
        call.version = version;
        council.refuses(1, &call, Refusal::VersionNotNewer);
    }
    call.version = 2;
    for height in [0, 7, 106] {
        call.height = height;
        council.refuses(1, &call, Refusal::HeightTooSoon);
    }
    call.height = 107;
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
    let late = council.ok(2, &call);
    council.world.host.height = 8;
    for organisation in [1, 2, 3] {
        council.vote(organisation, late, true);
    }
    let view = council.proposal(late);
    assert_eq!(view.refusal, Refusal::HeightTooSoon.code());
}

#[test]
fn the_required_version_changes_at_its_height_and_a_later_decision_replaces_a_pending_one() {
    let mut council = Council::of(4);
    let required = |council: &mut Council, rows: &[(u64, u32)]| {
        for (height, version) in rows {
            let found = required_version(&mut council.world.host, *height);
            assert_eq!(found, Ok(*version), "at {height}");
        }
    };
    required(&mut council, &[(0, 1), (u64::MAX, 1)]);
    let upgrade = |version, height| proposeUpgradeCall { version, height };
    council.carry(&upgrade(3, 500));
    let last = council.world.host.logs().last().expect("a log");
    let told = UpgradeScheduled::decode_log(last).expect("a schedule");
    assert_eq!((told.version, told.height), (3, 500));
    required(&mut council, &[(499, 1), (500, 3), (u64::MAX, 3)]);
    council.carry(&upgrade(2, 900));
    required(&mut council, &[(500, 1), (899, 1), (900, 2)]);
    let view = council.ok(1, &upgradeCall {});
    assert_eq!((view.version, view.nextVersion, view.height), (1, 2, 900));

    council.world.host.height = 900;
    council.refuses(1, &upgrade(2, 2_000), Refusal::VersionNotNewer);
    council.carry(&upgrade(3, 2_000));
    required(&mut council, &[(900, 2), (1_999, 2), (2_000, 3)]);
    let view = council.ok(1, &upgradeCall {});
    assert_eq!((view.version, view.nextVersion, view.height), (2, 3, 2_000));
}

#[test]
fn the_content_of_a_proposal_is_the_call_that_made_it() {
    let mut council = Council::of(4);
    let call = addition();
    let id = council.ok(3, &call);
    let view = council.proposal(id);
    assert_eq!(view.content[..], call.abi_encode()[4..]);
    assert_eq!((view.kind, view.status, view.organisation), (3, 1, 3));
    assert_eq!((view.by, view.decidedHeight), (admin(3), 0));
    let last = council.world.host.logs().last().expect("a log");
    let told = Proposed::decode_log(last).expect("a proposal");
    assert_eq!((told.proposal, told.kind, told.organisation), (id, 3, 3));
    assert_eq!((told.by, told.deadline), (view.by, view.deadline));
    assert_eq!(told.content, view.content);
}

#[test]
fn a_place_is_free_again_when_its_proposal_is_decided_or_expires() {
    let mut council = Council::of(4);
    fill(&mut council);
    for organisation in [1, 2] {
        council.vote(organisation, 3, false);
    }
    council.some_proposal();
    let call = proposeQuotaCall {
        organisation: 1,
        gasPerBlock: 7,
    };
    council.refuses(1, &call, Refusal::TooManyProposals);
    council.world.after(7 * 86_400);
    fill(&mut council);
    council.refuses(1, &call, Refusal::TooManyProposals);
}
