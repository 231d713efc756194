//! Who gets what from each method, for each kind of caller, against a snapshot.
//!
//! Set `BLESS=1` to write the snapshots anew, and read the difference before you commit it.

use std::{env, fmt::Write, fs, path::PathBuf};

use alloy_primitives::Bytes;
use serde_json::{Value, json};
use theriac_contracts::addresses;
use theriac_rpc::{METHODS, method_table, refusal_table};

use crate::support::{CHART, Client, ECHO, Fixture, Key, RECORD, name, transaction, unlimited};

/// Parameters for each method; wherever possible they touch Alice's chart.
async fn params(method: &str, fixture: &Fixture, own: &Client) -> Value {
    let registration = fixture.registration.hash;
    let block = fixture.chain_block(1).await;
    match method {
        "web3_sha3" => json!(["0x00"]),
        "eth_getBlockByNumber" => json!(["0x1", true]),
        "eth_getBlockByHash" => json!([block, true]),
        "eth_getBlockTransactionCountByNumber"
        | "eth_getUncleCountByBlockNumber"
        | "eth_getBlockReceipts"
        | "debug_getRawHeader"
        | "debug_getRawBlock"
        | "debug_getRawReceipts"
        | "theriac_getCertificate" => json!(["0x1"]),
        "eth_getBlockTransactionCountByHash" | "eth_getUncleCountByBlockHash" => json!([block]),
        "eth_getUncleByBlockNumberAndIndex" | "eth_getTransactionByBlockNumberAndIndex" => {
            json!(["0x1", "0x0"])
        }
        "eth_getUncleByBlockHashAndIndex" | "eth_getTransactionByBlockHashAndIndex" => {
            json!([block, "0x0"])
        }
        "eth_getTransactionByHash" | "eth_getTransactionReceipt" | "debug_getRawTransaction" => {
            json!([registration])
        }
        "eth_getBalance" | "eth_getTransactionCount" | "eth_getCode" | "eth_getAccountInfo" => {
            json!([Fixture::ALICE.address(), "latest"])
        }
        "eth_getStorageAt" => json!([addresses::RECORDS, "0x0", "latest"]),
        "eth_call" | "eth_estimateGas" | "eth_createAccessList" => {
            json!([{ "from": Fixture::ALICE.address(), "to": ECHO }, "latest"])
        }
        "eth_sendRawTransaction" => {
            json!([transaction(Fixture::ALICE, 2, addresses::RECORDS, b"register").raw])
        }
        "eth_sendRawTransactionSync" => {
            json!([
                transaction(Fixture::ALICE, 3, addresses::RECORDS, b"register").raw,
                "0x1"
            ])
        }
        "eth_feeHistory" => json!(["0x2", "latest", [50]]),
        "eth_getLogs" | "eth_newFilter" => {
            json!([{ "fromBlock": "0x1", "address": addresses::ACCESS }])
        }
        "eth_getFilterChanges" | "eth_getFilterLogs" | "eth_uninstallFilter" => {
            let query = json!([{ "fromBlock": "0x1", "address": addresses::ACCESS }]);
            json!([own
                .call("eth_newFilter", query)
                .await
                .unwrap_or(json!("0x1"))])
        }
        "eth_subscribe" => json!(["newHeads"]),
        "eth_unsubscribe" => json!(["0x1"]),
        "theriac_challenge" => json!([Fixture::ALICE.address()]),
        "theriac_login" => json!(["not a challenge", Bytes::new()]),
        "theriac_getProof" => json!([{ "record": RECORD }]),
        "theriac_openSeals" => json!([{ "opening": "0x1", "seals": [RECORD], "key": "0x01" }]),
        "theriac_getEpoch" => json!([{ "epoch": "0x1" }]),
        "theriac_getErasure" => json!([{ "record": RECORD }]),
        "theriac_getEvidence" => json!([{ "chart": CHART }]),
        _ => json!([]),
    }
}

fn outcome(answer: Result<Value, Value>) -> String {
    match answer {
        Ok(Value::Null) => "null".to_owned(),
        Ok(Value::Array(items)) if items.is_empty() => "empty".to_owned(),
        Ok(Value::Object(fields))
            if fields
                .get("transactions")
                .is_some_and(|list| list[0].is_string()) =>
        {
            "hashes".to_owned()
        }
        Ok(_) => "answers".to_owned(),
        Err(error) => match name(&error) {
            (code, name) if name.is_empty() => code.to_string(),
            (_, name) => name,
        },
    }
}

#[tokio::test]
async fn each_kind_of_caller_gets_from_each_method_what_the_snapshot_says() {
    let fixture = Fixture::limited(unlimited()).await;
    let open = Fixture::open().await;
    let former = enrolled_no_longer(&fixture).await;
    let callers = [
        ("no token", &fixture, fixture.nobody.clone()),
        ("bad token", &fixture, fixture.nobody.with_bearer("abc")),
        ("no longer enrolled", &fixture, former),
        ("enrolled", &fixture, fixture.client(Fixture::BOB).await),
        ("party", &fixture, fixture.client(Fixture::ALICE).await),
        ("logins off", &open, open.nobody.clone()),
    ];
    let mut text = format!("{:<42}", "method");
    for (caller, ..) in &callers {
        write!(text, "{caller:<28}").unwrap();
    }
    for method in METHODS {
        write!(text, "\n{:<42}", method.name).unwrap();
        for (_, fixture, client) in &callers {
            let params = params(method.name, fixture, client).await;
            let outcome = outcome(client.call(method.name, params).await);
            write!(text, "{outcome:<28}").unwrap();
        }
    }
    let lines: Vec<_> = text.lines().map(str::trim_end).collect();
    compare("matrix.txt", &format!("{}\n", lines.join("\n")));
}

async fn enrolled_no_longer(fixture: &Fixture) -> Client {
    let gone = Key(0x44);
    fixture.chain.state.lock().enrolled.insert(gone.address());
    let client = fixture.client(gone).await;
    fixture.chain.state.lock().enrolled.remove(&gone.address());
    fixture.pass(1_000);
    client
}

#[tokio::test]
async fn every_method_of_the_table_answers() {
    let fixture = Fixture::limited(unlimited()).await;
    let alice = fixture.client(Fixture::ALICE).await;
    for method in METHODS {
        let params = params(method.name, &fixture, &alice).await;
        if let Err(error) = alice.call(method.name, params).await {
            let (code, name) = name(&error);
            let expected = [
                "SubscriptionNeedsWebSocket",
                "ChallengeUnknown",
                "StorageNotPublic",
            ]
            .contains(&name.as_str())
                || code == 4;
            assert!(expected, "{}: {error}", method.name);
        }
    }
}

#[test]
fn the_documentation_says_what_the_tables_say() {
    let text = format!("{HEADING}{}{ERRORS}{}", method_table(), refusal_table());
    compare("../../METHODS.md", &text);
}

const HEADING: &str = "# The node's JSON-RPC\n
Written by the tests from `src/methods/table.rs` and `src/refusal.rs`; `BLESS=1 cargo test -p theriac-node -p theriac-rpc --test rpc` writes it anew.\n
HTTP and WebSocket on one port. Where the column Token says yes, an enrolled account must have logged in: sign the message of `theriac_challenge`
(`personal_sign`), give it to `theriac_login`, and send the token as `Authorization: Bearer <token>` or as the path `/t/<token>`. Blobs are at
`PUT` and `GET /vault/<content id>` with the same token.\n\n";

const ERRORS: &str = "\n## Refusals\n
`error.data.name` carries the name. The HTTP status is used where a whole HTTP request is refused; a call that is refused is answered with 200 and
the code. A revert has code 3 with the revert data, a transaction that the chain rejects -32003 with the chain's own name for it, parameters that
cannot be read -32602, a method that does not exist -32601, a transaction that is not final in time 4 with its hash.\n\n";

fn compare(file: &str, found: &str) {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/rpc")
        .join(file);
    if env::var_os("BLESS").is_some() {
        fs::write(&path, found).expect("the snapshot can be written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        kept == found,
        "{} differs from what was found:\n{found}",
        path.display()
    );
}
