//! Blobs over HTTP.

use std::convert::Infallible;

use alloy_primitives::{B256, keccak256};
use http_body_util::StreamBody;
use hyper::body::{Bytes, Frame};
use reqwest::{Method, StatusCode};
use theriac_rpc::Limits;

use crate::support::{Client, Fixture, unlimited};

async fn put(client: &Client, id: impl std::fmt::Display, blob: Vec<u8>) -> (StatusCode, String) {
    let response = client
        .request(Method::PUT, &format!("/vault/{id}"))
        .body(blob)
        .send()
        .await
        .unwrap();
    (response.status(), response.text().await.unwrap())
}

async fn get(client: &Client, id: impl std::fmt::Display) -> (StatusCode, Vec<u8>) {
    let response = client
        .request(Method::GET, &format!("/vault/{id}"))
        .send()
        .await
        .unwrap();
    (response.status(), response.bytes().await.unwrap().to_vec())
}

#[tokio::test]
async fn a_blob_comes_back_as_it_was_put() {
    let fixture = Fixture::start().await;
    let token = fixture.nobody.login(Fixture::ALICE).await;
    let blob: Vec<u8> = (0..100_000u32).map(|number| number as u8).collect();
    let id = keccak256(&blob);
    for client in [
        fixture.nobody.with_bearer(&token),
        fixture.nobody.with_path(&token),
    ] {
        assert_eq!(put(&client, id, blob.clone()).await.0, StatusCode::CREATED);
        assert_eq!(get(&client, id).await, (StatusCode::OK, blob.clone()));
    }
    let bob = fixture.client(Fixture::BOB).await;
    assert_eq!(
        get(&bob, id).await.1,
        blob,
        "ciphertext is for every enrolled caller who knows its id"
    );
}

#[tokio::test]
async fn nobody_without_a_token_or_enrolment_reaches_the_vault() {
    let fixture = Fixture::start().await;
    let id = keccak256(b"blob");
    assert_eq!(get(&fixture.nobody, id).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(
        put(&fixture.nobody, id, b"blob".to_vec()).await.0,
        StatusCode::UNAUTHORIZED
    );
    assert_eq!(
        get(&fixture.nobody.with_bearer("abc"), id).await.0,
        StatusCode::UNAUTHORIZED
    );
    let alice = fixture.client(Fixture::ALICE).await;
    fixture.chain.state.lock().enrolled.clear();
    fixture.pass(1_000);
    assert_eq!(get(&alice, id).await.0, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_absent_blob_a_wrong_id_and_a_malformed_one_have_their_statuses() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    assert_eq!(get(&alice, B256::ZERO).await.0, StatusCode::NOT_FOUND);
    let (status, body) = put(&alice, B256::ZERO, b"blob".to_vec()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(body.contains("BlobIdMismatch"));
    assert_eq!(get(&alice, "0x12").await.0, StatusCode::BAD_REQUEST);
    let verb = alice
        .request(Method::DELETE, &format!("/vault/{}", B256::ZERO))
        .send()
        .await
        .unwrap();
    assert_eq!(verb.status(), StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_blob_that_is_too_large_is_413_whether_announced_or_not() {
    let fixture = Fixture::limited(Limits {
        blob_bytes: 10_000,
        ..unlimited()
    })
    .await;
    let alice = fixture.client(Fixture::ALICE).await;
    let blob = vec![7; 20_000];
    let id = keccak256(&blob);
    assert_eq!(
        put(&alice, id, blob.clone()).await.0,
        StatusCode::PAYLOAD_TOO_LARGE
    );
    let parts: Vec<_> = blob
        .chunks(1_000)
        .map(|part| Ok::<_, Infallible>(Frame::data(Bytes::from(part.to_vec()))))
        .collect();
    let body = reqwest::Body::wrap(StreamBody::new(futures::stream::iter(parts)));
    let request = alice
        .request(Method::PUT, &format!("/vault/{id}"))
        .body(body);
    assert_eq!(
        request.send().await.unwrap().status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
    assert_eq!(get(&alice, id).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_range_of_a_blob_is_206_and_says_which_bytes_it_has() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let blob: Vec<u8> = (0..10_000u32).map(|number| number as u8).collect();
    let id = keccak256(&blob);
    put(&alice, id, blob.clone()).await;
    let ask = async |range: &str| {
        let request = alice.request(Method::GET, &format!("/vault/{id}"));
        let response = request.header("range", range).send().await.unwrap();
        let header = response.headers().get("content-range");
        let header = header.map(|value| value.to_str().unwrap().to_owned());
        let (status, length) = (response.status(), response.content_length());
        let body = response.bytes().await.unwrap().to_vec();
        if status.is_success() {
            assert_eq!(length, Some(body.len() as u64));
        }
        (status.as_u16(), header, body)
    };
    for (range, start, end) in [
        ("bytes=0-0", 0, 1),
        ("bytes=10-4999", 10, 5_000),
        ("bytes=9990-", 9_990, 10_000),
        ("bytes=9990-20000", 9_990, 10_000),
        ("bytes=-7", 9_993, 10_000),
        ("bytes=-70000", 0, 10_000),
    ] {
        let told = format!("bytes {start}-{}/10000", end - 1);
        assert_eq!(
            ask(range).await,
            (206, Some(told), blob[start..end].to_vec()),
            "{range}"
        );
    }
    for range in ["bytes=10000-", "bytes=10000-10001"] {
        let (status, told, _) = ask(range).await;
        assert_eq!(
            (status, told),
            (416, Some("bytes */10000".to_owned())),
            "{range}"
        );
    }
    // What is not one range of bytes is passed over, as RFC 9110 lets a server do.
    for range in [
        "bytes=5-1",
        "bytes=0-1,3-4",
        "lines=1-2",
        "bytes=a-b",
        "bytes=-",
        "",
    ] {
        let (status, told, body) = ask(range).await;
        assert_eq!((status, told, body.len()), (200, None, 10_000), "{range}");
    }
}

#[tokio::test]
async fn head_tells_the_length_and_sends_nothing() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let blob = vec![9; 12_345];
    let id = keccak256(&blob);
    put(&alice, id, blob).await;
    let request = alice.request(Method::HEAD, &format!("/vault/{id}"));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["content-length"], "12345");
    assert_eq!(response.headers()["accept-ranges"], "bytes");
    assert_eq!(response.bytes().await.unwrap().len(), 0);
    let absent = alice.request(Method::HEAD, &format!("/vault/{}", B256::ZERO));
    assert_eq!(absent.send().await.unwrap().status(), StatusCode::NOT_FOUND);
    let nobody = fixture
        .nobody
        .request(Method::HEAD, &format!("/vault/{id}"));
    assert_eq!(
        nobody.send().await.unwrap().status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test]
async fn a_body_that_trickles_in_is_given_up() {
    let limits = Limits {
        blob_time: std::time::Duration::from_millis(200),
        ..unlimited()
    };
    let fixture = Fixture::limited(limits).await;
    let alice = fixture.client(Fixture::ALICE).await;
    let part = futures::stream::iter([Ok::<_, Infallible>(Frame::data(Bytes::from("a")))]);
    let body = futures::StreamExt::chain(part, futures::stream::pending());
    let request = alice
        .request(Method::PUT, &format!("/vault/{}", keccak256(b"a")))
        .body(reqwest::Body::wrap(StreamBody::new(body)));
    let response = request.send().await.unwrap();
    assert_eq!(response.status(), StatusCode::GATEWAY_TIMEOUT);
}
