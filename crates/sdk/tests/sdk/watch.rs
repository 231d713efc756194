//! Watching goes on at the next node, and tells every height once.

use alloy_primitives::{B256, U64};
use jsonrpsee::{
    RpcModule,
    server::{Server, ServerHandle, SubscriptionMessage},
};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};
use theriac_sdk::{
    Client,
    watch::{Scope, Update},
};

/// The ranges of heights for which logs were asked.
type Asked = Arc<Mutex<Vec<(u64, u64)>>>;

/// A node that tells these heads, and then waits.
async fn node(heads: &'static [u64], asked: &Asked) -> (String, ServerHandle) {
    let server = Server::builder().build("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", server.local_addr().unwrap());
    let mut module = RpcModule::new(asked.clone());
    module
        .register_method("eth_syncing", |_, _, _| false)
        .unwrap();
    module
        .register_method("eth_getLogs", |params, asked, _| {
            let filter: Value = params.one().unwrap();
            let bound = |name: &str| {
                serde_json::from_value::<U64>(filter[name].clone())
                    .unwrap()
                    .to()
            };
            asked
                .lock()
                .unwrap()
                .push((bound("fromBlock"), bound("toBlock")));
            json!([])
        })
        .unwrap();
    module
        .register_subscription("eth_subscribe", "eth_subscription", "eth_unsubscribe", move |_, pending, _, _| async move {
            let sink = pending.accept().await?;
            for height in heads {
                let head = json!({ "number": U64::from(*height), "hash": B256::repeat_byte(1), "timestamp": "0x1" });
                let head = serde_json::value::to_raw_value(&head).unwrap();
                sink.send(SubscriptionMessage::from(head)).await?;
            }
            sink.closed().await;
            Ok(())
        })
        .unwrap();
    (address, server.start(module))
}

async fn height(watch: &mut theriac_sdk::watch::Watch) -> u64 {
    match watch.next().await.unwrap() {
        Update::Block(head) => head.number.to(),
        other => panic!("expected a block, got {other:?}"),
    }
}

#[tokio::test]
async fn a_watch_moves_to_the_next_node_and_misses_no_height() {
    let asked = Asked::default();
    let (first, handle) = node(&[5, 6], &asked).await;
    let (second, _running) = node(&[6, 9], &asked).await;
    let client = Client::new(&[&first, &second], None).unwrap();
    let mut watch = client.watch(Scope::Charts, None);
    assert_eq!(height(&mut watch).await, 5);
    assert_eq!(height(&mut watch).await, 6);
    handle.stop().unwrap();
    handle.stopped().await;
    assert_eq!(height(&mut watch).await, 9);
    assert_eq!(*asked.lock().unwrap(), [(5, 5), (6, 6), (7, 9)]);
}

#[tokio::test]
async fn a_watch_of_blocks_asks_for_no_logs_and_can_begin_in_the_past() {
    let asked = Asked::default();
    let (address, _running) = node(&[5], &asked).await;
    let client = Client::new(&[&address], None).unwrap();
    assert_eq!(height(&mut client.watch(Scope::Blocks, None)).await, 5);
    assert!(asked.lock().unwrap().is_empty());
    assert_eq!(height(&mut client.watch(Scope::Charts, Some(2))).await, 5);
    assert_eq!(*asked.lock().unwrap(), [(3, 5)]);
}
