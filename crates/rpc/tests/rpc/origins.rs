//! Web pages: those of listed origins may call, no others.

use reqwest::Method;
use theriac_rpc::Config;

use crate::support::{CHAIN_ID, Fixture};

const BODY: &str = r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}"#;
const PAGE: &str = "https://portal.example";

async fn with_page() -> Fixture {
    let origins = vec![PAGE.to_owned()];
    Fixture::with(Config {
        origins,
        ..Config::new(CHAIN_ID)
    })
    .await
}

async fn post_from(fixture: &Fixture, origin: &str) -> reqwest::Response {
    let request = fixture
        .nobody
        .request(Method::POST, "")
        .header("origin", origin);
    request
        .header("content-type", "application/json")
        .body(BODY)
        .send()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_page_of_an_unlisted_origin_is_refused() {
    let fixture = with_page().await;
    for origin in [
        "https://evil.example",
        "null",
        "https://portal.example.evil.example",
    ] {
        let response = post_from(&fixture, origin).await;
        assert_eq!(response.status(), 403);
        assert!(response.text().await.unwrap().contains("OriginNotAllowed"));
    }
}

#[tokio::test]
async fn a_page_of_a_listed_origin_may_call_and_read() {
    let fixture = with_page().await;
    let response = post_from(&fixture, PAGE).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["access-control-allow-origin"], PAGE);
    let preflight = fixture
        .nobody
        .request(Method::OPTIONS, "")
        .header("origin", PAGE)
        .send()
        .await
        .unwrap();
    assert_eq!(preflight.status(), 204);
    assert_eq!(
        preflight.headers()["access-control-allow-headers"],
        "authorization, content-type, range"
    );
}

#[tokio::test]
async fn an_unknown_route_is_404_and_another_verb_405() {
    let fixture = Fixture::start().await;
    let missing = fixture
        .nobody
        .request(Method::POST, "/admin")
        .body(BODY)
        .send()
        .await
        .unwrap();
    assert_eq!(missing.status(), 404);
    let verb = fixture
        .nobody
        .request(Method::DELETE, "/")
        .send()
        .await
        .unwrap();
    assert_eq!(verb.status(), 405);
    let kind = fixture
        .nobody
        .request(Method::POST, "/")
        .header("content-type", "text/plain");
    assert_eq!(kind.body(BODY).send().await.unwrap().status(), 415);
}
