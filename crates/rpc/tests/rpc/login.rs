//! Logging in: by key, by contract wallet, once for each challenge, and not for ever.

use alloy_primitives::Bytes;
use serde_json::json;

use crate::support::{Fixture, Key, WALLET, WALLET_SIGNATURE};

const ALICE: Key = Fixture::ALICE;

#[tokio::test]
async fn a_signed_challenge_gives_a_token_that_reads_by_header_and_by_path() {
    let fixture = Fixture::start().await;
    let token = fixture.nobody.login(ALICE).await;
    for client in [
        fixture.nobody.with_bearer(&token),
        fixture.nobody.with_path(&token),
    ] {
        let count = client
            .ask(
                "eth_getTransactionCount",
                json!([ALICE.address(), "latest"]),
            )
            .await;
        assert_eq!(count, "0x2");
    }
}

#[tokio::test]
async fn a_session_names_its_account_and_its_end() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(ALICE.address()).await;
    let session = fixture
        .nobody
        .ask("theriac_login", json!([message, ALICE.sign(&message)]))
        .await;
    assert_eq!(session["account"], json!(ALICE.address()));
    assert_eq!(
        session["expiresAt"],
        format!("{:#x}", 1_795_429_800 + 3_600)
    );
    assert_eq!(session["token"].as_str().unwrap().len(), 64);
}

#[tokio::test]
async fn a_challenge_is_answered_once() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(ALICE.address()).await;
    let answer = json!([message, ALICE.sign(&message)]);
    fixture.nobody.ask("theriac_login", answer.clone()).await;
    let refusal = fixture.nobody.refused("theriac_login", answer).await;
    assert_eq!(refusal, (-32046, "ChallengeUsed".into()));
}

#[tokio::test]
async fn a_challenge_expires() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(ALICE.address()).await;
    fixture.pass(301_000);
    let refusal = fixture
        .nobody
        .refused("theriac_login", json!([message, ALICE.sign(&message)]))
        .await;
    assert_eq!(refusal, (-32045, "ChallengeExpired".into()));
}

#[tokio::test]
async fn a_token_expires_for_calls_and_connections() {
    let fixture = Fixture::start().await;
    let token = fixture.nobody.login(ALICE).await;
    let client = fixture.nobody.with_path(&token);
    client.ask("eth_syncing", json!([])).await;
    fixture.pass(3_600_000);
    let (status, answer) = client
        .post(r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}"#)
        .await;
    assert_eq!(status, 401);
    assert_eq!(answer["error"]["data"]["name"], "TokenUnknown");
}

#[tokio::test]
async fn a_token_that_nobody_issued_is_refused_even_for_open_methods() {
    let fixture = Fixture::start().await;
    for client in [
        fixture.nobody.with_bearer("abc"),
        fixture.nobody.with_path("abc"),
        fixture.nobody.with_path(""),
    ] {
        let (status, answer) = client
            .post(r#"{"jsonrpc":"2.0","id":1,"method":"eth_chainId"}"#)
            .await;
        assert_eq!(status, 401);
        assert_eq!(answer["error"]["code"], -32042);
    }
}

#[tokio::test]
async fn another_key_does_not_answer_a_challenge() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(ALICE.address()).await;
    for signature in [
        Fixture::BOB.sign(&message),
        Bytes::new(),
        Bytes::from(vec![0; 65]),
        Bytes::from(vec![1; 2_000]),
    ] {
        let refusal = fixture
            .nobody
            .refused("theriac_login", json!([message, signature]))
            .await;
        assert_eq!(refusal, (-32047, "SignatureWrong".into()));
    }
    // A wrong signature does not use it up.
    fixture
        .nobody
        .ask("theriac_login", json!([message, ALICE.sign(&message)]))
        .await;
}

#[tokio::test]
async fn a_signature_with_high_s_is_refused() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(ALICE.address()).await;
    let signature = alloy_primitives::Signature::from_raw(&ALICE.sign(&message)).unwrap();
    let order = alloy_consensus::crypto::SECP256K1N_HALF * alloy_primitives::U256::from(2)
        + alloy_primitives::U256::from(1);
    let high =
        alloy_primitives::Signature::new(signature.r(), order - signature.s(), !signature.v());
    let answer = json!([message, Bytes::from(high.as_bytes().to_vec())]);
    let refusal = fixture.nobody.refused("theriac_login", answer).await;
    assert_eq!(refusal.1, "SignatureWrong");
}

#[tokio::test]
async fn a_message_that_is_no_challenge_of_this_node_is_refused() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(ALICE.address()).await;
    for changed in [
        message.replace("Chain ID: 7777", "Chain ID: 1"),
        message.replace("moves nothing", "moves everything"),
        "I owe you".to_owned(),
    ] {
        let answer = json!([changed, ALICE.sign(&changed)]);
        let refusal = fixture.nobody.refused("theriac_login", answer).await;
        assert_eq!(refusal, (-32044, "ChallengeUnknown".into()));
    }
}

#[tokio::test]
async fn someone_not_enrolled_gets_no_token() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(Fixture::MALLORY.address()).await;
    let answer = json!([message, Fixture::MALLORY.sign(&message)]);
    let refusal = fixture.nobody.refused("theriac_login", answer).await;
    assert_eq!(refusal, (-32043, "NotEnrolled".into()));
}

#[tokio::test]
async fn an_ended_enrolment_stops_reading_within_a_second() {
    let fixture = Fixture::start().await;
    let alice = fixture.client(ALICE).await;
    alice.ask("eth_syncing", json!([])).await;
    fixture.chain.state.lock().enrolled.remove(&ALICE.address());
    fixture.pass(1_000);
    assert_eq!(
        alice.refused("eth_syncing", json!([])).await,
        (-32043, "NotEnrolled".into())
    );
}

#[tokio::test]
async fn a_contract_wallet_logs_in_by_its_own_word() {
    let fixture = Fixture::start().await;
    let message = fixture.nobody.challenge(WALLET).await;
    let wrong = json!([message, Bytes::from_static(b"the wallet says maybe")]);
    assert_eq!(
        fixture.nobody.refused("theriac_login", wrong).await.1,
        "SignatureWrong"
    );
    let right = json!([message, Bytes::from_static(WALLET_SIGNATURE)]);
    let session = fixture.nobody.ask("theriac_login", right).await;
    assert_eq!(session["account"], json!(WALLET));
}
