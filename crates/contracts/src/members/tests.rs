//! Tests of the views of members.

use alloy_primitives::B256;

use crate::{
    OrganisationId, Refusal,
    addresses::MEMBERS,
    interfaces::IMembers::{
        organisationCall, organisationOfCall, organisationsCall, parametersCall, quotaCall,
        validatorsCall,
    },
    may_send, quota,
    testing::{NAMES, Who, World},
};

#[test]
fn organisations_are_as_set_at_genesis() {
    let mut world = World::at_genesis();
    let all = world.ok(
        Who::Stranger,
        MEMBERS,
        &organisationsCall {
            from: 0,
            limit: 100,
        },
    );
    let names: Vec<_> = all
        .page
        .iter()
        .map(|found| (found.id, found.name.as_str()))
        .collect();
    assert_eq!(names, [(1, NAMES[0]), (2, NAMES[1]), (3, NAMES[2])]);
    assert_eq!(all.total, 3);

    let one = world.ok(Who::Stranger, MEMBERS, &organisationCall { id: 2 });
    assert_eq!(
        (one.kind, one.admin, one.gasPerBlock),
        (2, Who::Clinic.address(), 2_000_000)
    );
    for (who, id) in [(Who::Insurer, 3), (Who::Patient, 0)] {
        let call = organisationOfCall {
            admin: who.address(),
        };
        assert_eq!(world.ok(Who::Stranger, MEMBERS, &call), id);
    }
}

#[test]
fn organisation_and_quota_refuse_what_does_not_exist() {
    let mut world = World::at_genesis();
    for id in [0, 4, u32::MAX] {
        let call = organisationCall { id };
        world.refuses(Who::Stranger, MEMBERS, &call, Refusal::UnknownOrganisation);
    }
    for id in [4, u32::MAX] {
        world.refuses(
            Who::Stranger,
            MEMBERS,
            &quotaCall { id },
            Refusal::UnknownOrganisation,
        );
    }
}

#[test]
fn pages_are_bounded_and_cut_off() {
    let mut world = World::at_genesis();
    for limit in [0, 101] {
        let call = organisationsCall { from: 0, limit };
        world.refuses(Who::Stranger, MEMBERS, &call, Refusal::PageOutOfRange);
        let call = validatorsCall { from: 0, limit };
        world.refuses(Who::Stranger, MEMBERS, &call, Refusal::PageOutOfRange);
    }
    let call = organisationsCall { from: 2, limit: 2 };
    assert_eq!(world.ok(Who::Stranger, MEMBERS, &call).page.len(), 1);
    let call = organisationsCall {
        from: u64::MAX,
        limit: 2,
    };
    assert_eq!(world.ok(Who::Stranger, MEMBERS, &call).page.len(), 0);
}

#[test]
fn validators_are_as_set_at_genesis() {
    let mut world = World::at_genesis();
    let all = world.ok(
        Who::Stranger,
        MEMBERS,
        &validatorsCall { from: 0, limit: 10 },
    );
    assert_eq!(all.total, 2);
    assert_eq!(all.page[0].location, "10.0.0.1:9000");
    assert_eq!(
        (all.page[1].identity, all.page[1].organisation),
        (B256::repeat_byte(2), 2)
    );
    assert_eq!(all.page[1].location, "");
}

#[test]
fn quotas_and_parameters_are_as_set_at_genesis() {
    let mut world = World::at_genesis();
    assert_eq!(
        world.ok(Who::Stranger, MEMBERS, &quotaCall { id: 3 }),
        3_000_000
    );
    assert_eq!(
        world.ok(Who::Stranger, MEMBERS, &quotaCall { id: 0 }),
        5_000_000
    );
    assert_eq!(quota(&mut world.host, OrganisationId(3)), Ok(3_000_000));
    assert_eq!(quota(&mut world.host, OrganisationId(4)), Ok(0));
    let parameters = world.ok(Who::Stranger, MEMBERS, &parametersCall {});
    assert_eq!(
        (parameters.requestsPerDay, parameters.rulesPerChart),
        (5, 3)
    );
    assert_eq!(
        (parameters.signatureGas, parameters.requestLifetime),
        (200_000, 366 * 86_400)
    );
    let seals = (
        parameters.openingLifetime,
        parameters.ruleGas,
        parameters.reviewPeriod,
    );
    assert_eq!(seals, (3_600, 500_000, 72 * 3_600));
}

#[test]
fn admin_accounts_may_send_from_genesis_on_and_nobody_else() {
    let mut world = World::at_genesis();
    let hospital = may_send(&mut world.host, Who::Hospital.address());
    assert_eq!(hospital, Ok(Some(OrganisationId(1))));
    assert_eq!(may_send(&mut world.host, Who::Stranger.address()), Ok(None));
}
