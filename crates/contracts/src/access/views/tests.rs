//! Tests of the views of access.

use alloy_primitives::{B256, U256};

use crate::{
    Refusal,
    addresses::ACCESS,
    codes::RequestStatus,
    interfaces::IAccess::{
        approvalDigestCall, approvalFieldsCall, eip712DomainCall, isPartyCall, logEntriesCall,
        logLengthCall, requestByIdCall, requestsCall, rulesCall,
    },
    log::entry_hash,
    testing::{CHART, EXPIRY, START, Who, World},
};

const UNKNOWN: B256 = B256::repeat_byte(0xdd);

#[test]
fn views_of_a_request_are_for_its_requester_and_the_controller() {
    let mut world = World::with_records();
    let id = world.ask();
    let nonce = U256::ZERO;
    for caller in [Who::Nurse, Who::Author, Who::Hospital, Who::Clinic] {
        let (by_id, fields) = (
            requestByIdCall { id: UNKNOWN },
            approvalFieldsCall { id: UNKNOWN },
        );
        world.refuses(caller, ACCESS, &by_id, Refusal::RequestUnknown);
        world.refuses(caller, ACCESS, &fields, Refusal::RequestUnknown);
        world.refuses(caller, ACCESS, &requestByIdCall { id }, Refusal::NotAParty);
        world.refuses(
            caller,
            ACCESS,
            &approvalFieldsCall { id },
            Refusal::NotAParty,
        );
        let digest = approvalDigestCall {
            id,
            wrap: UNKNOWN,
            nonce,
        };
        world.refuses(caller, ACCESS, &digest, Refusal::NotAParty);
    }
    for caller in [Who::Physician, Who::Patient] {
        assert_eq!(world.ok(caller, ACCESS, &requestByIdCall { id }).id, id);
    }
}

#[test]
fn requests_and_rules_are_for_the_controller() {
    let mut world = World::with_records();
    let ids = [world.ask(), world.granted(), world.denied()];
    let mut requests = requestsCall {
        chart: UNKNOWN,
        from: 0,
        limit: 0,
    };
    let mut rules = rulesCall {
        chart: UNKNOWN,
        from: 0,
        limit: 0,
    };
    world.refuses(Who::Author, ACCESS, &requests, Refusal::ChartUnknown);
    world.refuses(Who::Author, ACCESS, &rules, Refusal::ChartUnknown);
    (requests.chart, rules.chart) = (CHART, CHART);
    for caller in [Who::Author, Who::Physician, Who::Hospital] {
        world.refuses(caller, ACCESS, &requests, Refusal::NotTheController);
        world.refuses(caller, ACCESS, &rules, Refusal::NotTheController);
    }
    for limit in [0, 101] {
        (requests.limit, rules.limit) = (limit, limit);
        world.refuses(Who::Patient, ACCESS, &requests, Refusal::PageOutOfRange);
        world.refuses(Who::Patient, ACCESS, &rules, Refusal::PageOutOfRange);
    }
    let page = requestsCall {
        chart: CHART,
        from: 1,
        limit: 2,
    };
    let found = world.ok(Who::Patient, ACCESS, &page);
    assert_eq!(
        found
            .page
            .iter()
            .map(|request| request.id)
            .collect::<Vec<_>>(),
        ids[1..]
    );
    assert_eq!(found.total, 3);
}

#[test]
fn a_request_shows_as_expired_when_its_time_has_come() {
    let mut world = World::with_records();
    let (pending, granted, denied) = (world.ask(), world.granted(), world.denied());
    world.after(EXPIRY - START);
    assert_eq!(world.status(pending), RequestStatus::Expired);
    assert_eq!(world.status(granted), RequestStatus::Expired);
    assert_eq!(world.status(denied), RequestStatus::Denied);
}

#[test]
fn the_log_is_for_parties_and_equals_the_events() {
    let mut world = World::with_records();
    world.granted();
    let events: Vec<B256> = world.log_of(CHART).iter().map(entry_hash).collect();
    for caller in [Who::Patient, Who::Author, Who::Physician] {
        assert_eq!(world.ok(caller, ACCESS, &logLengthCall { chart: CHART }), 2);
        let page = logEntriesCall {
            chart: CHART,
            from: 0,
            limit: 100,
        };
        let found = world.ok(caller, ACCESS, &page);
        assert_eq!((&found.page, found.total), (&events, 2));
    }
    let page = logEntriesCall {
        chart: CHART,
        from: 0,
        limit: 0,
    };
    world.refuses(Who::Agent, ACCESS, &page, Refusal::NotAParty);
    world.refuses(
        Who::Agent,
        ACCESS,
        &logLengthCall { chart: CHART },
        Refusal::NotAParty,
    );
    world.refuses(
        Who::Agent,
        ACCESS,
        &logLengthCall { chart: UNKNOWN },
        Refusal::NotAParty,
    );
    world.refuses(Who::Patient, ACCESS, &page, Refusal::PageOutOfRange);
}

#[test]
fn who_is_a_party_is_told_to_parties_and_to_oneself() {
    let mut world = World::with_records();
    let ask = |who: Who| isPartyCall {
        chart: CHART,
        account: who.address(),
    };
    assert!(world.ok(Who::Patient, ACCESS, &ask(Who::Author)));
    assert!(!world.ok(Who::Patient, ACCESS, &ask(Who::Agent)));
    assert!(!world.ok(Who::Agent, ACCESS, &ask(Who::Agent)));
    world.refuses(Who::Agent, ACCESS, &ask(Who::Author), Refusal::NotAParty);
}

#[test]
fn the_domain_names_chain_and_contract() {
    let mut world = World::new();
    let domain = world.ok(Who::Stranger, ACCESS, &eip712DomainCall {});
    assert_eq!(
        (domain.name.as_str(), domain.version.as_str()),
        ("Theriac", "1")
    );
    assert_eq!(
        (domain.verifyingContract, domain.chainId),
        (ACCESS, U256::from(1_337))
    );
}
