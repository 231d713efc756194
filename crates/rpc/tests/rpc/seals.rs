//! Who reads the events of seals: parties of the chart, and for broken glass those who watch over privacy in the requester's organisation.

use alloy_primitives::Log;
use alloy_sol_types::SolEvent;
use serde_json::{Value, json};
use theriac_contracts::{addresses, interfaces::ISeals};

use crate::{
    subscriptions::{connect, next, subscribe},
    support::{CHART, Client, Fixture, Key, RECORD, transaction},
};

/// Privacy officer of organisation 7.
const OFFICER: Key = Key(0x55);
/// Privacy officer of organisation 8.
const OTHER_OFFICER: Key = Key(0x66);
const ORGANISATION: u32 = 7;

async fn fixture() -> Fixture {
    let fixture = Fixture::start().await;
    let mut state = fixture.chain.state.lock();
    for (officer, organisation) in [(OFFICER, ORGANISATION), (OTHER_OFFICER, 8)] {
        state.enrolled.insert(officer.address());
        state.watchers.insert((organisation, officer.address()));
    }
    drop(state);
    fixture
}

fn log(event: &impl SolEvent) -> Log {
    Log {
        address: addresses::SEALS,
        data: event.encode_log_data(),
    }
}

fn broken() -> Log {
    log(&ISeals::GlassBroken {
        opening: 3,
        chart: CHART,
        organisation: ORGANISATION,
        ..Default::default()
    })
}

/// Every event of the contract about Alice's chart, by name.
fn events() -> [(&'static str, Log); 6] {
    let sealed = ISeals::Sealed {
        record: RECORD,
        chart: CHART,
        ..Default::default()
    };
    let decided = ISeals::OpeningDecided {
        chart: CHART,
        requester: Fixture::BOB.address(),
        ..Default::default()
    };
    let pointed = ISeals::RulePointed {
        chart: CHART,
        ..Default::default()
    };
    let scope = ISeals::GlassScopeSet {
        chart: CHART,
        ..Default::default()
    };
    let reviewed = ISeals::Reviewed {
        opening: 3,
        chart: CHART,
        organisation: ORGANISATION,
        ..Default::default()
    };
    [
        ("Sealed", log(&sealed)),
        ("OpeningDecided", log(&decided)),
        ("RulePointed", log(&pointed)),
        ("GlassScopeSet", log(&scope)),
        ("GlassBroken", broken()),
        ("Reviewed", log(&reviewed)),
    ]
}

async fn reads(client: &Client, height: u64) -> bool {
    let height = format!("{height:#x}");
    let filter = json!([{ "fromBlock": height, "toBlock": height }]);
    client.ask("eth_getLogs", filter).await != json!([])
}

#[tokio::test]
async fn each_event_is_for_those_whom_it_concerns() {
    let fixture = fixture().await;
    let callers = [
        fixture.client(Fixture::ALICE).await,
        fixture.client(OFFICER).await,
        fixture.client(OTHER_OFFICER).await,
        fixture.client(Fixture::BOB).await,
    ];
    // Of the party, the organisation's officer, another's officer, and anyone enrolled.
    let expected = [
        ("Sealed", [true, false, false, false]),
        ("OpeningDecided", [true, false, false, false]),
        ("RulePointed", [true, false, false, false]),
        ("GlassScopeSet", [true, false, false, false]),
        ("GlassBroken", [true, true, false, false]),
        ("Reviewed", [true, true, false, false]),
    ];
    let known = ISeals::abi::events();
    assert_eq!(
        known.len(),
        expected.len(),
        "a new event needs its row here"
    );
    for ((name, log), (row, readers)) in events().into_iter().zip(expected) {
        assert_eq!(name, row);
        let one = transaction(Fixture::MALLORY, 0, addresses::SEALS, name.as_bytes());
        let block = fixture.chain.finalise(vec![(one, Some(vec![log]))]);
        for (caller, expected) in callers.iter().zip(readers) {
            let found = reads(caller, block.header.number).await;
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[tokio::test]
async fn the_patient_and_the_officer_hear_of_broken_glass_at_once() {
    let fixture = fixture().await;
    let mut heard = Vec::new();
    for key in [Fixture::ALICE, OFFICER, OTHER_OFFICER, Fixture::BOB] {
        let client = connect(&fixture, key).await;
        let logs = subscribe(&client, "logs", None).await;
        heard.push((client, logs));
    }
    let one = transaction(Fixture::MALLORY, 0, addresses::SEALS, b"breakGlass");
    fixture.chain.finalise(vec![(one, Some(vec![broken()]))]);
    let later = transaction(Fixture::MALLORY, 1, crate::support::COUNTER, b"count");
    let open = vec![crate::support::ordinary_log()];
    fixture.chain.finalise(vec![(later, Some(open))]);
    let expected = [true, true, false, false];
    for ((_, logs), hears) in heard.iter_mut().zip(expected) {
        let first = next(logs).await;
        let address: Value = match hears {
            true => json!(addresses::SEALS),
            false => json!(crate::support::COUNTER),
        };
        assert_eq!(first["address"], address);
    }
}

#[tokio::test]
async fn an_officer_reads_the_event_and_not_the_transaction_of_a_chart() {
    let fixture = fixture().await;
    let officer = fixture.client(OFFICER).await;
    let alice = fixture.client(Fixture::ALICE).await;
    let one = transaction(Fixture::MALLORY, 0, addresses::SEALS, b"breakGlass");
    let hash = json!([one.hash]);
    fixture.chain.finalise(vec![(one, Some(vec![broken()]))]);
    let receipt = officer.ask("eth_getTransactionReceipt", hash.clone()).await;
    assert_eq!(receipt, Value::Null);
    let receipt = alice.ask("eth_getTransactionReceipt", hash).await;
    assert!(!receipt.is_null());
}

#[tokio::test]
async fn an_officer_who_is_one_no_longer_stops_reading_soon() {
    let fixture = fixture().await;
    let officer = fixture.client(OFFICER).await;
    let one = transaction(Fixture::MALLORY, 0, addresses::SEALS, b"breakGlass");
    let block = fixture.chain.finalise(vec![(one, Some(vec![broken()]))]);
    assert!(reads(&officer, block.header.number).await);
    fixture.chain.state.lock().watchers.clear();
    fixture.pass(1_000);
    assert!(!reads(&officer, block.header.number).await);
}
