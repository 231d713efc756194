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
