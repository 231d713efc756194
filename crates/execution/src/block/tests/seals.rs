//! What a long history costs to open, and to amend: within the cap of a transaction, whatever limits the members vote for.

use crate::testing::{Chain, Person};
use crate::transaction::Transaction;
use alloy_primitives::{Address, B256, TxKind, hex};
use alloy_sol_types::{SolCall, SolEvent};
use theriac_contracts::addresses::{ACCESS, DIRECTORY, MEMBERS, RECORDS, SEALS};
use theriac_contracts::codes::{Effect, Purpose, Role};
use theriac_contracts::interfaces::{IAccess, IDirectory, IMembers, IRecords, ISeals};

const CHART: B256 = B256::repeat_byte(0xc1);
/// Records of the history.
const HISTORY_LENGTH: u16 = 500;
/// Most gas that opening the history may use: a sixth of what one transaction may.
const HISTORY_GAS: u64 = 10_000_000;
/// Most that the members may vote for.
const MOST_CALL_GAS: u64 = 2_000_000;
const MOST_RULES: u32 = 512;
/// Deploys a rule that admits when it has used all but 2 KiB of its gas.
const BURNER: [u8; 24] =
    hex!("6f 5b 5a 61 0800 10 5f 57 60 01 5f 52 60 20 5f f3 5f 52 60 10 60 10 f3");

fn send(person: &mut Person, contract: Address, call: &impl SolCall) -> Transaction {
    send_with_gas(person, contract, (call, 60_000_000))
}

fn send_with_gas(
    person: &mut Person,
    contract: Address,
    (call, gas_limit): (&impl SolCall, u64),
) -> Transaction {
    person.send_with(TxKind::Call(contract), call.abi_encode(), |transaction| {
        transaction.gas_limit = gas_limit;
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

struct History {
    chain: Chain,
    hospital: Person,
    patient: Person,
    reader: Person,
}

/// A patient's history of so many sealed records of every kind, and 32 rules of which the last permits.
fn history(records: u16) -> History {
    let (mut hospital, patient, reader) = (Person::new(1), Person::new(2), Person::new(3));
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
    for index in 0..records {
        let call = registration(index);
        succeeds(&mut chain, send(&mut hospital, RECORDS, &call));
    }
    let mut history = History {
        chain,
        hospital,
        patient,
        reader,
    };
    for index in 0..32 {
        set_rule(&mut history, index, if index == 31 { 1 } else { 9 });
    }
    history
}

/// A rule that permits an organisation everything.
fn set_rule(history: &mut History, index: u32, organisation: u32) {
    let rule = IAccess::Rule {
        effect: Effect::Permit.code(),
        organisation,
        ..IAccess::Rule::default()
    };
    let call = IAccess::setRuleCall {
        chart: CHART,
        index,
        rule,
    };
    let transaction = send(&mut history.patient, ACCESS, &call);
    succeeds(&mut history.chain, transaction);
}

fn opening_of(records: u16) -> ISeals::openCall {
    ISeals::openCall {
        chart: CHART,
        records: (0..records).map(record).collect(),
        purpose: Purpose::Treatment.code(),
        key: B256::repeat_byte(8),
        request: B256::ZERO,
    }
}

/// The one validator votes for the highest limits there are.
fn vote_the_most(history: &mut History) {
    let now = history
        .chain
        .call(MEMBERS, IMembers::parametersCall {}.abi_encode());
    let now = IMembers::parametersCall::abi_decode_returns(&now.output).expect("the parameters");
    let parameters = IMembers::Parameters {
        ruleGas: MOST_CALL_GAS,
        signatureGas: MOST_CALL_GAS,
        rulesPerChart: MOST_RULES,
        ..now
    };
    let propose = IMembers::proposeParametersCall { parameters };
    let vote = IMembers::voteCall {
        proposal: 0,
        support: true,
    };
    let (proposed, voted) = (
        send(&mut history.hospital, MEMBERS, &propose),
        send(&mut history.hospital, MEMBERS, &vote),
    );
    succeeds(&mut history.chain, proposed);
    succeeds(&mut history.chain, voted);
}

/// A contract of its own for each kind, which admits at the price of all its gas.
fn point_every_kind_at_a_burner(history: &mut History) {
    for kind in 0..14 {
        let create = history.patient.send(TxKind::Create, BURNER);
        let deployed = succeeds(&mut history.chain, create).contract_address;
        let call = ISeals::pointRuleCall {
            chart: CHART,
            kinds: 1 << kind,
            rule: deployed.expect("a contract"),
        };
        let pointed = send(&mut history.patient, SEALS, &call);
        succeeds(&mut history.chain, pointed);
    }
}

#[test]
fn a_history_of_500_records_is_one_opening_within_the_gas_of_a_transaction() {
    let History {
        mut chain,
        mut reader,
        ..
    } = history(HISTORY_LENGTH);
    let mut call = opening_of(HISTORY_LENGTH);
    let before = (chain.clone(), reader.clone());
    let receipt = succeeds(&mut chain, send(&mut reader, SEALS, &call));
    let decided = receipt.envelope.logs().last().expect("it is told");
    let decided = ISeals::OpeningDecided::decode_log(decided).expect("the decision");
    assert_eq!(decided.status, 1);
    assert_eq!(decided.seals.len(), usize::from(HISTORY_LENGTH));
    let gas = receipt.gas_used;
    assert!(gas < HISTORY_GAS, "{gas} gas for the history");
    let (earlier, mut same_reader) = before;
    opens_with_the_gas_it_used(earlier, &mut same_reader, (HISTORY_LENGTH, gas));

    call.records.truncate(1);
    let one = succeeds(&mut chain, send(&mut reader, SEALS, &call)).gas_used;
    println!("opening 500 records: {gas} gas; opening 1 record: {one} gas");
    assert!(one < 500_000, "{one} gas for one record");
}

#[test]
fn the_largest_opening_fits_into_a_transaction_under_the_highest_limits_that_can_be_voted() {
    let mut history = history(512);
    vote_the_most(&mut history);
    for index in 32..MOST_RULES {
        set_rule(&mut history, index, 9);
    }
    point_every_kind_at_a_burner(&mut history);
    let (chain, mut reader) = (history.chain.clone(), history.reader.clone());
    let transaction = send(&mut history.reader, SEALS, &opening_of(512));
    let receipt = succeeds(&mut history.chain, transaction);
    opens_with_the_gas_it_used(chain, &mut reader, (512, receipt.gas_used));
    let decided = receipt.envelope.logs().last().expect("it is told");
    let decided = ISeals::OpeningDecided::decode_log(decided).expect("the decision");
    assert_eq!(decided.status, 1);
    let gas = receipt.gas_used;
    println!("opening 512 records by 14 rules of 2,000,000 gas: {gas} gas");
    assert!(gas > 14 * (MOST_CALL_GAS - 10_000), "the rules used {gas}");
}

/// Clients give what was estimated and a quarter more, and what a transaction may miss before it is refused hangs on that.
fn opens_with_the_gas_it_used(mut chain: Chain, reader: &mut Person, (records, gas): (u16, u64)) {
    let limit = gas + gas / 4;
    let transaction = send_with_gas(reader, SEALS, (&opening_of(records), limit));
    succeeds(&mut chain, transaction);
}

/// Two slots more than the six of the record and the two of the seal.
#[test]
fn a_new_version_costs_less_than_a_registration_however_many_there_are() {
    let mut history = history(1);
    let registered = send(&mut history.hospital, RECORDS, &registration(1));
    let registered = succeeds(&mut history.chain, registered).gas_used;
    for version in 2..=5_u8 {
        let call = IRecords::amendSealedCall {
            record: record(0),
            commitment: B256::repeat_byte(version),
            contentId: B256::repeat_byte(version),
            wrapId: B256::repeat_byte(version),
            salt: B256::repeat_byte(version),
            sealedKey: B256::repeat_byte(version),
        };
        let transaction = send(&mut history.hospital, RECORDS, &call);
        let gas = succeeds(&mut history.chain, transaction).gas_used;
        println!("version {version}: {gas} gas; a registration: {registered} gas");
        assert!(gas < registered, "{gas} gas for version {version}");
    }
}
