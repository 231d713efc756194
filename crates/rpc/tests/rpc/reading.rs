//! Who may read what: own things, ordinary things, and charts as their party.

use alloy_primitives::{Address, B256, Log};
use alloy_sol_types::SolEvent;
use serde_json::{Value, json};
use theriac_contracts::{addresses, interfaces::ISeals};

use crate::support::{
    CHART, COUNTER, Client, ECHO, Fixture, RECORD, chart_logs, ordinary_log, recovery_log,
    transaction, unlimited,
};

async fn both() -> (Fixture, Client, Client) {
    let fixture = Fixture::start().await;
    let (alice, bob) = (
        fixture.client(Fixture::ALICE).await,
        fixture.client(Fixture::BOB).await,
    );
    (fixture, alice, bob)
}

#[tokio::test]
async fn logs_of_a_chart_are_for_its_parties() {
    let (_fixture, alice, bob) = both().await;
    let all = json!([{ "fromBlock": "earliest" }]);
    assert_eq!(
        alice
            .ask("eth_getLogs", all.clone())
            .await
            .as_array()
            .unwrap()
            .len(),
        3
    );
    let seen = bob.ask("eth_getLogs", all).await;
    assert_eq!(seen.as_array().unwrap().len(), 1);
    assert_eq!(seen[0]["address"], json!(COUNTER));
    let of_chart = json!([{ "fromBlock": "earliest", "topics": [null, [CHART, RECORD]] }]);
    assert_eq!(bob.ask("eth_getLogs", of_chart.clone()).await, json!([]));
    assert_eq!(
        alice
            .ask("eth_getLogs", of_chart)
            .await
            .as_array()
            .unwrap()
            .len(),
        2
    );
}

#[tokio::test]
async fn an_emergency_is_told_to_the_parties_and_to_who_watches_over_the_organisation() {
    let (fixture, alice, bob) = both().await;
    let broken = ISeals::GlassBroken {
        chart: CHART,
        organisation: 4,
        ..Default::default()
    };
    let log = Log {
        address: addresses::SEALS,
        data: broken.encode_log_data(),
    };
    let call = transaction(Fixture::MALLORY, 5, addresses::SEALS, b"breakGlass");
    fixture.chain.finalise(vec![(call, Some(vec![log]))]);
    let wanted = json!([{ "fromBlock": "earliest", "address": addresses::SEALS }]);
    let count = |logs: Value| logs.as_array().unwrap().len();
    assert_eq!(count(alice.ask("eth_getLogs", wanted.clone()).await), 1);
    assert_eq!(count(bob.ask("eth_getLogs", wanted.clone()).await), 0);
    let watcher = (3, Fixture::BOB.address());
    fixture.chain.state.lock().watchers.insert(watcher);
    fixture.pass(1_001);
    assert_eq!(count(bob.ask("eth_getLogs", wanted.clone()).await), 0);
    let watcher = (4, Fixture::BOB.address());
    fixture.chain.state.lock().watchers.insert(watcher);
    fixture.pass(1_001);
    assert_eq!(count(bob.ask("eth_getLogs", wanted).await), 1);
}

#[tokio::test]
async fn a_transaction_of_a_chart_is_null_for_others_as_one_that_is_absent() {
    let (fixture, alice, bob) = both().await;
    let absent = B256::repeat_byte(0xab);
    for method in [
        "eth_getTransactionByHash",
        "eth_getTransactionReceipt",
        "debug_getRawTransaction",
    ] {
        assert_eq!(
            bob.ask(method, json!([fixture.registration.hash])).await,
            Value::Null,
            "{method}"
        );
        assert_eq!(
            bob.ask(method, json!([absent])).await,
            Value::Null,
            "{method}"
        );
        assert!(
            !alice
                .ask(method, json!([fixture.registration.hash]))
                .await
                .is_null(),
            "{method}"
        );
        assert!(
            !alice
                .ask(method, json!([fixture.ordinary.hash]))
                .await
                .is_null(),
            "{method}"
        );
    }
    let place = json!(["0x1", "0x0"]);
    assert_eq!(
        bob.ask("eth_getTransactionByBlockNumberAndIndex", place.clone())
            .await,
        Value::Null
    );
    assert!(
        !alice
            .ask("eth_getTransactionByBlockNumberAndIndex", place)
            .await
            .is_null()
    );
}

#[tokio::test]
async fn a_refused_transaction_to_a_charts_contract_is_its_senders_alone() {
    let (fixture, alice, bob) = both().await;
    fixture
        .chain
        .state
        .lock()
        .parties
        .insert((CHART, Fixture::BOB.address()));
    let hash = json!([fixture.failed.hash]);
    assert_eq!(
        alice.ask("eth_getTransactionReceipt", hash.clone()).await["status"],
        "0x0"
    );
    assert_eq!(
        bob.ask("eth_getTransactionReceipt", hash).await,
        Value::Null
    );
}

#[tokio::test]
async fn a_party_loses_the_chart_soon_after_it_stops_being_one() {
    let (fixture, alice, _bob) = both().await;
    let hash = json!([transaction_of_another(&fixture)]);
    assert!(
        !alice
            .ask("eth_getTransactionReceipt", hash.clone())
            .await
            .is_null()
    );
    fixture.chain.state.lock().parties.clear();
    fixture.pass(1_000);
    assert_eq!(
        alice.ask("eth_getTransactionReceipt", hash).await,
        Value::Null
    );
}

/// Mallory's transaction about Alice's chart.
fn transaction_of_another(fixture: &Fixture) -> B256 {
    let one = transaction(Fixture::MALLORY, 0, addresses::ACCESS, b"request");
    let hash = one.hash;
    fixture.chain.finalise(vec![(one, Some(chart_logs()))]);
    hash
}

#[tokio::test]
async fn a_transaction_that_touches_a_chart_through_a_contract_is_for_its_parties() {
    let (fixture, alice, bob) = both().await;
    let one = transaction(Fixture::MALLORY, 0, COUNTER, b"relay");
    let hash = json!([one.hash]);
    let logs = [chart_logs(), vec![ordinary_log()]].concat();
    fixture.chain.finalise(vec![(one, Some(logs))]);
    assert_eq!(
        bob.ask("eth_getTransactionByHash", hash.clone()).await,
        Value::Null
    );
    assert!(!alice.ask("eth_getTransactionByHash", hash).await.is_null());
}

#[tokio::test]
async fn a_recovery_is_told_to_its_account_and_its_guardians() {
    let (fixture, alice, bob) = both().await;
    let one = transaction(Fixture::MALLORY, 0, addresses::RECOVERY, b"propose");
    let hash = json!([one.hash]);
    fixture
        .chain
        .finalise(vec![(one, Some(vec![recovery_log()]))]);
    let all = json!([{ "fromBlock": "earliest", "address": addresses::RECOVERY }]);
    let logs = |answer: Value| answer.as_array().unwrap().len();
    assert_eq!(logs(alice.ask("eth_getLogs", all.clone()).await), 1);
    assert_eq!(logs(bob.ask("eth_getLogs", all.clone()).await), 0);
    let transaction = bob.ask("eth_getTransactionByHash", hash.clone()).await;
    assert_eq!(transaction, Value::Null);
    let named = (Fixture::ALICE.address(), Fixture::BOB.address());
    fixture.chain.state.lock().guardians.insert(named);
    fixture.pass(1_000);
    assert_eq!(logs(bob.ask("eth_getLogs", all).await), 1);
    assert!(!bob.ask("eth_getTransactionByHash", hash).await.is_null());
}

#[tokio::test]
async fn whole_transactions_of_a_block_are_given_where_all_may_be_read() {
    let (fixture, alice, bob) = both().await;
    let whole = |client: Client, block| async move {
        client
            .ask("eth_getBlockByNumber", json!([block, true]))
            .await["transactions"][0]
            .clone()
    };
    assert_eq!(
        whole(bob.clone(), "0x1").await,
        json!(fixture.registration.hash)
    );
    assert_eq!(
        whole(bob, "0x2").await["hash"],
        json!(fixture.ordinary.hash)
    );
    assert_eq!(
        whole(alice, "0x1").await["hash"],
        json!(fixture.registration.hash)
    );
}

#[tokio::test]
async fn receipts_of_a_block_are_those_that_may_be_read() {
    let (fixture, alice, bob) = both().await;
    assert_eq!(
        bob.ask("eth_getBlockReceipts", json!(["0x1"])).await,
        json!([])
    );
    let receipts = alice.ask("eth_getBlockReceipts", json!(["0x1"])).await;
    assert_eq!(
        receipts[0]["transactionHash"],
        json!(fixture.registration.hash)
    );
    for method in ["debug_getRawBlock", "debug_getRawReceipts"] {
        assert_eq!(bob.refused(method, json!(["0x1"])).await.1, "NotFound");
        assert!(!alice.ask(method, json!(["0x1"])).await.is_null());
    }
}

#[tokio::test]
async fn an_accounts_state_is_its_own_and_contracts_are_open() {
    let (_fixture, alice, _bob) = both().await;
    let refused = (-32049, "NotYourAccount".to_owned());
    for method in [
        "eth_getBalance",
        "eth_getTransactionCount",
        "eth_getAccountInfo",
    ] {
        alice
            .ask(method, json!([Fixture::ALICE.address(), "latest"]))
            .await;
        alice.ask(method, json!([COUNTER])).await;
        for other in [Fixture::BOB.address(), Address::repeat_byte(0xab)] {
            assert_eq!(
                alice.refused(method, json!([other, "latest"])).await,
                refused,
                "{method}"
            );
        }
    }
    let proof = json!([{ "account": Fixture::BOB.address() }]);
    assert_eq!(alice.refused("theriac_getProof", proof).await, refused);
}

#[tokio::test]
async fn storage_of_charts_contracts_is_not_read_by_slot() {
    let (_fixture, alice, _bob) = both().await;
    let later: Address = "0x0000000000000000000000000000000000ec00ff"
        .parse()
        .unwrap();
    for closed in [
        addresses::RECORDS,
        addresses::ACCESS,
        addresses::SEALS,
        addresses::CABINETS,
        addresses::PRESCRIPTIONS,
        later,
    ] {
        let refused = (-32051, "StorageNotPublic".to_owned());
        assert_eq!(
            alice
                .refused("eth_getStorageAt", json!([closed, "0x0", "latest"]))
                .await,
            refused
        );
        let proof = json!([{ "address": closed, "slot": "0x0" }]);
        assert_eq!(alice.refused("theriac_getProof", proof).await, refused);
    }
    for open in [
        addresses::MEMBERS,
        addresses::DIRECTORY,
        addresses::HISTORY,
        addresses::PACKS,
        COUNTER,
    ] {
        alice
            .ask("eth_getStorageAt", json!([open, "0x0", "latest"]))
            .await;
        alice
            .ask(
                "theriac_getProof",
                json!([{ "address": open, "slot": "0x0" }]),
            )
            .await;
    }
}

#[tokio::test]
async fn a_call_is_made_as_the_account_that_logged_in() {
    let (_fixture, alice, _bob) = both().await;
    let own = Fixture::ALICE.address();
    for call in [
        json!({ "to": ECHO }),
        json!({ "to": ECHO, "from": own }),
        json!({ "to": ECHO, "from": Address::ZERO }),
    ] {
        assert_eq!(
            alice.ask("eth_call", json!([call, "latest"])).await,
            json!(own.into_word())
        );
    }
    for method in ["eth_call", "eth_estimateGas", "eth_createAccessList"] {
        let call = json!([{ "to": ECHO, "from": Fixture::BOB.address() }]);
        assert_eq!(
            alice.refused(method, call).await,
            (-32050, "FromIsNotYou".into()),
            "{method}"
        );
    }
}

#[tokio::test]
async fn overrides_are_refused_since_they_could_speak_for_another() {
    let (_fixture, alice, _bob) = both().await;
    let state = json!([{ "to": ECHO }, "latest", { Fixture::BOB.address().to_string(): { "code": "0x00" } }]);
    assert_eq!(
        alice.refused("eth_call", state).await.1,
        "OverridesNotServed"
    );
    let block = json!([{ "to": ECHO }, "latest", null, { "number": "0x1" }]);
    assert_eq!(
        alice.refused("eth_call", block).await.1,
        "OverridesNotServed"
    );
}

#[tokio::test]
async fn proofs_and_evidence_of_a_chart_are_for_its_parties() {
    let (_fixture, alice, bob) = both().await;
    for subject in [json!([{ "record": RECORD }]), json!([{ "chart": CHART }])] {
        for method in ["theriac_getProof", "theriac_getEvidence"] {
            assert!(!alice.ask(method, subject.clone()).await.is_null());
            assert_eq!(
                bob.refused(method, subject.clone()).await,
                (-32001, "NotFound".into())
            );
        }
    }
    for absent in [
        json!([{ "record": B256::ZERO }]),
        json!([{ "chart": B256::ZERO }]),
    ] {
        for method in ["theriac_getProof", "theriac_getEvidence"] {
            assert_eq!(
                alice.refused(method, absent.clone()).await,
                (-32001, "NotFound".into())
            );
        }
    }
}

#[tokio::test]
async fn waiting_transactions_are_the_callers_own() {
    let (fixture, alice, bob) = both().await;
    let waiting = transaction(Fixture::ALICE, 2, addresses::RECORDS, b"register");
    alice
        .ask("eth_sendRawTransaction", json!([waiting.raw]))
        .await;
    let nonce = alice
        .ask(
            "eth_getTransactionCount",
            json!([Fixture::ALICE.address(), "pending"]),
        )
        .await;
    assert_eq!(nonce, "0x3");
    let found = alice
        .ask("eth_getTransactionByHash", json!([waiting.hash]))
        .await;
    assert_eq!(found["blockHash"], Value::Null);
    assert_eq!(
        bob.ask("eth_getTransactionByHash", json!([waiting.hash]))
            .await,
        Value::Null
    );
    let pool = alice.ask("txpool_content", json!([])).await;
    let own = Fixture::ALICE.address().to_string().to_lowercase();
    assert_eq!(pool["pending"][own]["2"]["hash"], json!(waiting.hash));
    assert_eq!(
        bob.ask("txpool_content", json!([])).await,
        json!({ "pending": {}, "queued": {} })
    );
    assert_eq!(bob.ask("txpool_status", json!([])).await["pending"], "0x1");
    drop(fixture);
}

#[tokio::test]
async fn a_filter_tells_its_owner_what_it_may_read() {
    let (fixture, alice, bob) = both().await;
    let of_alice = alice.ask("eth_newFilter", json!([{}])).await;
    let of_bob = bob.ask("eth_newFilter", json!([{}])).await;
    transaction_of_another(&fixture);
    let changes = json!([of_bob]);
    assert_eq!(
        bob.ask("eth_getFilterChanges", changes.clone()).await,
        json!([])
    );
    assert_eq!(
        alice.refused("eth_getFilterChanges", changes).await,
        (-32000, "FilterUnknown".into())
    );
    let seen = alice.ask("eth_getFilterChanges", json!([of_alice])).await;
    assert_eq!(seen.as_array().unwrap().len(), 2);
    assert_eq!(
        alice.ask("eth_getFilterChanges", json!([of_alice])).await,
        json!([])
    );
}

#[tokio::test]
async fn status_tells_everybody_the_height_and_the_enrolled_the_rest() {
    let (fixture, alice, _bob) = both().await;
    let public = fixture.nobody.ask("theriac_status", json!([])).await;
    assert_eq!(public["height"], "0x3");
    assert!(public.get("peers").is_none() && public.get("validators").is_none());
    let next = json!({ "version": "0x2", "height": "0x384" });
    let protocol = json!({ "version": "0x1", "known": "0x1", "next": next });
    assert_eq!(public["protocol"], protocol);
    let told = alice.ask("theriac_status", json!([])).await;
    assert_eq!(told["peers"].as_array().unwrap().len(), 3);
    assert_eq!(told["account"], json!(Fixture::ALICE.address()));
    assert_eq!(
        (&told["committee"], &told["validators"]),
        (&json!("0x4"), &json!("0x5"))
    );
    assert_eq!(told["openProposals"], "0x2");
}

#[tokio::test]
async fn without_logins_everything_is_open() {
    let fixture = Fixture::open().await;
    let open = &fixture.nobody;
    assert_eq!(
        open.ask("eth_getLogs", json!([{ "fromBlock": "earliest" }]))
            .await
            .as_array()
            .unwrap()
            .len(),
        3
    );
    open.ask("eth_getBalance", json!([Fixture::ALICE.address()]))
        .await;
    open.ask("eth_getStorageAt", json!([addresses::RECORDS, "0x0"]))
        .await;
    let bob = Fixture::BOB.address().into_word();
    assert_eq!(
        open.ask("eth_call", json!([{ "to": ECHO }])).await,
        json!(bob)
    );
    let other = json!([{ "to": ECHO, "from": Fixture::ALICE.address() }]);
    assert_eq!(
        open.ask("eth_call", other).await,
        json!(Fixture::ALICE.address().into_word())
    );
    // A token in the path is no obstacle, so that the same client works either way.
    open.with_path("anything")
        .ask("eth_getBalance", json!([Fixture::ALICE.address()]))
        .await;
}

#[tokio::test]
async fn the_right_to_read_is_the_same_within_a_batch() {
    let fixture = Fixture::limited(unlimited()).await;
    let body = json!([
        { "jsonrpc": "2.0", "id": 1, "method": "eth_chainId" },
        { "jsonrpc": "2.0", "id": 2, "method": "eth_getLogs", "params": [{}] },
    ]);
    let (_, answers) = fixture.nobody.post(body.to_string()).await;
    assert_eq!(answers[0]["result"], "0x1e61");
    assert_eq!(answers[1]["error"]["data"]["name"], "LoginRequired");
}
