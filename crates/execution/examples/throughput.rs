//! Microseconds for each registration of a record: admission, execution and the end of the block, on one core.
//!
//! `cargo run -p theriac-execution --example throughput -- 5000`

use alloy_consensus::crypto::secp256k1::{recover_signer, sign_message};
use alloy_consensus::{SignableTransaction, TxEip1559, TxEnvelope};
use alloy_eips::Encodable2718;
use alloy_primitives::{Address, B256, Bytes, keccak256};
use alloy_sol_types::SolCall;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use theriac_contracts::addresses::{DIRECTORY, RECORDS};
use theriac_contracts::codes::{OrganisationKind, Role};
use theriac_contracts::interfaces::{IDirectory, IRecords};
use theriac_contracts::{GenesisMembers, GenesisOrganisation, GenesisValidator, Parameters};
use theriac_evidence::state::StateKey;
use theriac_execution::{
    BlockEnvironment, ChainSpec, ExecuteError, Executor, Outcome, Transaction, admit,
    genesis_changes,
};

const SPEC: ChainSpec = ChainSpec::new(0x7e41ac);
const BLOCK: usize = 500;
const CHART: B256 = B256::repeat_byte(0xc1);

type State = HashMap<StateKey, Bytes>;

struct Person {
    key: B256,
    nonce: u64,
}

impl Person {
    fn address(&self) -> Address {
        let signature = sign_message(self.key, B256::ZERO).expect("a valid key signs");
        recover_signer(&signature, B256::ZERO).expect("the signature is good")
    }

    fn sign(&mut self, to: Address, call: impl SolCall) -> Bytes {
        let transaction = TxEip1559 {
            chain_id: SPEC.chain_id,
            nonce: self.nonce,
            gas_limit: 400_000,
            to: to.into(),
            input: call.abi_encode().into(),
            ..TxEip1559::default()
        };
        self.nonce += 1;
        let signature =
            sign_message(self.key, transaction.signature_hash()).expect("a valid key signs");
        TxEnvelope::from(transaction.into_signed(signature))
            .encoded_2718()
            .into()
    }
}

fn environment(number: u64) -> BlockEnvironment {
    let prevrandao = keccak256(number.to_be_bytes());
    BlockEnvironment {
        number,
        time_ms: 1_800_000_000_000 + number,
        prevrandao,
        parent_hash: prevrandao,
    }
}

fn apply(state: &mut State, outcome: Outcome) {
    for (key, value) in outcome.changes {
        match value {
            Some(value) => state.insert(key, value.into()),
            None => state.remove(&key),
        };
    }
}

/// Executes `transactions`, and counts the rounds of loading and the keys loaded.
fn execute(
    state: &State,
    number: u64,
    transactions: &[Transaction],
    counts: &mut [usize; 2],
) -> Executor {
    let mut executor = Executor::begin(SPEC, environment(number));
    for transaction in transactions {
        loop {
            match executor.execute(transaction) {
                Ok(()) => break,
                Err(ExecuteError::Missing(keys)) => {
                    counts[0] += 1;
                    counts[1] += keys.len();
                    for key in keys {
                        executor.insert(key, state.get(&key).cloned());
                    }
                }
                Err(error) => panic!("{error}"),
            }
        }
    }
    executor
}

fn set_up(hospital: &mut Person, doctor: &mut Person) -> State {
    let organisation = GenesisOrganisation {
        name: "Hospital".into(),
        kind: OrganisationKind::Hospital,
        admin: hospital.address(),
        gas_per_block: SPEC.block_gas_limit,
    };
    let validator = GenesisValidator {
        identity: B256::repeat_byte(1),
        organisation: 1,
        location: String::new(),
    };
    let members = GenesisMembers {
        organisations: vec![organisation],
        validators: vec![validator],
        validators_max: 64,
        parameters: Parameters::default(),
    };
    let mut state = State::new();
    let mut executor = Executor::begin(SPEC, environment(1));
    executor.write(genesis_changes(&members));
    apply(&mut state, executor.finish());
    let person = doctor.address();
    let (name, licence) = (B256::repeat_byte(2), B256::repeat_byte(3));
    let enrol = IDirectory::enrolCall {
        person,
        role: Role::Physician.code(),
        expiry: 0,
        nameCommitment: name,
        licenceCommitment: licence,
    };
    let open = IRecords::openChartCall {
        chart: CHART,
        controller: person,
    };
    let raws = [hospital.sign(DIRECTORY, enrol), doctor.sign(RECORDS, open)];
    let transactions = raws.map(|raw| admit(&SPEC, raw).expect("the transaction is good"));
    let outcome = execute(&state, 2, &transactions, &mut [0; 2]).finish();
    assert!(
        outcome
            .receipts
            .iter()
            .all(|receipt| receipt.envelope.status())
    );
    apply(&mut state, outcome);
    state
}

fn register(index: u64) -> IRecords::registerCall {
    let word = |kind: u8| keccak256([&[kind], index.to_be_bytes().as_slice()].concat());
    IRecords::registerCall {
        record: word(0),
        chart: CHART,
        commitment: word(1),
        contentId: word(2),
        wrapId: word(3),
        kind: 1,
        protection: 1,
    }
}

fn main() {
    let count = std::env::args().nth(1).map_or(5_000, |count| {
        count.parse().expect("a number of transactions")
    });
    let [mut hospital, mut doctor] = [1, 2].map(|seed| Person {
        key: B256::repeat_byte(seed),
        nonce: 0,
    });
    let mut state = set_up(&mut hospital, &mut doctor);
    let raws: Vec<Bytes> = (0..count)
        .map(|index| doctor.sign(RECORDS, register(index)))
        .collect();
    let bytes: usize = raws.iter().map(|raw| raw.len()).sum();

    let started = Instant::now();
    let transactions: Vec<_> = raws
        .into_iter()
        .map(|raw| admit(&SPEC, raw).expect("the transaction is good"))
        .collect();
    let admission = started.elapsed();

    let (mut execution, mut ending, mut gas, mut changes) = (Duration::ZERO, Duration::ZERO, 0, 0);
    let mut counts = [0; 2];
    for (number, block) in transactions.chunks(BLOCK).enumerate() {
        let started = Instant::now();
        let executor = execute(&state, 3 + number as u64, block, &mut counts);
        execution += started.elapsed();
        let started = Instant::now();
        let outcome = executor.finish();
        ending += started.elapsed();
        assert!(
            outcome
                .receipts
                .iter()
                .all(|receipt| receipt.envelope.status()),
            "every record is registered"
        );
        gas += outcome.gas_used;
        changes += outcome.changes.len();
        apply(&mut state, outcome);
    }
    let each = |time: Duration| time.as_secs_f64() * 1e6 / count as f64;
    println!(
        "{count} registrations of {} bytes and {} gas, {BLOCK} in a block",
        bytes as u64 / count,
        gas / count
    );
    println!("admission  {:8.1} us", each(admission));
    println!("execution  {:8.1} us", each(execution));
    println!(
        "end        {:8.1} us (changes, receipts, roots)",
        each(ending)
    );
    println!(
        "rounds     {:8.2}, keys loaded {:.2}, keys changed {:.2}",
        counts[0] as f64 / count as f64,
        counts[1] as f64 / count as f64,
        changes as f64 / count as f64
    );
}
