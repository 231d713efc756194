//! Errors by the book.

use alloy_primitives::Bytes;
use alloy_sol_types::{Revert, SolError};
use serde_json::{Value, json};

use crate::support::{ECHO, Fixture, HALTER, REVERTER};

#[tokio::test]
async fn a_method_that_does_not_exist_is_32601_for_everybody() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    for method in [
        "eth_getProof",
        "eth_fillTransaction",
        "anvil_nodeInfo",
        "debug_traceTransaction",
        "eth_sign",
        "",
    ] {
        assert_eq!(
            fixture.nobody.refused(method, json!([])).await.0,
            -32601,
            "{method}"
        );
        assert_eq!(alice.refused(method, json!([])).await.0, -32601, "{method}");
    }
}

#[tokio::test]
async fn a_revert_is_code_3_with_its_data() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let data: Bytes = Revert::from("not today").abi_encode().into();
    for method in ["eth_call", "eth_estimateGas", "eth_createAccessList"] {
        let error = alice
            .call(method, json!([{ "to": REVERTER }]))
            .await
            .unwrap_err();
        assert_eq!(error["code"], 3);
        assert_eq!(error["message"], "execution reverted: not today");
        assert_eq!(error["data"], json!(data));
    }
}

#[tokio::test]
async fn a_halt_and_a_rejection_say_why() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let error = alice
        .call("eth_call", json!([{ "to": HALTER }]))
        .await
        .unwrap_err();
    assert_eq!(
        (error["code"].as_i64(), error["message"].as_str()),
        (Some(-32000), Some("out of gas"))
    );
    let error = alice.call("eth_call", json!([{}])).await.unwrap_err();
    assert_eq!(error["code"], -32003);
    assert_eq!(error["data"]["name"], "InitCodeEmpty");
}

#[tokio::test]
async fn malformed_json_requests_and_parameters_have_their_own_codes() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    for (body, code) in [
        (r#"{"jsonrpc": "2.0", "method""#, -32700),
        ("", -32700),
        ("{}", -32600),
        (r#"{"jsonrpc":"2.0","id":1}"#, -32600),
        ("[]", -32600),
        ("[1]", -32600),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":{"a":1}}"#,
            -32602,
        ),
        (
            r#"{"jsonrpc":"2.0","id":1,"method":"eth_getBalance","params":["0x1"]}"#,
            -32602,
        ),
    ] {
        let (_, answer) = alice.post(body).await;
        let error = answer.get(0).unwrap_or(&answer)["error"]["code"].clone();
        assert_eq!(error, code, "{body}: {answer}");
    }
}

#[tokio::test]
async fn a_quantity_with_leading_zeros_is_refused_by_the_name_of_its_argument() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let error = alice
        .call("eth_getBlockByNumber", json!(["0x01", false]))
        .await
        .unwrap_err();
    assert_eq!(error["code"], -32602);
    assert_eq!(
        error["message"],
        "invalid argument 0 (block): hex quantity with leading zero digits"
    );
}

#[tokio::test]
async fn state_of_an_earlier_block_is_refused_by_name_and_of_an_unknown_one_too() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let call = |block: Value| json!([{ "to": ECHO }, block]);
    for block in [
        json!("latest"),
        json!("safe"),
        json!("finalized"),
        json!("pending"),
        json!("0x3"),
    ] {
        alice.ask("eth_call", call(block)).await;
    }
    let head = alice
        .ask("eth_getBlockByNumber", json!(["latest", false]))
        .await["hash"]
        .clone();
    alice
        .ask("eth_call", call(json!({ "blockHash": head })))
        .await;
    for block in [json!("earliest"), json!("0x2")] {
        assert_eq!(
            alice.refused("eth_call", call(block)).await,
            (-32001, "StateNotKept".into())
        );
    }
    for block in [json!("0x4"), json!(alloy_primitives::B256::ZERO)] {
        assert_eq!(
            alice.refused("eth_call", call(block)).await,
            (-32001, "BlockUnknown".into())
        );
    }
}

#[tokio::test]
async fn a_call_for_another_chain_is_refused() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let error = alice
        .call("eth_call", json!([{ "to": ECHO, "chainId": "0x1" }]))
        .await
        .unwrap_err();
    assert_eq!(error["message"], "wrong chain id: this chain is 7777");
    alice
        .ask("eth_call", json!([{ "to": ECHO, "chainId": "0x1e61" }]))
        .await;
}

#[tokio::test]
async fn what_is_absent_is_null_and_no_error() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let hash = alloy_primitives::B256::repeat_byte(0xab);
    for (method, params) in [
        ("eth_getTransactionByHash", json!([hash])),
        ("eth_getTransactionReceipt", json!([hash])),
        ("eth_getBlockByHash", json!([hash, false])),
        ("eth_getBlockByNumber", json!(["0xffffffff", true])),
        ("eth_getBlockReceipts", json!(["0xffffffff"])),
        (
            "eth_getBlockTransactionCountByNumber",
            json!(["0xffffffff"]),
        ),
        (
            "eth_getTransactionByBlockNumberAndIndex",
            json!(["0x1", "0x9"]),
        ),
        (
            "eth_getTransactionByBlockHashAndIndex",
            json!([hash, "0x0"]),
        ),
        ("eth_getUncleByBlockNumberAndIndex", json!(["0x1", "0x0"])),
        ("theriac_getCertificate", json!(["0xffffffff"])),
    ] {
        assert_eq!(alice.ask(method, params).await, Value::Null, "{method}");
    }
}
