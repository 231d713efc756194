//! Webhooks.

use crate::{
    queries::named,
    support::{
        Client, Fixture, GLN_MAKER, GLN_SHOP, Receiver, Reply, document, event, on_both, shipment,
    },
};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use std::time::Duration;

fn numbers(body: &str) -> Vec<u64> {
    let body: Value = serde_json::from_str(body).unwrap();
    let list = &body["epcisBody"]["queryResults"]["resultsBody"]["eventList"];
    let numbers = list.as_array().unwrap().iter();
    let numbers = numbers.map(|event| event["example:number"].as_str().unwrap().parse());
    numbers.map(Result::unwrap).collect()
}

async fn fixture() -> Fixture {
    Fixture::embedded_with(|config| {
        config.webhooks.inside = vec!["127.0.0.1".to_owned()];
        config.webhooks.first_retry = Duration::from_millis(20);
        config.webhooks.last_retry = Duration::from_millis(100);
        config.webhooks.events = 4;
    })
    .await
}

async fn subscribe(client: &Client, query: &str, body: &Value) -> String {
    let path = format!("/queries/{query}/subscriptions");
    client.post(&path, body).await.expect(201).location()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_tells_what_becomes_visible_signed_and_once() {
    let fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Take).await;
    own.post(
        "/queries",
        &named("all", &json!({ "EQ_action": ["OBSERVE"] })),
    )
    .await
    .expect(201);
    own.capture(&document(&[event(1)])).await;
    let body = json!({ "dest": receiver.url, "signatureToken": "secret", "stream": true });
    let place = subscribe(&own, "all", &body).await;
    let mut added = event(3);
    added["action"] = json!("ADD");
    own.capture(&document(&[event(2), added])).await;
    let (headers, text) = receiver.next().await;
    assert_eq!(numbers(&text), [2]);
    assert_eq!(headers["content-type"], "application/json");
    let mut mac = Hmac::<Sha256>::new_from_slice(b"secret").unwrap();
    mac.update(text.as_bytes());
    let expected = format!("sha256={}", hex::encode(mac.finalize().into_bytes()));
    assert_eq!(headers["gs1-signature"], expected);
    let document_told: Value = serde_json::from_str(&text).unwrap();
    let results = &document_told["epcisBody"]["queryResults"];
    assert_eq!(results["queryName"], "all");
    let id = place.rsplit('/').next().unwrap();
    assert_eq!(results["subscriptionID"], id);
    own.capture(&document(&[event(4)])).await;
    assert_eq!(numbers(&receiver.next().await.1), [4]);
    let told = own.get(&place).await.expect(200).json();
    assert!(told.get("signatureToken").is_none());
    assert!(!told.to_string().contains("secret"));
    assert!(receiver.is_empty());
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_not_taken_is_sent_again_until_it_is_and_in_order() {
    let fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Refuse).await;
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    subscribe(
        &own,
        "all",
        &json!({ "dest": receiver.url, "stream": true }),
    )
    .await;
    own.capture(&document(&[event(1)])).await;
    for _ in 0..3 {
        assert_eq!(numbers(&receiver.next().await.1), [1]);
    }
    own.capture(&document(&[event(2)])).await;
    receiver.reply(Reply::Take);
    let mut seen = Vec::new();
    while !seen.ends_with(&[2]) {
        seen.extend(numbers(&receiver.next().await.1));
    }
    seen.dedup();
    assert_eq!(seen, [1, 2]);
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_events_are_told_in_portions_and_in_halves_where_they_are_too_large() {
    let fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Take).await;
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    subscribe(
        &own,
        "all",
        &json!({ "dest": receiver.url, "stream": true }),
    )
    .await;
    let events: Vec<_> = (0..10).map(event).collect();
    own.capture(&document(&events)).await;
    let mut portions = Vec::new();
    for _ in 0..3 {
        portions.push(numbers(&receiver.next().await.1));
    }
    assert_eq!(portions, [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9]]);
    receiver.reply(Reply::TooLarge { more_than: 1 });
    own.capture(&document(&[event(10), event(11), event(12)]))
        .await;
    let mut taken = Vec::new();
    while taken.len() < 3 {
        let portion = numbers(&receiver.next().await.1);
        if portion.len() == 1 {
            taken.extend(portion);
        }
    }
    assert_eq!(taken, [10, 11, 12]);
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn how_far_a_subscriber_was_told_survives_a_restart() {
    let mut fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Take).await;
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    subscribe(
        &own,
        "all",
        &json!({ "dest": receiver.url, "stream": true }),
    )
    .await;
    own.capture(&document(&[event(1)])).await;
    assert_eq!(numbers(&receiver.next().await.1), [1]);
    receiver.reply(Reply::Refuse);
    own.capture(&document(&[event(2)])).await;
    assert_eq!(numbers(&receiver.next().await.1), [2]);
    fixture.restart().await;
    receiver.reply(Reply::Take);
    fixture.own().capture(&document(&[event(3)])).await;
    let mut seen = Vec::new();
    while !seen.ends_with(&[3]) {
        seen.extend(numbers(&receiver.next().await.1));
    }
    seen.dedup();
    assert_eq!(seen, [2, 3]);
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_tells_at_its_times_and_that_there_is_nothing_if_asked() {
    let fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Take).await;
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    own.capture(&document(&[event(1)])).await;
    let body = json!({
        "dest": receiver.url,
        "schedule": { "second": "[0-59]" },
        "reportIfEmpty": true,
        "initialRecordTime": "2020-01-01T00:00:00Z",
    });
    let place = subscribe(&own, "all", &body).await;
    assert_eq!(numbers(&receiver.next().await.1), [1]);
    assert!(numbers(&receiver.next().await.1).is_empty());
    let told = own.get(&place).await.expect(200).json();
    assert_eq!(told["schedule"], body["schedule"]);
    assert_eq!(told["reportIfEmpty"], true);
    assert_eq!(told["initialRecordTime"], "2020-01-01T00:00:00.000Z");
    assert!(told["lastNotifiedAt"].is_string());
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subscriber_is_told_of_events_within_its_reach() {
    let fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Take).await;
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let shop = fixture.client("shop");
    subscribe(
        &shop,
        "all",
        &json!({ "dest": receiver.url, "stream": true }),
    )
    .await;
    own.capture(&document(&[event(1)])).await;
    own.capture(&document(&[shipment(2, GLN_MAKER, GLN_SHOP), event(3)]))
        .await;
    assert_eq!(numbers(&receiver.next().await.1), [2]);
    assert!(receiver.is_empty());
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_redirect_is_not_followed() {
    let fixture = fixture().await;
    let own = fixture.own();
    let mut receiver = Receiver::start(Reply::Redirect).await;
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let place = subscribe(
        &own,
        "all",
        &json!({ "dest": receiver.url, "stream": true }),
    )
    .await;
    own.capture(&document(&[event(1)])).await;
    for _ in 0..3 {
        let (headers, _) = receiver.next().await;
        assert_eq!(headers["host"], receiver.url.split('/').nth(2).unwrap());
    }
    let told = own.get(&place).await.expect(200).json();
    assert!(told.get("lastNotifiedAt").is_none());
    fixture.stop().await;
}

on_both! {
    async fn subscriptions_are_listed_and_ended_by_their_partner(fixture: &Fixture) {
        let own = fixture.own();
        own.post("/queries", &named("all", &json!({}))).await.expect(201);
        let body = json!({ "dest": "https://client.example/hook", "stream": true });
        let shop = fixture.client("shop");
        let first = subscribe(&shop, "all", &body).await;
        let second = subscribe(&shop, "all", &body).await;
        let others = subscribe(&fixture.client("maker"), "all", &body).await;
        let path = "/queries/all/subscriptions";
        let count = async |client: &Client| {
            client.get(path).await.expect(200).json().as_array().unwrap().len()
        };
        assert_eq!(count(&shop).await, 2);
        assert_eq!(count(&fixture.client("maker")).await, 1);
        assert_eq!(count(&fixture.client("clerk")).await, 3);
        let page = shop.get(&format!("{path}?perPage=1")).await.expect(200);
        shop.get(&page.next().unwrap()).await.expect(200);
        shop.get(&others).await.problem(404, "NoSuchNameException");
        shop.call("DELETE", &others).await.problem(404, "NoSuchNameException");
        let told = shop.call("OPTIONS", &first).await.expect(204);
        assert!(!told.header("gs1-query-min-record-time").is_empty());
        shop.call("DELETE", &first).await.expect(204);
        shop.get(&first).await.problem(404, "NoSuchNameException");
        fixture.client("clerk").call("DELETE", &second).await.expect(204);
        own.call("DELETE", "/queries/all").await.expect(204);
        fixture.client("maker").get(&others).await.problem(404, "NoSuchNameException");
    }
}

#[tokio::test]
async fn what_is_no_subscription_is_refused() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let dest = "https://client.example/";
    for body in [
        json!({}),
        json!([]),
        json!({ "dest": dest }),
        json!({ "stream": true }),
        json!({ "dest": 1, "stream": true }),
        json!({ "dest": dest, "stream": false }),
        json!({ "dest": dest, "stream": true, "schedule": { "second": "0" } }),
        json!({ "dest": dest, "schedule": {} }),
        json!({ "dest": dest, "schedule": { "second": "61" } }),
        json!({ "dest": dest, "stream": true, "initialRecordTime": "now" }),
        json!({ "dest": dest, "stream": true, "signatureToken": "" }),
        json!({ "dest": dest, "stream": true, "reportIfEmpty": "yes" }),
        json!({ "dest": "http://client.example/", "stream": true }),
        json!({ "dest": "https://127.0.0.1/", "stream": true }),
        json!({ "dest": "https://[::1]/", "stream": true }),
        json!({ "dest": "https://169.254.169.254/", "stream": true }),
        json!({ "dest": "file:///etc/passwd", "stream": true }),
    ] {
        let answer = own.post("/queries/all/subscriptions", &body).await;
        answer.problem(400, "SubscriptionControlsException");
    }
    let body = json!({ "dest": dest, "stream": true });
    let answer = own.post("/queries/none/subscriptions", &body).await;
    answer.problem(404, "NoSuchNameException");
    fixture.stop().await;
}

#[tokio::test]
async fn a_query_has_so_many_subscriptions_at_most() {
    let fixture = Fixture::embedded_with(|config| config.limits.subscriptions = 2).await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let body = json!({ "dest": "https://client.example/", "stream": true });
    subscribe(&own, "all", &body).await;
    subscribe(&own, "all", &body).await;
    let answer = own.post("/queries/all/subscriptions", &body).await;
    answer.problem(400, "SubscriptionControlsException");
    fixture.stop().await;
}
