//! Tests of the views of records.

use alloy_primitives::B256;

use crate::{
    Refusal,
    addresses::{ACCESS, RECORDS},
    interfaces::{
        IAccess::{denyCall, revokeCall},
        IRecords::{chartCall, chartsCall, eip712DomainCall, recordCall, recordsCall},
    },
    is_party,
    testing::{CHART, EXPIRY, IMAGE, OTHER_CHART, OTHER_RECORD, RECORD, START, Who, World},
};

const PAGE: recordsCall = recordsCall {
    chart: CHART,
    from: 0,
    limit: 100,
};

#[test]
fn views_refuse_in_the_documented_order() {
    let mut world = World::with_records();
    let unknown = B256::repeat_byte(0xdd);
    let outsider = Who::Agent;
    world.refuses(
        outsider,
        RECORDS,
        &chartCall { id: unknown },
        Refusal::ChartUnknown,
    );
    world.refuses(
        outsider,
        RECORDS,
        &recordCall { id: unknown },
        Refusal::RecordUnknown,
    );
    let page = recordsCall {
        chart: unknown,
        from: 0,
        limit: 0,
    };
    world.refuses(outsider, RECORDS, &page, Refusal::ChartUnknown);
    world.refuses(
        outsider,
        RECORDS,
        &chartCall { id: CHART },
        Refusal::NotAParty,
    );
    world.refuses(
        outsider,
        RECORDS,
        &recordCall { id: RECORD },
        Refusal::NotAParty,
    );
    for limit in [0, 101] {
        let page = recordsCall {
            chart: CHART,
            from: 0,
            limit,
        };
        world.refuses(outsider, RECORDS, &page, Refusal::NotAParty);
        world.refuses(Who::Patient, RECORDS, &page, Refusal::PageOutOfRange);
        let page = chartsCall { from: 0, limit };
        world.refuses(outsider, RECORDS, &page, Refusal::PageOutOfRange);
    }
}

#[test]
fn the_controller_and_the_authors_of_a_chart_are_its_parties() {
    let mut world = World::with_records();
    for who in [Who::Patient, Who::Author] {
        let all = world.ok(who, RECORDS, &PAGE);
        let ids: Vec<_> = all.page.iter().map(|record| record.id).collect();
        assert_eq!((ids, all.total), (vec![RECORD, IMAGE], 2), "{who:?}");
        assert_eq!(
            world.ok(who, RECORDS, &recordCall { id: RECORD }).id,
            RECORD
        );
    }
    for who in [
        Who::OtherPatient,
        Who::Hospital,
        Who::Administrator,
        Who::Physician,
    ] {
        world.refuses(who, RECORDS, &PAGE, Refusal::NotAParty);
    }
    let other = recordCall { id: OTHER_RECORD };
    world.refuses(Who::Patient, RECORDS, &other, Refusal::NotAParty);
}

#[test]
fn a_reader_is_a_party_while_a_request_or_grant_is_live() {
    let physician = Who::Physician.address();
    let mut world = World::with_records();
    let id = world.ask();
    assert_eq!(is_party(&mut world.host, CHART, physician), Ok(true));
    assert_eq!(is_party(&mut world.host, OTHER_CHART, physician), Ok(false));
    world.ok(Who::Patient, ACCESS, &denyCall { id });
    assert_eq!(is_party(&mut world.host, CHART, physician), Ok(false));

    let (kept, taken) = (world.granted(), world.granted());
    world.ok(Who::Patient, ACCESS, &revokeCall { id: taken });
    assert_eq!(
        is_party(&mut world.host, CHART, physician),
        Ok(true),
        "{kept} is live"
    );
    world.after(EXPIRY - START);
    assert_eq!(is_party(&mut world.host, CHART, physician), Ok(false));
}

#[test]
fn charts_shows_the_callers_own_only() {
    let mut world = World::with_records();
    for (who, ids) in [
        (Who::Patient, vec![CHART]),
        (Who::OtherPatient, vec![OTHER_CHART]),
        (Who::Author, vec![]),
    ] {
        let all = world.ok(who, RECORDS, &chartsCall { from: 0, limit: 9 });
        assert_eq!(all.total, ids.len() as u64);
        assert_eq!(
            all.page.iter().map(|chart| chart.id).collect::<Vec<_>>(),
            ids
        );
    }
}

#[test]
fn the_domain_names_chain_and_contract() {
    let mut world = World::new();
    let domain = world.ok(Who::Stranger, RECORDS, &eip712DomainCall {});
    assert_eq!(
        (domain.name.as_str(), domain.version.as_str()),
        ("Theriac", "1")
    );
    assert_eq!(domain.verifyingContract, RECORDS);
    assert_eq!(domain.chainId, alloy_primitives::U256::from(1_337));
    assert_eq!(domain.fields.0, [0x0f]);
}
