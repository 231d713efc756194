//! `/queries`.

use crate::support::{Fixture, GLN_MAKER, GLN_SHOP, document, event, on_both, shipment};
use serde_json::{Value, json};

pub(crate) fn named(name: &str, query: &Value) -> Value {
    json!({ "name": name, "query": query })
}

on_both! {
    async fn a_query_is_kept_and_answered_under_its_name(fixture: &Fixture) {
        let own = fixture.own();
        let mut other = event(2);
        other["bizStep"] = json!("receiving");
        own.capture(&document(&[event(1), other, event(3)])).await;
        let query = json!({ "eventType": ["ObjectEvent"], "EQ_bizStep": ["shipping"] });
        let answer = own.post("/queries", &named("my query/1", &query)).await.expect(201);
        assert_eq!(answer.location(), "/queries/my%20query%2F1");
        let kept = own.get(&answer.location()).await.expect(200).json();
        assert_eq!(kept, named("my query/1", &query));
        let path = format!("{}/events", answer.location());
        let found = own.get(&path).await.expect(200);
        assert_eq!(found.numbers(), [1, 3]);
        let results = &found.json()["epcisBody"]["queryResults"];
        assert_eq!(results["queryName"], "my query/1");
        let page = own.get(&format!("{path}?perPage=1")).await.expect(200);
        assert_eq!(page.numbers(), [1]);
        assert_eq!(own.get(&page.next().unwrap()).await.expect(200).numbers(), [3]);
        own.get(&format!("{path}?EQ_action=ADD")).await.problem(400, "QueryParameterException");
        own.call("OPTIONS", &path).await.expect(204);
    }

    async fn a_query_may_use_its_own_prefixes(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[event(1), event(2)])).await;
        let mut query = named("two", &json!({ "EQ_ex:number": "2", "orderBy": "eventTime" }));
        query["@context"] = json!([{ "ex": "https://ns.example.com/epcis/" }]);
        own.post("/queries", &query).await.expect(201);
        assert_eq!(own.get("/queries/two/events").await.expect(200).numbers(), [2]);
    }

    async fn each_partner_gets_its_own_answer_to_one_query(fixture: &Fixture) {
        let own = fixture.own();
        own.capture(&document(&[shipment(1, GLN_MAKER, GLN_SHOP), event(2)])).await;
        own.post("/queries", &named("all", &json!({}))).await.expect(201);
        let shop = fixture.client("shop");
        assert_eq!(shop.get("/queries/all/events").await.expect(200).numbers(), [1]);
        assert_eq!(own.get("/queries/all/events").await.expect(200).numbers(), [1, 2]);
    }

    async fn queries_are_listed_and_forgotten(fixture: &Fixture) {
        let own = fixture.own();
        for name in ["b", "a", "c"] {
            own.post("/queries", &named(name, &json!({}))).await.expect(201);
        }
        let page = own.get("/queries?perPage=2").await.expect(200);
        let names = |list: Value| {
            let list = list.as_array().unwrap().clone();
            list.into_iter().map(|query| query["name"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(names(page.json()), ["a", "b"]);
        assert_eq!(names(own.get(&page.next().unwrap()).await.json()), ["c"]);
        own.call("DELETE", "/queries/a").await.expect(204);
        own.get("/queries/a").await.problem(404, "NoSuchNameException");
        own.call("DELETE", "/queries/a").await.problem(404, "NoSuchNameException");
        own.get("/queries/a/events").await.problem(404, "NoSuchNameException");
    }

    async fn only_its_maker_and_who_administers_end_a_query(fixture: &Fixture) {
        let maker = fixture.client("maker");
        maker.post("/queries", &named("mine", &json!({}))).await.expect(201);
        let reader = fixture.client("reader");
        reader.call("DELETE", "/queries/mine").await.problem(403, "SecurityException");
        fixture.client("clerk").call("DELETE", "/queries/mine").await.expect(204);
        maker.post("/queries", &named("mine", &json!({}))).await.expect(201);
        maker.call("DELETE", "/queries/mine").await.expect(204);
    }
}

#[tokio::test]
async fn a_name_is_given_once() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.post("/queries", &named("one", &json!({})))
        .await
        .expect(201);
    for name in ["one", "SimpleEventQuery"] {
        let answer = own.post("/queries", &named(name, &json!({}))).await;
        answer.problem(409, "ResourceAlreadyExistsException");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn what_is_no_query_is_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let invalid = "QueryValidationException";
    for body in [
        json!([]),
        json!({}),
        json!({ "name": "x" }),
        json!({ "name": "", "query": {} }),
        json!({ "name": 1, "query": {} }),
        json!({ "name": "x".repeat(201), "query": {} }),
        json!({ "name": "x", "query": [] }),
        json!({ "name": "x", "query": { "nextPageToken": "y" } }),
        json!({ "@context": null, "name": "x", "query": {} }),
        json!({ "@context": 2, "name": "x", "query": {} }),
    ] {
        let answer = own.post("/queries", &body).await.expect(400);
        assert!(
            answer.text.contains("epcisException:Query"),
            "{body} {answer:?}"
        );
    }
    own.post_text("/queries", "application/json", "{")
        .await
        .problem(400, invalid);
    let odd = named("x", &json!({ "EQ_colour": ["red"] }));
    own.post("/queries", &odd)
        .await
        .problem(400, "QueryParameterException");
    let xml = own.post_text("/queries", "application/xml", "<x/>").await;
    xml.problem(415, "UnsupportedMediaTypeException");
    fixture.stop().await;
}
