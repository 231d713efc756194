//! `GET /events`: the query language at the door.

use crate::support::{Client, Fixture, document, event, files, on_both, published};
use serde_json::json;
use theriac_standards::epcis::query::Query;

async fn fill(own: &Client) {
    let mut events: Vec<_> = (0..6).map(event).collect();
    events[1]["bizStep"] = json!("receiving");
    events[1]["disposition"] = json!("in_progress");
    events[2]["epcList"] = json!(["urn:epc:id:sgtin:0614141.107346.2018"]);
    events[3]["bizLocation"] = json!({ "id": "urn:epc:id:sgln:0614141.00888.0" });
    events[3]["bizTransactionList"] = json!([{ "type": "po", "bizTransaction": "urn:x:po:7" }]);
    events[4]["readPoint"] = json!({ "id": "https://id.gs1.org/414/9506000199993" });
    events[4]["sensorElementList"] = json!([{ "sensorReport": [
        { "type": "Temperature", "value": 26, "uom": "CEL", "deviceID": "urn:x:device:1" },
    ]}]);
    events[5]["quantityList"] = json!([
        { "epcClass": "urn:epc:class:lgtin:4012345.012345.998877", "quantity": 200, "uom": "KGM" },
    ]);
    events[5]["ilmd"] = json!({ "example:lot": "L-5" });
    events[5]["action"] = json!("ADD");
    let job = own.capture(&document(&events)).await;
    assert_eq!(job["success"], true, "{job}");
}

on_both! {
    async fn parameters_find_events_in_whatever_form_their_values_are(fixture: &Fixture) {
        let own = fixture.own();
        fill(&own).await;
        let own = own.with("gs1-extensions", "example=https://ns.example.com/epcis/");
        let asked: [(&str, &[u64]); 31] = [
            ("", &[0, 1, 2, 3, 4, 5]),
            ("EQ_bizStep=receiving", &[1]),
            ("EQ_bizStep=urn:epcglobal:cbv:bizstep:receiving", &[1]),
            ("EQ_bizStep=https://ref.gs1.org/cbv/BizStep-receiving|packing", &[1]),
            ("EQ_disposition=in_progress", &[1]),
            ("eventType=AggregationEvent", &[]),
            ("eventType=ObjectEvent|AggregationEvent&EQ_action=ADD", &[5]),
            ("MATCH_epc=https://id.gs1.org/01/10614141073464/21/2018", &[2]),
            ("MATCH_epc=urn:epc:id:sgtin:0614141.107346.2018", &[2]),
            ("MATCH_epc=urn:epc:idpat:sgtin:0614141.107346.*", &[2]),
            ("MATCH_anyEPC=https://id.gs1.org/01/09506000134352/*", &[0, 1, 3, 4, 5]),
            ("MATCH_epcClass=urn:epc:class:lgtin:4012345.012345.998877", &[5]),
            ("MATCH_inputEPC=https://id.gs1.org/01/09506000134352/21/1", &[]),
            ("EQ_bizLocation=https://id.gs1.org/414/0614141008889", &[3]),
            ("EQ_readPoint=https://example.org/414/9506000199993", &[4]),
            ("EQ_bizTransaction_po=urn:x:po:7", &[3]),
            ("EQ_bizTransaction_inv=urn:x:po:7", &[]),
            ("GE_eventTime=2026-01-01T00:02:00Z&LT_eventTime=2026-01-01T00:04:00Z", &[2, 3]),
            ("GE_eventTime=2026-01-01T01:05:00%2B01:00", &[5]),
            ("GE_recordTime=2020-01-01T00:00:00Z", &[0, 1, 2, 3, 4, 5]),
            ("LT_recordTime=2020-01-01T00:00:00Z", &[]),
            ("EXISTS_sensorElementList", &[4]),
            ("EQ_type=Temperature", &[4]),
            ("EQ_deviceID=urn:x:device:1", &[4]),
            ("GE_value_KEL=299", &[4]),
            ("GE_value_KEL=300", &[]),
            ("GT_quantity_KGM=100", &[5]),
            ("EQ_ILMD_example:lot=L-5", &[5]),
            ("EXISTS_ILMD_example:lot", &[5]),
            ("EQ_example:number=4", &[4]),
            ("EQ_eventID=urn:none", &[]),
        ];
        for (query, expected) in asked {
            let answer = own.get(&format!("/events?{query}")).await.expect(200);
            assert_eq!(answer.numbers(), expected, "{query}");
        }
    }

    async fn answers_are_ordered_and_limited(fixture: &Fixture) {
        let own = fixture.own();
        fill(&own).await;
        own.capture(&document(&[event(7), event(6)])).await;
        let own = own.with("gs1-extensions", "example=https://ns.example.com/epcis/");
        let asked: [(&str, &[u64]); 5] = [
            ("orderBy=eventTime", &[7, 6, 5, 4, 3, 2, 1, 0]),
            ("orderBy=eventTime&orderDirection=ASC&eventCountLimit=3", &[0, 1, 2]),
            ("orderBy=recordTime&orderDirection=ASC&EQ_action=OBSERVE", &[0, 1, 2, 3, 4, 7, 6]),
            ("orderBy=example:number&orderDirection=DESC&eventCountLimit=2", &[7, 6]),
            ("maxEventCount=8", &[0, 1, 2, 3, 4, 5, 7, 6]),
        ];
        for (query, expected) in asked {
            let answer = own.get(&format!("/events?{query}")).await.expect(200);
            assert_eq!(answer.numbers(), expected, "{query}");
        }
        own.get("/events?maxEventCount=7").await.problem(413, "QueryTooLargeException");
    }

    async fn places_lie_within_others_as_captured_master_data_says(fixture: &Fixture) {
        let own = fixture.own();
        let mut inner = event(1);
        inner["bizLocation"] = json!({ "id": "urn:x:ward" });
        let mut document = document(&[inner, event(2)]);
        document["epcisHeader"] = json!({ "epcisMasterData": { "vocabularyList": [{
            "type": "urn:epcglobal:epcis:vtype:BusinessLocation",
            "vocabularyElementList": [{ "id": "urn:x:hospital", "children": ["urn:x:ward"] }],
        }]}});
        let job = own.capture(&document).await;
        assert_eq!(job["success"], true, "{job}");
        let within = own.get("/events?WD_bizLocation=urn:x:hospital").await.expect(200);
        assert_eq!(within.numbers(), [1]);
        let exactly = own.get("/events?EQ_bizLocation=urn:x:hospital").await.expect(200);
        assert!(exactly.numbers().is_empty());
    }
}

#[tokio::test]
async fn parameters_that_cannot_be_so_are_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    for query in [
        "EQ_colour=red",
        "EQ_action=CREATE",
        "GE_eventTime=yesterday",
        "EQ_bizStep=transforming%20things",
        "eventCountLimit=1&maxEventCount=1",
        "perPage=0",
        "perPage=-1",
        "nextPageToken=none",
        "EQ_action=ADD&EQ_action=ADD",
        "GE_eventTime=%ff",
    ] {
        let answer = own.get(&format!("/events?{query}")).await;
        answer.problem(400, "QueryParameterException");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn a_poll_of_another_implementation_is_the_same_query() {
    let Some(root) = published("fastnt queries") else {
        return;
    };
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let mut added = event(1);
    added["action"] = json!("ADD");
    own.capture(&document(&[added, event(2)])).await;
    let mut polls = 0;
    for file in files(&root.join("fastnt/Queries"), &["xml"]) {
        let read = Query::from_xml(&std::fs::read(&file).unwrap());
        let is_poll = file.file_name().is_some_and(|name| name == "Poll.xml");
        assert_eq!(read.is_ok(), is_poll, "{}", file.display());
        polls += u32::from(is_poll);
    }
    assert_eq!(polls, 1);
    let asked = own.get("/events?EQ_action=ADD").await.expect(200);
    assert_eq!(asked.numbers(), [1]);
    fixture.stop().await;
}
