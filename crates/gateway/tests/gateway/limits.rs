//! What is too much.

use crate::support::{Fixture, document, event};
use serde_json::{Value, json};

#[tokio::test]
async fn a_document_of_too_many_bytes_or_events_is_refused_with_the_limits() {
    let fixture = Fixture::embedded_with(|config| {
        config.limits.document_events = 3;
        config.limits.document_bytes = 10_000;
    })
    .await;
    let own = fixture.own();
    let fits: Vec<_> = (0..3).map(event).collect();
    own.post("/capture", &document(&fits)).await.expect(202);
    let many: Vec<_> = (0..4).map(event).collect();
    let mut large = document(&[event(9)]);
    large["epcisBody"]["eventList"][0]["example:text"] = json!("x".repeat(10_000));
    for body in [document(&many), large] {
        let answer = own.post("/capture", &body).await;
        let answer = answer.problem(413, "CaptureLimitExceededException");
        assert_eq!(answer.header("gs1-epcis-capture-limit"), "3");
        assert_eq!(answer.header("gs1-epcis-capture-file-size-limit"), "10000");
    }
    fixture.stop().await;
}

#[tokio::test]
async fn an_event_that_is_too_large_or_deep_is_refused() {
    let fixture = Fixture::embedded_with(|config| config.limits.event_bytes = 10_000).await;
    let own = fixture.own();
    let mut large = crate::event::alone(1);
    large["example:text"] = json!("x".repeat(10_000));
    own.post("/events", &large)
        .await
        .problem(413, "CaptureLimitExceededException");
    let deep = (0..40).fold(json!("x"), |inner, _| json!({ "example:in": inner }));
    let mut event: Value = crate::event::alone(1);
    event["example:deep"] = deep;
    own.post("/events", &event)
        .await
        .problem(413, "CaptureLimitExceededException");
    own.post("/capture", &document(&[large]))
        .await
        .problem(413, "CaptureLimitExceededException");
    fixture.stop().await;
}

#[tokio::test]
async fn a_uri_that_is_too_long_is_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    let long = "x".repeat(9_000);
    let answer = own.get(&format!("/events?EQ_bizStep={long}")).await;
    answer.problem(414, "URITooLongException");
    fixture.stop().await;
}

#[tokio::test]
async fn a_query_that_is_too_large_is_refused() {
    let fixture = Fixture::embedded_with(|config| config.limits.query_bytes = 1_000).await;
    let own = fixture.own();
    let query = json!({ "EQ_eventID": ["x".repeat(1_000)] });
    let body = json!({ "name": "x", "query": query });
    own.post("/queries", &body).await.expect(413);
    fixture.stop().await;
}

#[tokio::test]
async fn documents_that_wait_are_limited() {
    let fixture = Fixture::embedded_with(|config| config.limits.waiting_captures = 0).await;
    let answer = fixture.own().post("/capture", &document(&[event(1)])).await;
    let answer = answer.problem(503, "ImplementationException");
    assert!(!answer.header("retry-after").is_empty());
    fixture.stop().await;
}

#[tokio::test]
async fn an_answer_that_no_column_orders_is_limited() {
    let fixture = Fixture::embedded_with(|config| config.limits.ordered_events = 2).await;
    let own = fixture.own();
    own.capture(&document(&[event(1), event(2), event(3)]))
        .await;
    let own = own.with("gs1-extensions", "example=https://ns.example.com/epcis/");
    let answer = own.get("/events?orderBy=example:number").await;
    answer.problem(413, "QueryTooComplexException");
    let fewer = own
        .get("/events?orderBy=example:number&LT_eventTime=2026-01-01T00:03:00Z")
        .await;
    assert_eq!(fewer.expect(200).numbers(), [2, 1]);
    fixture.stop().await;
}
