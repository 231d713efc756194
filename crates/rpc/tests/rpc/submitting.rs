//! Giving the node transactions.

use alloy_primitives::Bytes;
use serde_json::json;

use crate::support::{COUNTER, Fixture, transaction};

#[tokio::test]
async fn a_signed_transaction_is_admitted_and_its_hash_returned() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let signed = transaction(Fixture::ALICE, 2, COUNTER, b"");
    let hash = alice
        .ask("eth_sendRawTransaction", json!([signed.raw]))
        .await;
    assert_eq!(hash, json!(signed.hash));
}

#[tokio::test]
async fn anyone_enrolled_may_relay_a_transaction() {
    let fixture = Fixture::start().await;
    let bob = fixture.client(Fixture::BOB).await;
    let signed = transaction(Fixture::ALICE, 2, COUNTER, b"");
    bob.ask("eth_sendRawTransaction", json!([signed.raw])).await;
}

#[tokio::test]
async fn a_rejection_has_the_chains_words_and_name() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    for (raw, name, message) in [
        (
            transaction(Fixture::MALLORY, 5, COUNTER, b"").raw,
            "NotEnrolled",
            "the sender is not enrolled",
        ),
        (
            Bytes::from_static(&[0x03, 0xc0]),
            "Malformed",
            "not a transaction",
        ),
    ] {
        let error = alice
            .call("eth_sendRawTransaction", json!([raw]))
            .await
            .unwrap_err();
        assert_eq!(error["code"], -32003);
        assert_eq!(error["data"]["name"], name);
        assert_eq!(error["message"], message);
    }
}

#[tokio::test]
async fn sending_and_waiting_gives_the_receipt() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    fixture.chain.state.lock().instant = true;
    let signed = transaction(Fixture::ALICE, 2, COUNTER, b"");
    let receipt = alice
        .ask("eth_sendRawTransactionSync", json!([signed.raw]))
        .await;
    assert_eq!(receipt["transactionHash"], json!(signed.hash));
    assert_eq!(receipt["blockNumber"], "0x4");
}

#[tokio::test]
async fn sending_and_waiting_in_vain_is_code_4_with_the_hash() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(Fixture::ALICE).await;
    let signed = transaction(Fixture::ALICE, 2, COUNTER, b"");
    let error = alice
        .call("eth_sendRawTransactionSync", json!([signed.raw, "0x1"]))
        .await
        .unwrap_err();
    assert_eq!(error["code"], 4);
    assert_eq!(error["data"], json!(signed.hash));
}
