//! Subscriptions over a real WebSocket.

use alloy_primitives::B256;
use jsonrpsee::{
    core::{
        ClientError,
        client::{ClientT, Subscription, SubscriptionClientT},
    },
    rpc_params,
    ws_client::{WsClient, WsClientBuilder},
};
use serde_json::{Value, json};
use theriac_contracts::addresses;
use theriac_rpc::Limits;

use crate::support::{COUNTER, Fixture, Key, chart_logs, ordinary_log, transaction, unlimited};

pub(crate) async fn connect(fixture: &Fixture, key: Key) -> WsClient {
    let url = fixture.socket(key).await;
    WsClientBuilder::default()
        .build(url)
        .await
        .expect("the server upgrades")
}

pub(crate) async fn subscribe(
    client: &WsClient,
    topic: &str,
    filter: Option<Value>,
) -> Subscription<Value> {
    let params = match filter {
        Some(filter) => rpc_params![topic, filter],
        None => rpc_params![topic],
    };
    client
        .subscribe("eth_subscribe", params, "eth_unsubscribe")
        .await
        .expect("the topic exists")
}

pub(crate) async fn next(subscription: &mut Subscription<Value>) -> Value {
    subscription
        .next()
        .await
        .expect("the subscription goes on")
        .expect("a message is JSON")
}

#[tokio::test]
async fn calls_work_over_a_websocket_as_over_http() {
    let fixture = Fixture::start().await;
    let client = connect(&fixture, Fixture::ALICE).await;
    let height: Value = client
        .request("eth_blockNumber", rpc_params![])
        .await
        .unwrap();
    assert_eq!(height, "0x3");
    let own: Value = client
        .request(
            "eth_getTransactionCount",
            rpc_params![Fixture::ALICE.address()],
        )
        .await
        .unwrap();
    assert_eq!(own, "0x2");
}

#[tokio::test]
async fn new_heads_come_in_order_though_the_reader_was_slow() {
    let fixture = Fixture::start().await;
    let client = connect(&fixture, Fixture::BOB).await;
    let mut heads = subscribe(&client, "newHeads", None).await;
    let id = format!("{:?}", heads.kind());
    assert!(id.contains("0x"), "clients expect a hex id: {id}");
    // More than the chain's channel holds.
    let blocks: Vec<_> = (0..12)
        .map(|_| fixture.chain.finalise(Vec::new()))
        .collect();
    let first = next(&mut heads).await;
    let start = blocks
        .iter()
        .position(|block| json!(block.hash) == first["hash"])
        .expect("a head of these");
    for block in &blocks[start + 1..] {
        assert_eq!(next(&mut heads).await["hash"], json!(block.hash));
    }
    assert_eq!(first["hash"], json!(blocks[start].hash));
}

#[tokio::test]
async fn logs_come_to_those_who_may_read_them() {
    let fixture = Fixture::start().await;
    let (alice, bob) = (
        connect(&fixture, Fixture::ALICE).await,
        connect(&fixture, Fixture::BOB).await,
    );
    let (mut of_alice, mut of_bob) = (
        subscribe(&alice, "logs", None).await,
        subscribe(&bob, "logs", Some(json!({}))).await,
    );
    let logs = [chart_logs(), vec![ordinary_log()]].concat();
    let one = transaction(Fixture::ALICE, 2, addresses::ACCESS, b"");
    fixture.chain.finalise(vec![(one.clone(), Some(logs))]);
    for index in ["0x0", "0x1", "0x2"] {
        assert_eq!(next(&mut of_alice).await["logIndex"], index);
    }
    let seen = next(&mut of_bob).await;
    assert_eq!(seen["address"], json!(COUNTER));
    assert_eq!(seen["transactionHash"], json!(one.hash));
}

#[tokio::test]
async fn a_filter_chooses_among_logs() {
    let fixture = Fixture::start().await;
    let alice = connect(&fixture, Fixture::ALICE).await;
    let filter = json!({ "address": COUNTER, "topics": [B256::repeat_byte(1)] });
    let mut logs = subscribe(&alice, "logs", Some(filter)).await;
    let one = transaction(Fixture::ALICE, 2, addresses::ACCESS, b"");
    fixture.chain.finalise(vec![(
        one,
        Some([chart_logs(), vec![ordinary_log()]].concat()),
    )]);
    assert_eq!(next(&mut logs).await["logIndex"], "0x2");
}

#[tokio::test]
async fn waiting_transactions_come_as_hashes_or_whole() {
    let fixture = Fixture::start().await;
    let (alice, bob) = (
        connect(&fixture, Fixture::ALICE).await,
        connect(&fixture, Fixture::BOB).await,
    );
    let mut whole = subscribe(&alice, "newPendingTransactions", Some(json!(true))).await;
    let mut hashes = subscribe(&bob, "newPendingTransactions", None).await;
    let mut readable = subscribe(&bob, "newPendingTransactions", Some(json!(true))).await;
    let private = transaction(Fixture::ALICE, 2, addresses::RECORDS, b"register");
    let ordinary = transaction(Fixture::ALICE, 3, COUNTER, b"");
    for one in [&private, &ordinary] {
        let _: B256 = alice
            .request("eth_sendRawTransaction", rpc_params![&one.raw])
            .await
            .unwrap();
    }
    assert_eq!(next(&mut whole).await["hash"], json!(private.hash));
    assert_eq!(next(&mut hashes).await, json!(private.hash));
    assert_eq!(next(&mut hashes).await, json!(ordinary.hash));
    assert_eq!(next(&mut readable).await["hash"], json!(ordinary.hash));
}

#[tokio::test]
async fn a_subscription_ends_when_its_reader_may_read_no_longer() {
    let fixture = Fixture::start().await;
    let client = connect(&fixture, Fixture::BOB).await;
    let mut heads = subscribe(&client, "newHeads", None).await;
    fixture.chain.finalise(Vec::new());
    next(&mut heads).await;
    fixture
        .chain
        .state
        .lock()
        .enrolled
        .remove(&Fixture::BOB.address());
    fixture.pass(1_000);
    fixture.chain.finalise(Vec::new());
    assert!(heads.next().await.is_none_or(|message| message.is_err()));
}

#[tokio::test]
async fn an_expired_token_ends_subscriptions_and_calls_of_an_open_connection() {
    let fixture = Fixture::start().await;
    let client = connect(&fixture, Fixture::BOB).await;
    let mut heads = subscribe(&client, "newHeads", None).await;
    fixture.pass(3_600_000);
    fixture.chain.finalise(Vec::new());
    assert!(heads.next().await.is_none_or(|message| message.is_err()));
    let refused = client
        .request::<Value, _>("eth_blockNumber", rpc_params![])
        .await
        .unwrap_err();
    assert!(matches!(refused, ClientError::Call(error) if error.code() == -32042));
}

#[tokio::test]
async fn a_connection_with_a_bad_token_is_not_upgraded() {
    let fixture = Fixture::start().await;
    let url = format!("ws://{}/t/abc", fixture.server.address());
    assert!(WsClientBuilder::default().build(url).await.is_err());
}

#[tokio::test]
async fn without_a_token_a_connection_reads_open_methods_only() {
    let fixture = Fixture::start().await;
    let url = format!("ws://{}", fixture.server.address());
    let client = WsClientBuilder::default().build(url).await.unwrap();
    let _: Value = client.request("eth_chainId", rpc_params![]).await.unwrap();
    let refused = client
        .subscribe::<Value, _>("eth_subscribe", rpc_params!["newHeads"], "eth_unsubscribe")
        .await
        .map(drop)
        .unwrap_err();
    assert!(matches!(refused, ClientError::Call(error) if error.code() == -32041));
}

#[tokio::test]
async fn an_unknown_topic_and_too_many_subscriptions_are_refused() {
    let fixture = Fixture::limited(Limits {
        subscriptions: 1,
        ..unlimited()
    })
    .await;
    let client = connect(&fixture, Fixture::ALICE).await;
    let try_topic = |topic: &'static str| {
        client.subscribe::<Value, _>("eth_subscribe", rpc_params![topic], "eth_unsubscribe")
    };
    let unknown = try_topic("syncing").await.map(drop).unwrap_err();
    assert!(matches!(unknown, ClientError::Call(error) if error.code() == -32602));
    let first = try_topic("newHeads").await.unwrap();
    let second = try_topic("newHeads").await.map(drop).unwrap_err();
    assert!(matches!(second, ClientError::Call(error) if error.code() == -32006));
    first.unsubscribe().await.unwrap();
}
