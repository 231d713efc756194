//! WebSockets on `/queries/{queryName}/events`.

use crate::{
    queries::named,
    support::{Fixture, GLN_MAKER, GLN_SHOP, document, event, shipment},
};
use futures::StreamExt;
use serde_json::{Value, json};
use std::time::Duration;
use tokio::net::TcpStream;
use tokio_tungstenite::{
    MaybeTlsStream, WebSocketStream, connect_async,
    tungstenite::{Error, Message, client::IntoClientRequest, http::HeaderMap},
};

type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

async fn open(fixture: &Fixture, partner: &str, path: &str) -> Result<(Socket, HeaderMap), u16> {
    let url = format!("{}{path}", fixture.base.replace("http://", "ws://"));
    let mut request = url.into_client_request().unwrap();
    let token = format!("Bearer {partner}-token");
    request
        .headers_mut()
        .insert("authorization", token.parse().unwrap());
    match connect_async(request).await {
        Ok((socket, response)) => Ok((socket, response.headers().clone())),
        Err(Error::Http(response)) => Err(response.status().as_u16()),
        Err(error) => panic!("{error}"),
    }
}

/// The next message but pings; `None` where the other side ends it.
async fn next(socket: &mut Socket) -> Option<Value> {
    loop {
        let message = tokio::time::timeout(Duration::from_secs(30), socket.next());
        match message.await.expect("a message")? {
            Ok(Message::Text(text)) => return Some(serde_json::from_str(&text).unwrap()),
            Ok(Message::Ping(_)) => {}
            Ok(Message::Close(_)) | Err(_) => return None,
            Ok(other) => panic!("{other:?}"),
        }
    }
}

fn numbers(body: &Value) -> Vec<u64> {
    let list = &body["epcisBody"]["queryResults"]["resultsBody"]["eventList"];
    let numbers = list.as_array().unwrap().iter();
    let numbers = numbers.map(|event| event["example:number"].as_str().unwrap().parse());
    numbers.map(Result::unwrap).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_tells_each_client_of_events_within_its_reach() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    own.capture(&document(&[event(1)])).await;
    let path = "/queries/all/events?stream=true";
    let (mut all, headers) = open(&fixture, "own", path).await.unwrap();
    assert!(headers.contains_key("gs1-query-min-record-time"));
    let (mut some, _) = open(&fixture, "shop", path).await.unwrap();
    own.capture(&document(&[event(2)])).await;
    own.capture(&document(&[shipment(3, GLN_MAKER, GLN_SHOP)]))
        .await;
    assert_eq!(numbers(&next(&mut all).await.unwrap()), [2]);
    assert_eq!(numbers(&next(&mut all).await.unwrap()), [3]);
    assert_eq!(numbers(&next(&mut some).await.unwrap()), [3]);
    fixture.stop().await;
    assert!(next(&mut all).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_initial_time_brings_what_was_there_before() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    own.capture(&document(&[event(1)])).await;
    let path = "/queries/all/events?stream=true&initialRecordTime=2020-01-01T00:00:00Z";
    let (mut socket, _) = open(&fixture, "own", path).await.unwrap();
    assert_eq!(numbers(&next(&mut socket).await.unwrap()), [1]);
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_schedule_tells_at_its_times() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let path = "/queries/all/events?second=%5B0-59%5D&reportIfEmpty=true";
    let (mut socket, _) = open(&fixture, "own", path).await.unwrap();
    assert!(numbers(&next(&mut socket).await.unwrap()).is_empty());
    own.capture(&document(&[event(1)])).await;
    loop {
        let told = numbers(&next(&mut socket).await.unwrap());
        if !told.is_empty() {
            assert_eq!(told, [1]);
            break;
        }
    }
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_end_of_a_query_is_the_end_of_its_sockets() {
    let fixture = Fixture::embedded().await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let (mut socket, _) = open(&fixture, "own", "/queries/all/events?stream=true")
        .await
        .unwrap();
    own.call("DELETE", "/queries/all").await.expect(204);
    assert!(next(&mut socket).await.is_none());
    fixture.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_told_is_refused_before_the_upgrade() {
    let fixture = Fixture::embedded_with(|config| config.limits.subscriptions = 1).await;
    let own = fixture.own();
    own.post("/queries", &named("all", &json!({})))
        .await
        .expect(201);
    let refused = async |partner: &str, path: &str| open(&fixture, partner, path).await.err();
    assert_eq!(
        refused("own", "/queries/none/events?stream=true").await,
        Some(404)
    );
    assert_eq!(refused("own", "/queries/all/events").await, Some(400));
    assert_eq!(
        refused("own", "/queries/all/events?stream=true&second=0").await,
        Some(400)
    );
    assert_eq!(
        refused("own", "/queries/all/events?second=60").await,
        Some(400)
    );
    assert_eq!(
        refused("reader", "/queries/all/events?stream=true").await,
        Some(403)
    );
    let (first, _) = open(&fixture, "own", "/queries/all/events?stream=true")
        .await
        .unwrap();
    assert_eq!(
        refused("own", "/queries/all/events?stream=true").await,
        Some(400)
    );
    drop(first);
    fixture.stop().await;
}
