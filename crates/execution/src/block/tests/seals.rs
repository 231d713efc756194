//! What a long history costs to open: one transaction, well within its cap.

use crate::testing::{Chain, Person};
use crate::transaction::Transaction;
use alloy_primitives::{Address, B256, TxKind};
use alloy_sol_types::{SolCall, SolEvent};
use theriac_contracts::addresses::{ACCESS, DIRECTORY, RECORDS, SEALS};
use theriac_contracts::codes::{Effect, Purpose, Role};
use theriac_contracts::interfaces::{IAccess, IDirectory, IRecords, ISeals};

const CHART: B256 = B256::repeat_byte(0xc1);
/// Records of the history.
const HISTORY_LENGTH: u16 = 500;
/// Most gas that opening the history may use: a sixth of what one transaction may.
const HISTORY_GAS: u64 = 10_000_000;

fn send(person: &mut Person, contract: Address, call: &impl SolCall) -> Transaction {
    person.send_with(TxKind::Call(contract), call.abi_encode(), |transaction| {
        transaction.gas_limit = 60_000_000;
    })
}

#[track_caller]
fn succeeds(chain: &mut Chain, transaction: Transaction) -> crate::ExecutedReceipt {
    let receipt = chain.one(transaction);
    assert!(receipt.envelope.status());
    receipt
}

fn enrolment(person: &Person, role: Role) -> IDirectory::enrolCall {
    IDirectory::enrolCall {
        person: person.address(),
        role: role.code(),
        expiry: 0,
        nameCommitment: B256::repeat_byte(1),
        licenceCommitment: B256::repeat_byte(2),
    }
}

fn record(index: u16) -> B256 {
    B256::left_padding_from(&[1, (index >> 8) as u8, index as u8])
}

fn registration(index: u16) -> IRecords::registerSealedCall {
    IRecords::registerSealedCall {
        record: record(index),
        chart: CHART,
        commitment: B256::repeat_byte(4),
        contentId: B256::repeat_byte(5),
        wrapId: B256::repeat_byte(6),
        kind: (index % 14) as u8,
        salt: record(index),
        sealedKey: B256::repeat_byte(7),
    }
}

/// A patient's history of sealed records of every kind, and 32 rules of which the last permits.
fn history() -> (Chain, Person) {
    let (mut hospital, mut patient) = (Person::new(1), Person::new(2));
    let reader = Person::new(3);
    let mut chain = Chain::of(&[&hospital]);
    for (person, role) in [(&patient, Role::Patient), (&reader, Role::Physician)] {
        let call = enrolment(person, role);
        succeeds(&mut chain, send(&mut hospital, DIRECTORY, &call));
    }
    let call = IRecords::openChartCall {
        chart: CHART,
        controller: patient.address(),
    };
    succeeds(&mut chain, send(&mut hospital, RECORDS, &call));
    for index in 0..HISTORY_LENGTH {
        let call = registration(index);
        succeeds(&mut chain, send(&mut hospital, RECORDS, &call));
    }
    for index in 0..32 {
        let rule = IAccess::Rule {
            effect: Effect::Permit.code(),
            organisation: if index == 31 { 1 } else { 9 },
            ..IAccess::Rule::default()
        };
        let call = IAccess::setRuleCall {
            chart: CHART,
            index,
            rule,
        };
        succeeds(&mut chain, send(&mut patient, ACCESS, &call));
    }
    (chain, reader)
}

#[test]
fn a_history_of_500_records_is_one_opening_within_the_gas_of_a_transaction() {
    let (mut chain, mut reader) = history();
    let mut call = ISeals::openCall {
        chart: CHART,
        records: (0..HISTORY_LENGTH).map(record).collect(),
        purpose: Purpose::Treatment.code(),
        key: B256::repeat_byte(8),
        request: B256::ZERO,
    };
    let receipt = succeeds(&mut chain, send(&mut reader, SEALS, &call));
    let decided = receipt.envelope.logs().last().expect("it is told");
    let decided = ISeals::OpeningDecided::decode_log(decided).expect("the decision");
    assert_eq!(decided.status, 1);
    assert_eq!(decided.seals.len(), usize::from(HISTORY_LENGTH));
    let gas = receipt.gas_used;
    assert!(gas < HISTORY_GAS, "{gas} gas for the history");

    call.records.truncate(1);
    let one = succeeds(&mut chain, send(&mut reader, SEALS, &call)).gas_used;
    println!("opening 500 records: {gas} gas; opening 1 record: {one} gas");
    assert!(one < 500_000, "{one} gas for one record");
}
