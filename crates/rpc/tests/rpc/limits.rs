//! Bounds: on bodies, nesting, batches, ranges, results, rates, connections and time.

use std::time::Duration;

use jsonrpsee::{core::client::SubscriptionClientT, ws_client::WsClientBuilder};
use serde_json::{Value, json};
use theriac_rpc::{Auth, Config, Limits, RpcServer, system_clock};

use crate::support::{CHAIN_ID, Fixture, MemoryChain, MemoryKeepers, SLOW, unlimited};

#[tokio::test]
async fn a_body_that_is_too_large_is_413() {
    let fixture = Fixture::limited(Limits {
        request_bytes: 1_000,
        ..Limits::default()
    })
    .await;
    let long = "0".repeat(2_000);
    let body = json!({ "jsonrpc": "2.0", "id": 1, "method": "web3_sha3", "params": [format!("0x{long}")] });
    let (status, answer) = fixture.nobody.post(body.to_string()).await;
    assert_eq!(status, 413);
    assert_eq!(answer["error"]["code"], -32007);
    assert_eq!(answer["error"]["data"]["name"], "BodyTooLarge");
}

#[tokio::test]
async fn deep_json_is_refused_by_name_before_it_is_parsed() {
    let fixture = Fixture::start().await;
    for depth in [33, 100_000] {
        let params = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let body =
            format!(r#"{{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":{params}}}"#);
        let (_, answer) = fixture.nobody.post(body.clone()).await;
        assert_eq!(answer["error"]["data"]["name"], "JsonTooDeep");
        let (_, answers) = fixture.nobody.post(format!("[{body}]")).await;
        assert_eq!(answers[0]["error"]["data"]["name"], "JsonTooDeep");
    }
    let (_, answer) = fixture.nobody.post("[".repeat(100_000)).await;
    assert_eq!(answer["error"]["code"], -32700);
}

#[tokio::test]
async fn a_batch_is_answered_call_by_call_up_to_its_limit() {
    let fixture = Fixture::limited(Limits {
        batch: 3,
        ..unlimited()
    })
    .await;
    let batch = |count: usize| {
        let calls: Vec<Value> = (0..count)
            .map(|id| json!({ "jsonrpc": "2.0", "id": id, "method": "eth_chainId" }))
            .collect();
        json!(calls).to_string()
    };
    let (_, answers) = fixture.nobody.post(batch(3)).await;
    assert_eq!(answers.as_array().unwrap().len(), 3);
    assert_eq!(answers[2]["id"], 2);
    let (_, answer) = fixture.nobody.post(batch(4)).await;
    assert_eq!(answer["error"]["code"], -32010);
}

#[tokio::test]
async fn a_batch_keeps_errors_and_malformed_calls_in_their_places() {
    let fixture = Fixture::start().await;
    let body = r#"[{"jsonrpc":"2.0","id":1,"method":"eth_chainId"},
        {"jsonrpc":"2.0","id":2,"method":"eth_nothing"}, 7,
        {"jsonrpc":"2.0","method":"eth_chainId"},
        {"jsonrpc":"2.0","id":3,"method":"eth_blockNumber"}]"#;
    let (_, answers) = fixture.nobody.post(body).await;
    let answers = answers.as_array().unwrap();
    assert_eq!(answers.len(), 4, "a notification has no answer");
    assert_eq!(answers[0]["result"], "0x1e61");
    assert_eq!(answers[1]["error"]["code"], -32601);
    assert_eq!(answers[2]["error"]["code"], -32600);
    assert_eq!(answers[3]["result"], "0x3");
}

#[tokio::test]
async fn a_log_query_is_bounded_in_blocks_and_results() {
    let fixture = Fixture::limited(Limits {
        log_blocks: 3,
        log_results: 2,
        ..unlimited()
    })
    .await;
    let alice = fixture.client(Fixture::ALICE).await;
    let refused = |from| {
        let alice = alice.clone();
        async move {
            alice
                .refused("eth_getLogs", json!([{ "fromBlock": from }]))
                .await
        }
    };
    assert_eq!(refused("0x0").await, (-32005, "RangeTooWide".into()));
    assert_eq!(refused("0x1").await, (-32005, "TooManyLogs".into()));
    let bob = fixture.client(Fixture::BOB).await;
    let seen = bob
        .ask("eth_getLogs", json!([{ "fromBlock": "0x1" }]))
        .await;
    assert_eq!(
        seen.as_array().unwrap().len(),
        1,
        "what may not be read does not count"
    );
}

#[tokio::test]
async fn a_call_that_takes_too_long_is_given_up() {
    let fixture = Fixture::limited(Limits {
        call_time: Duration::from_millis(20),
        ..unlimited()
    })
    .await;
    let alice = fixture.client(Fixture::ALICE).await;
    let refusal = alice.refused("eth_call", json!([{ "to": SLOW }])).await;
    assert_eq!(refusal, (-32002, "TookTooLong".into()));
}

#[tokio::test]
async fn an_account_that_asks_too_much_waits_and_others_do_not() {
    let limits = Limits {
        rate_per_second: 10,
        rate_burst: 10,
        ..unlimited()
    };
    let fixture = Fixture::limited(limits).await;
    let (alice, bob) = (
        fixture.client(Fixture::ALICE).await,
        fixture.client(Fixture::BOB).await,
    );
    for _ in 0..10 {
        alice.ask("eth_gasPrice", json!([])).await;
    }
    assert_eq!(
        alice.refused("eth_gasPrice", json!([])).await,
        (-32005, "RateExceeded".into())
    );
    assert_eq!(
        alice.refused("eth_nothing", json!([])).await.1,
        "RateExceeded"
    );
    let again = fixture.client(Fixture::ALICE).await;
    assert_eq!(
        again.refused("eth_gasPrice", json!([])).await.1,
        "RateExceeded",
        "another token is no help"
    );
    bob.ask("eth_gasPrice", json!([])).await;
    fixture.pass(100);
    alice.ask("eth_gasPrice", json!([])).await;
}

#[tokio::test]
async fn callers_without_a_token_have_a_rate_of_their_own() {
    let limits = Limits {
        anonymous_per_second: 1,
        ..Limits::default()
    };
    let fixture = Fixture::limited(limits).await;
    for _ in 0..4 {
        fixture.nobody.ask("eth_chainId", json!([])).await;
    }
    assert_eq!(
        fixture.nobody.refused("eth_chainId", json!([])).await.1,
        "RateExceeded"
    );
}

#[tokio::test]
async fn an_account_has_a_bounded_number_of_filters() {
    let fixture = Fixture::limited(Limits {
        filters: 1,
        ..unlimited()
    })
    .await;
    let alice = fixture.client(Fixture::ALICE).await;
    alice.ask("eth_newBlockFilter", json!([])).await;
    assert_eq!(
        alice.refused("eth_newBlockFilter", json!([])).await.1,
        "TooManyFilters"
    );
}

#[tokio::test]
async fn a_connection_over_the_limit_is_closed() {
    let fixture = Fixture::limited(Limits {
        connections: 1,
        ..unlimited()
    })
    .await;
    let address = fixture.server.address();
    let mut first = tokio::net::TcpStream::connect(address).await.unwrap();
    let request = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 49\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_chainId\"}  ";
    tokio::io::AsyncWriteExt::write_all(&mut first, request)
        .await
        .unwrap();
    let mut answer = [0; 12];
    tokio::io::AsyncReadExt::read_exact(&mut first, &mut answer)
        .await
        .unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    let mut second = tokio::net::TcpStream::connect(address).await.unwrap();
    let mut rest = Vec::new();
    // Closed without a word, or reset.
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut second, &mut rest).await;
    assert!(rest.is_empty());
}

#[tokio::test]
async fn headers_that_trickle_in_are_not_waited_for() {
    let limits = Limits {
        header_time: Duration::from_millis(20),
        ..unlimited()
    };
    let fixture = Fixture::limited(limits).await;
    let mut slow = tokio::net::TcpStream::connect(fixture.server.address())
        .await
        .unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut slow, b"POST / HTTP/1.1\r\nhost: ")
        .await
        .unwrap();
    let mut answer = Vec::new();
    let _ = tokio::io::AsyncReadExt::read_to_end(&mut slow, &mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 408"),
        "{answer}"
    );
}

#[tokio::test]
async fn a_server_stops_though_connections_are_open() {
    let fixture = Fixture::start().await;
    let socket = WsClientBuilder::default()
        .build(fixture.socket(Fixture::ALICE).await)
        .await
        .unwrap();
    let params = jsonrpsee::rpc_params!["newHeads"];
    let heads = socket
        .subscribe::<Value, _>("eth_subscribe", params, "eth_unsubscribe")
        .await
        .unwrap();
    let address = fixture.server.address();
    let stopped = tokio::time::timeout(Duration::from_secs(10), fixture.server.stop()).await;
    assert!(stopped.is_ok(), "it waits for someone");
    assert!(tokio::net::TcpStream::connect(address).await.is_err());
    drop(heads);
}

#[tokio::test]
async fn logins_are_off_on_loopback_only() {
    let config = Config {
        listen: ([0, 0, 0, 0], 0).into(),
        auth: Auth::Off(Fixture::BOB.address()),
        ..Config::new(CHAIN_ID)
    };
    let refused = RpcServer::start(
        config,
        MemoryChain::new(),
        (None, MemoryKeepers::new()),
        system_clock(),
    )
    .await;
    assert_eq!(
        refused.map(drop).unwrap_err().kind(),
        std::io::ErrorKind::InvalidInput
    );
}
