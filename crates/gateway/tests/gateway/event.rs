//! `POST /events` and `GET /events/{eventID}`.

use crate::support::{Fixture, event, on_both};
use serde_json::{Value, json};

/// An event with its own context.
pub(crate) fn alone(number: u64) -> Value {
    let mut event = event(number);
    event["@context"] = json!([
        "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld",
        { "example": "https://ns.example.com/epcis/" },
    ]);
    event
}

on_both! {
    async fn an_event_is_there_when_it_is_answered(fixture: &Fixture) {
        let own = fixture.own();
        let answer = own.post("/events", &alone(1)).await.expect(201);
        let created = answer.json();
        assert_eq!(created["example:number"], "1");
        assert!(created["recordTime"].is_string());
        let place = answer.location();
        assert!(place.starts_with("/events/ni:%2F%2F%2Fsha-256;"), "{place}");
        let found = own.get(&place).await.expect(200);
        assert_eq!(found.numbers(), [1]);
        assert_eq!(found.events()[0]["eventID"], created["eventID"]);
        own.call("OPTIONS", &place).await.expect(204);
    }

    async fn an_event_whose_id_is_there_is_refused(fixture: &Fixture) {
        let own = fixture.own();
        own.post("/events", &alone(1)).await.expect(201);
        let again = own.post("/events", &alone(1)).await;
        again.problem(409, "ResourceAlreadyExistsException");
        let mut named = alone(2);
        named["eventID"] = json!("urn:uuid:831c0292-4de1-430a-8255-2aca821abaab");
        own.post("/events", &named).await.expect(201);
        named["action"] = json!("ADD");
        own.post("/events", &named).await.problem(409, "ResourceAlreadyExistsException");
        let found = own.get("/events/urn:uuid:831c0292-4de1-430a-8255-2aca821abaab").await;
        assert_eq!(found.expect(200).numbers(), [2]);
    }
}

#[tokio::test]
async fn what_is_no_event_is_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let invalid = "ValidationException";
    own.post("/events", &event(1)).await.problem(400, invalid);
    let document = crate::support::document(&[event(1)]);
    own.post("/events", &document).await.problem(400, invalid);
    own.post_text("/events", "application/json", "[1]")
        .await
        .problem(400, invalid);
    let mut wrong = alone(1);
    wrong["eventTime"] = json!("yesterday");
    let answer = own.post("/events", &wrong).await.problem(400, invalid);
    assert!(
        answer.json()["detail"]
            .as_str()
            .unwrap()
            .starts_with("/eventTime: ")
    );
    own.post_text("/events", "text/plain", "x")
        .await
        .problem(415, "UnsupportedMediaTypeException");
    assert!(own.get("/events").await.events().is_empty());
    fixture.stop().await;
}

#[tokio::test]
async fn an_event_in_xml_is_taken() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let text = "<ObjectEvent><eventTime>2026-01-01T00:00:00Z</eventTime>\
        <eventTimeZoneOffset>+00:00</eventTimeZoneOffset><epcList>\
        <epc>urn:epc:id:sgtin:0614141.107346.2018</epc></epcList><action>OBSERVE</action>\
        <bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep></ObjectEvent>";
    let answer = own
        .post_text("/events", "application/xml", text)
        .await
        .expect(201);
    assert_eq!(answer.json()["bizStep"], "shipping");
    let found = own
        .get("/events?EQ_bizStep=shipping")
        .await
        .expect(200)
        .events();
    assert_eq!(
        found[0]["epcList"][0],
        "https://id.gs1.org/01/10614141073464/21/2018"
    );
    let kept = own.clone().with("gs1-epc-format", "Never_Translates");
    let found = kept.get("/events").await.expect(200).events();
    assert_eq!(
        found[0]["epcList"][0],
        "urn:epc:id:sgtin:0614141.107346.2018"
    );
    let xml = own
        .with("accept", "application/xml")
        .get("/events")
        .await
        .expect(200);
    assert!(
        xml.text
            .contains("<bizStep>urn:epcglobal:cbv:bizstep:shipping</bizStep>"),
        "{}",
        xml.text
    );
    fixture.stop().await;
}

#[tokio::test]
async fn an_unknown_event_is_not_there() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.get("/events/urn:none")
        .await
        .problem(404, "NoSuchNameException");
    own.call("OPTIONS", "/events/urn:none")
        .await
        .problem(404, "NoSuchNameException");
    fixture.stop().await;
}
