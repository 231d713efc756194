//! What methods answer, in the forms that clients expect.

use alloy_consensus::Header;
use alloy_eips::eip2718::Decodable2718;
use alloy_primitives::{Bytes, keccak256};
use alloy_rpc_types_eth::{Block, FeeHistory, Log, Transaction, TransactionReceipt};
use serde_json::{Value, json};

use crate::support::{COUNTER, Client, ECHO, Fixture, transaction};

async fn alice() -> (Fixture, Client) {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    (fixture, alice)
}

#[tokio::test]
async fn network_and_node_are_named() {
    let fixture = Fixture::start().await;
    assert_eq!(fixture.nobody.ask("eth_chainId", json!([])).await, "0x1e61");
    assert_eq!(fixture.nobody.ask("net_version", json!([])).await, "7777");
    assert_eq!(
        fixture.nobody.ask("eth_blockNumber", json!([])).await,
        "0x3"
    );
    let version = fixture.nobody.ask("web3_clientVersion", json!([])).await;
    assert!(version.as_str().unwrap().starts_with("theriac/"));
}

#[tokio::test]
async fn small_questions_have_small_answers() {
    let (_fixture, alice) = alice().await;
    let empty = "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470";
    for (method, params, answer) in [
        ("net_listening", json!([]), json!(true)),
        ("net_peerCount", json!([]), json!("0x2")),
        ("eth_accounts", json!([]), json!([])),
        ("eth_syncing", json!([]), json!(false)),
        ("web3_sha3", json!(["0x"]), json!(empty)),
        ("eth_gasPrice", json!([]), json!("0x0")),
        ("eth_maxPriorityFeePerGas", json!([]), json!("0x0")),
        ("eth_blobBaseFee", json!([]), json!("0x0")),
        (
            "eth_getUncleCountByBlockNumber",
            json!(["0x1"]),
            json!("0x0"),
        ),
        (
            "eth_getBlockTransactionCountByNumber",
            json!(["0x1"]),
            json!("0x1"),
        ),
        ("eth_estimateGas", json!([{ "to": ECHO }]), json!("0x5208")),
    ] {
        assert_eq!(alice.ask(method, params).await, answer, "{method}");
    }
}

#[tokio::test]
async fn a_block_hashes_to_its_name_and_reads_by_every_tag() {
    let (_fixture, alice) = alice().await;
    let json = alice
        .ask("eth_getBlockByNumber", json!(["latest", true]))
        .await;
    let block: Block<Transaction> = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(block.header.inner.hash_slow(), block.header.hash);
    assert_eq!(block.header.number, 3);
    assert!(block.header.size.unwrap() > alloy_primitives::U256::ZERO);
    assert_eq!(json["baseFeePerGas"], "0x0");
    assert_eq!(json["uncles"], json!([]));
    for tag in ["safe", "finalized", "pending"] {
        assert_eq!(
            alice.ask("eth_getBlockByNumber", json!([tag, true])).await,
            json
        );
    }
    assert_eq!(
        alice
            .ask("eth_getBlockByHash", json!([block.header.hash, true]))
            .await,
        json
    );
    assert_eq!(
        alice.ask("eth_getBlockByNumber", json!(["earliest"])).await["number"],
        "0x0"
    );
}

#[tokio::test]
async fn the_size_of_a_block_is_that_of_its_bytes() {
    let (_fixture, alice) = alice().await;
    let block = alice
        .ask("eth_getBlockByNumber", json!(["0x1", false]))
        .await;
    let raw: Bytes =
        serde_json::from_value(alice.ask("debug_getRawBlock", json!(["0x1"])).await).unwrap();
    assert_eq!(block["size"], format!("{:#x}", raw.len()));
}

#[tokio::test]
async fn a_transaction_hashes_to_its_name_and_costs_nothing() {
    let (fixture, alice) = alice().await;
    let json = alice
        .ask(
            "eth_getTransactionByHash",
            json!([fixture.registration.hash]),
        )
        .await;
    assert_eq!(json["gasPrice"], "0x0");
    assert_eq!(json["type"], "0x2");
    let found: Transaction = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(*found.inner.inner().tx_hash(), fixture.registration.hash);
    assert_eq!(found.inner.signer(), Fixture::ALICE.address());
    assert_eq!(found.block_number, Some(1));
    for (method, params) in [
        (
            "eth_getTransactionByBlockNumberAndIndex",
            json!(["0x1", "0x0"]),
        ),
        (
            "eth_getTransactionByBlockHashAndIndex",
            json!([found.block_hash, "0x0"]),
        ),
    ] {
        assert_eq!(alice.ask(method, params).await, json, "{method}");
    }
    let raw: Bytes = serde_json::from_value(
        alice
            .ask("debug_getRawTransaction", json!([json["hash"]]))
            .await,
    )
    .unwrap();
    assert_eq!(keccak256(raw), fixture.registration.hash);
}

#[tokio::test]
async fn a_receipt_has_its_logs_with_their_places() {
    let (fixture, alice) = alice().await;
    let json = alice
        .ask(
            "eth_getTransactionReceipt",
            json!([fixture.registration.hash]),
        )
        .await;
    assert_eq!(json["status"], "0x1");
    assert_eq!(json["effectiveGasPrice"], "0x0");
    assert_eq!(json["to"], json!(theriac_contracts::addresses::RECORDS));
    assert_eq!(json["logs"][1]["logIndex"], "0x1");
    let receipt: TransactionReceipt = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(receipt.from, Fixture::ALICE.address());
    let logs: Vec<Log> = serde_json::from_value(
        alice
            .ask("eth_getLogs", json!([{ "blockHash": receipt.block_hash }]))
            .await,
    )
    .unwrap();
    assert_eq!(json!(logs), json["logs"]);
    assert_eq!(
        alice.ask("eth_getBlockReceipts", json!(["0x1"])).await,
        json!([json])
    );
}

#[tokio::test]
async fn raw_bytes_decode_to_what_they_are() {
    let (_fixture, alice) = alice().await;
    let block = alice
        .ask("eth_getBlockByNumber", json!(["0x1", false]))
        .await;
    let raw: Bytes =
        serde_json::from_value(alice.ask("debug_getRawHeader", json!(["0x1"])).await).unwrap();
    assert_eq!(json!(keccak256(&raw)), block["hash"]);
    let raw: Bytes =
        serde_json::from_value(alice.ask("debug_getRawBlock", json!(["0x1"])).await).unwrap();
    let decoded: alloy_consensus::Block<alloy_consensus::TxEnvelope> =
        alloy_rlp::Decodable::decode(&mut raw.as_ref()).unwrap();
    assert_eq!(json!(Header::hash_slow(&decoded.header)), block["hash"]);
    assert_eq!(decoded.body.transactions.len(), 1);
    let raw: Vec<Bytes> =
        serde_json::from_value(alice.ask("debug_getRawReceipts", json!(["0x1"])).await).unwrap();
    let receipt = alloy_consensus::ReceiptEnvelope::decode_2718(&mut raw[0].as_ref()).unwrap();
    assert_eq!(receipt.logs().len(), 2);
}

#[tokio::test]
async fn a_fee_history_is_all_zero_with_a_row_for_each_block() {
    let (_fixture, alice) = alice().await;
    let json = alice
        .ask("eth_feeHistory", json!(["0xa", "latest", [25, 50.5, 75]]))
        .await;
    assert_eq!(json["oldestBlock"], "0x0");
    assert_eq!(json["reward"], json!(vec![["0x0", "0x0", "0x0"]; 4]));
    assert_eq!(json["baseFeePerGas"], json!(vec!["0x0"; 5]));
    let history: FeeHistory = serde_json::from_value(json).unwrap();
    assert_eq!(history.gas_used_ratio, [0.5; 4]);
    let short = alice.ask("eth_feeHistory", json!(["0x1", "0x2"])).await;
    assert_eq!(short["oldestBlock"], "0x2");
    assert_eq!(short.get("reward"), None);
    assert_eq!(
        alice
            .refused("eth_feeHistory", json!(["0x1", "latest", [50, 25]]))
            .await
            .0,
        -32602
    );
    assert_eq!(
        alice
            .refused("eth_feeHistory", json!(["0x1", "0xff"]))
            .await
            .1,
        "BlockUnknown"
    );
}

#[tokio::test]
async fn log_ranges_reach_to_the_head_and_no_further() {
    let (_fixture, alice) = alice().await;
    let count = |query: Value| {
        let alice = alice.clone();
        async move {
            alice
                .ask("eth_getLogs", json!([query]))
                .await
                .as_array()
                .unwrap()
                .len()
        }
    };
    assert_eq!(count(json!({})).await, 0, "the head block has no logs");
    assert_eq!(
        count(json!({ "fromBlock": "0x1", "toBlock": "0xffff" })).await,
        3
    );
    assert_eq!(count(json!({ "fromBlock": "0x2" })).await, 1);
    assert_eq!(
        count(json!({ "fromBlock": "0x9", "toBlock": "0xffff" })).await,
        0
    );
    assert_eq!(count(json!({ "fromBlock": "0x9" })).await, 0);
    let backwards = json!([{ "fromBlock": "0x2", "toBlock": "0x1" }]);
    assert_eq!(alice.refused("eth_getLogs", backwards).await.0, -32602);
    let unknown = json!([{ "blockHash": alloy_primitives::B256::ZERO }]);
    assert_eq!(
        alice.refused("eth_getLogs", unknown).await.1,
        "BlockUnknown"
    );
}

#[tokio::test]
async fn filters_tell_what_came_since_the_last_time() {
    let (fixture, alice) = alice().await;
    let blocks = alice.ask("eth_newBlockFilter", json!([])).await;
    let waiting = alice
        .ask("eth_newPendingTransactionFilter", json!([]))
        .await;
    let block = fixture.chain.finalise(Vec::new());
    let sent = transaction(Fixture::ALICE, 2, COUNTER, b"");
    alice.ask("eth_sendRawTransaction", json!([sent.raw])).await;
    assert_eq!(
        alice.ask("eth_getFilterChanges", json!([blocks])).await,
        json!([block.hash])
    );
    assert_eq!(
        alice.ask("eth_getFilterChanges", json!([blocks])).await,
        json!([])
    );
    assert_eq!(
        alice.ask("eth_getFilterChanges", json!([waiting])).await,
        json!([sent.hash])
    );
    let logs = alice
        .ask(
            "eth_newFilter",
            json!([{ "fromBlock": "0x1", "toBlock": "latest" }]),
        )
        .await;
    assert_eq!(
        alice
            .ask("eth_getFilterLogs", json!([logs]))
            .await
            .as_array()
            .unwrap()
            .len(),
        3
    );
    assert_eq!(
        alice.ask("eth_getFilterChanges", json!([logs])).await,
        json!([])
    );
    assert_eq!(
        alice.refused("eth_getFilterLogs", json!([blocks])).await.1,
        "FilterUnknown"
    );
    assert_eq!(alice.ask("eth_uninstallFilter", json!([logs])).await, true);
    assert_eq!(alice.ask("eth_uninstallFilter", json!([logs])).await, false);
    assert_eq!(
        alice.refused("eth_getFilterChanges", json!([logs])).await.1,
        "FilterUnknown"
    );
}

#[tokio::test]
async fn a_certificate_comes_with_the_header_that_it_certifies() {
    let (_fixture, alice) = alice().await;
    let block = alice
        .ask("eth_getBlockByNumber", json!(["0x2", false]))
        .await;
    let certificate = alice.ask("theriac_getCertificate", json!(["0x2"])).await;
    assert_eq!(certificate["hash"], block["hash"]);
    let header: Bytes = serde_json::from_value(certificate["header"].clone()).unwrap();
    assert_eq!(json!(keccak256(header)), block["hash"]);
    assert_eq!(
        certificate["certificate"],
        json!(Bytes::from_static(b"certificate"))
    );
}
