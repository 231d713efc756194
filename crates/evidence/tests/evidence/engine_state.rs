//! Our verifier of state against the engine's, over real databases.

use crate::engine::{
    convert::{engine_verdict, state_key},
    database::{self, Database, Digest, Value},
    vectors,
};
use alloy_primitives::B256;
use commonware_runtime::{Runner as _, Supervisor as _, deterministic};
use std::collections::BTreeMap;
use theriac_evidence::{
    digest::sha256,
    proof::{ProofFailure, StateProof},
    state::StateKey,
};

/// A small deterministic source of choices.
struct Choices(u64);

impl Choices {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }
}

/// Key number `number`: some share their first eight bytes, which the engine's index keeps.
fn key(number: u64) -> Digest {
    let mut bytes = sha256(&[&(number / 3).to_be_bytes()]).0;
    bytes[8] ^= (number % 3) as u8;
    Digest::from(bytes)
}

fn value(choices: &mut Choices) -> Value {
    let length = match choices.below(40) {
        0 => 20_000,
        1 => 0,
        2 => 127 + choices.below(3),
        _ => 1 + choices.below(32),
    };
    (0..length).map(|_| choices.next() as u8).collect()
}

type Model = BTreeMap<Digest, Value>;

fn some_changes(choices: &mut Choices, model: &mut Model) -> Vec<(Digest, Option<Value>)> {
    let count = 1 + choices.below(120);
    let changes: BTreeMap<_, _> = (0..count)
        .map(|_| {
            let change = (choices.below(4) > 0).then(|| value(choices));
            (key(choices.below(600)), change)
        })
        .collect();
    for (key, change) in &changes {
        match change {
            Some(value) => model.insert(*key, value.clone()),
            None => model.remove(key),
        };
    }
    changes.into_iter().collect()
}

/// Proves `key`, compares with model and engine, and returns the proof.
async fn check(database: &Database, model: &Model, key: Digest) -> StateProof {
    let root = database::root(database);
    let at = state_key(&key);
    let proof = database::prove(database, &at).await;
    let decoded = StateProof::decode(&proof.encode()).expect("our own encoding");
    assert_eq!(decoded, proof);
    let expected = model.get(&key);
    assert_eq!(proof.verify(&at, &root), Ok(expected.map(Vec::as_slice)));
    assert_eq!(engine_verdict(&proof, &at, &root), Some(expected.cloned()));
    proof
}

/// What both verifiers say must be the same.
fn assert_agreement(proof: &StateProof, key: &StateKey, root: &B256) -> bool {
    let ours = proof
        .verify(key, root)
        .ok()
        .map(|value| value.map(<[u8]>::to_vec));
    assert_eq!(ours, engine_verdict(proof, key, root), "{proof:?}");
    ours.is_some()
}

/// Shapes of proofs that a run has met.
#[derive(Debug, Default)]
struct Coverage {
    whole_chunk: usize,
    last_chunk: usize,
    full_chunks_only: usize,
    inactive_peaks: usize,
    several_peaks_after: usize,
}

impl Coverage {
    fn note(&mut self, proof: &StateProof) {
        let operation = proof.operation();
        let whole = operation.location / 256 < operation.leaves / 256;
        self.whole_chunk += usize::from(whole);
        self.last_chunk += usize::from(!whole);
        self.full_chunks_only += usize::from(operation.partial_chunk.is_none());
        self.inactive_peaks += usize::from(operation.inactive_peaks > 0);
        self.several_peaks_after += usize::from(whole && operation.leaves.count_ones() > 3);
    }

    fn is_complete(&self) -> bool {
        let Self {
            whole_chunk,
            last_chunk,
            full_chunks_only,
            inactive_peaks,
            several_peaks_after,
        } = *self;
        let rarest = whole_chunk
            .min(last_chunk)
            .min(inactive_peaks)
            .min(several_peaks_after);
        rarest > 50 && full_chunks_only > 0
    }
}

fn run_random_batches(seed: u64, batches: u64, coverage: &mut Coverage) {
    deterministic::Runner::seeded(seed).start(|context| async move {
        let mut choices = Choices(seed);
        let mut model = Model::new();
        let mut database = database::open(context.child("state")).await;
        for batch in 0..batches {
            let changes = some_changes(&mut choices, &mut model);
            let metadata = (batch % 3 == 0).then(|| vec![batch as u8; 3]);
            database = database::write(database, changes, metadata).await;
            if batch % 5 == 4 {
                let boundary = database.sync_boundary();
                database = database
                    .prune(boundary)
                    .await
                    .expect("the boundary is safe");
            }
            for _ in 0..25 {
                let proof = check(&database, &model, key(choices.below(700))).await;
                cross_check(&mut choices, &database, &proof);
                coverage.note(&proof);
            }
        }
        assert!(model.len() > 200);
    });
}

/// The proof of one key says about others only what the engine agrees to, and nothing under another root.
fn cross_check(choices: &mut Choices, database: &Database, proof: &StateProof) {
    let root = database::root(database);
    let other = state_key(&key(choices.below(700)));
    assert_agreement(proof, &other, &root);
    let wrong_root = sha256(&[root.as_slice()]);
    assert!(!assert_agreement(proof, &other, &wrong_root));
}

#[test]
fn proofs_of_random_databases_are_judged_as_the_engine_judges_them() {
    let mut coverage = Coverage::default();
    for seed in 1..=8 {
        run_random_batches(seed, 50, &mut coverage);
    }
    assert!(coverage.is_complete(), "{coverage:?}");
}

#[test]
fn each_size_of_the_log_around_chunks_and_peaks_is_proved() {
    deterministic::Runner::seeded(9).start(|context| async move {
        let mut choices = Choices(9);
        let mut model = Model::new();
        let mut database = database::open(context.child("state")).await;
        for round in 0..560_u64 {
            let at = key(round % 90);
            let change = (round % 7 != 3).then(|| value(&mut choices));
            match &change {
                Some(value) => model.insert(at, value.clone()),
                None => model.remove(&at),
            };
            database = database::write(database, [(at, change)], None).await;
            for number in [round % 90, choices.below(90), 90 + choices.below(10)] {
                check(&database, &model, key(number)).await;
            }
        }
    });
}

#[test]
fn empty_database_proves_that_every_key_is_absent() {
    deterministic::Runner::seeded(3).start(|context| async move {
        let mut database = database::open(context.child("state")).await;
        let nothing = Model::new();
        for metadata in [None, Some(vec![]), Some(vec![7; 200])] {
            let proof = check(&database, &nothing, key(1)).await;
            assert!(matches!(proof, StateProof::Empty { .. }));
            database = database::write(database, [(key(1), Some(vec![1]))], None).await;
            let proof = check(&database, &Model::from([(key(1), vec![1])]), key(2)).await;
            assert!(matches!(proof, StateProof::Between { .. }));
            database = database::write(database, [(key(1), None)], metadata).await;
        }
        check(&database, &nothing, key(1)).await;
    });
}

/// Proofs of each kind, of operations in a whole and in the last chunk.
async fn samples(context: deterministic::Context) -> (B256, Vec<(StateKey, StateProof)>) {
    let mut database = database::open(context).await;
    for batch in 0..24_u64 {
        let changes = (0..120).map(|number| {
            let number = (batch * 131 + number) % 600;
            (key(number), Some(vec![batch as u8 + 1, number as u8]))
        });
        database = database::write(database, changes.collect::<Vec<_>>(), None).await;
    }
    let root = database::root(&database);
    let mut proofs = Vec::new();
    for number in (0..600).step_by(45).chain(600..606) {
        let at = state_key(&key(number));
        proofs.push((at, database::prove(&database, &at).await));
    }
    (root, proofs)
}

#[test]
fn proof_with_any_bit_changed_is_refused() {
    deterministic::Runner::seeded(5).start(|context| async move {
        let (root, proofs) = samples(context.child("state")).await;
        let in_last_chunk = |proof: &StateProof| {
            let operation = proof.operation();
            operation.location / 256 == operation.leaves / 256
        };
        assert!(proofs.iter().any(|(_, proof)| in_last_chunk(proof)));
        assert!(proofs.iter().any(|(_, proof)| !in_last_chunk(proof)));
        assert!(
            proofs
                .iter()
                .any(|(_, proof)| proof.operation().inactive_peaks > 0)
        );
        for (at, proof) in &proofs {
            let bytes = proof.encode();
            assert!(proof.verify(at, &root).is_ok());
            for bit in 0..bytes.len() * 8 {
                let mut other = bytes.clone();
                other[bit / 8] ^= 1 << (bit % 8);
                let verdict = StateProof::decode(&other).map(|other| {
                    other
                        .verify(at, &root)
                        .map(|value| value.map(<[u8]>::to_vec))
                });
                assert!(!matches!(verdict, Ok(Ok(_))), "bit {bit} of {proof:?}");
            }
        }
    });
}

#[test]
fn proof_with_any_field_changed_is_judged_as_the_engine_judges_it() {
    deterministic::Runner::seeded(5).start(|context| async move {
        let (root, proofs) = samples(context.child("state")).await;
        for (at, proof) in &proofs {
            for (name, other) in altered(proof) {
                assert!(
                    !assert_agreement(&other, at, &root),
                    "{name} was not noticed"
                );
            }
        }
    });
}

/// One variant for each class of change.
fn altered(proof: &StateProof) -> Vec<(&'static str, StateProof)> {
    type Change = fn(&mut theriac_evidence::proof::OperationProof);
    let changes: [(&str, Change); 15] = [
        ("next location", |it| it.location += 1),
        ("location in the next chunk", |it| it.location += 256),
        ("location beyond the log", |it| it.location = it.leaves),
        ("inactive bit", |it| it.chunk = [0; 32]),
        ("another bit", |it| {
            it.chunk[it.location as usize % 256 / 8] = 0xff
        }),
        ("more operations", |it| it.leaves += 1),
        ("fewer operations", |it| it.leaves -= 1),
        ("more inactive peaks", |it| it.inactive_peaks += 1),
        ("all peaks inactive", |it| {
            it.inactive_peaks = u64::from(it.leaves.count_ones())
        }),
        ("too many inactive peaks", |it| it.inactive_peaks = 63),
        ("no hash of the last chunk", |it| it.partial_chunk = None),
        ("another hash of the last chunk", |it| {
            it.partial_chunk = Some(B256::ZERO)
        }),
        ("another root of the log", |it| it.ops_root = B256::ZERO),
        ("missing hash", |it| {
            it.digests.truncate(it.digests.len() - 1)
        }),
        ("further hash", |it| it.digests.push(B256::ZERO)),
    ];
    let mut all: Vec<_> = changes
        .into_iter()
        .map(|(name, change)| {
            let mut other = proof.clone();
            match &mut other {
                StateProof::Present { operation, .. }
                | StateProof::Between { operation, .. }
                | StateProof::Empty { operation, .. } => change(operation),
            }
            (name, other)
        })
        .filter(|(_, other)| other != proof)
        .collect();
    all.extend(altered_operation(proof));
    all
}

fn altered_operation(proof: &StateProof) -> Vec<(&'static str, StateProof)> {
    let operation = proof.operation().clone();
    match proof.clone() {
        StateProof::Present {
            value, next_key, ..
        } => {
            let longer = [value.clone(), vec![0]].concat();
            let empty = StateProof::Empty {
                metadata: None,
                operation: operation.clone(),
            };
            vec![
                (
                    "longer value",
                    StateProof::Present {
                        value: longer,
                        next_key,
                        operation: operation.clone(),
                    },
                ),
                (
                    "another next key",
                    StateProof::Present {
                        value,
                        next_key: StateKey([1; 32]),
                        operation,
                    },
                ),
                ("claim of emptiness", empty),
            ]
        }
        StateProof::Between {
            key,
            value,
            next_key,
            ..
        } => {
            let turned = StateProof::Between {
                key: next_key,
                value,
                next_key: key,
                operation: operation.clone(),
            };
            vec![
                ("turned gap", turned),
                (
                    "claim of emptiness",
                    StateProof::Empty {
                        metadata: None,
                        operation,
                    },
                ),
            ]
        }
        StateProof::Empty { .. } => vec![],
    }
}

#[test]
fn gap_proof_does_not_hide_its_own_neighbours() {
    deterministic::Runner::seeded(5).start(|context| async move {
        let (root, proofs) = samples(context.child("state")).await;
        for (_, proof) in &proofs {
            if let StateProof::Between { key, next_key, .. } = proof {
                for neighbour in [key, next_key] {
                    let failure = proof.verify(neighbour, &root).unwrap_err();
                    assert!(matches!(failure, ProofFailure::OutsideGap { .. }));
                }
            }
        }
    });
}

#[test]
fn pinned_proofs_are_those_of_the_engine() {
    let text = deterministic::Runner::seeded(5).start(|context| async move {
        let mut cases = Vec::new();
        let empty = database::open(context.child("empty")).await;
        let at = state_key(&key(0));
        cases.push(case(
            &database::root(&empty),
            &at,
            &database::prove(&empty, &at).await,
        ));
        drop(empty);
        let (root, proofs) = samples(context.child("state")).await;
        cases.extend(proofs.iter().map(|(at, proof)| case(&root, at, proof)));
        serde_json::to_string_pretty(&cases).expect("plain JSON") + "\n"
    });
    vectors::pin("state_proofs.json", &text);
}

fn case(root: &B256, at: &StateKey, proof: &StateProof) -> serde_json::Value {
    let value = proof.verify(at, root).expect("the engine's own proof");
    serde_json::json!({
        "stateRoot": root.to_string(),
        "key": at.as_b256().to_string(),
        "value": value.map(|value| format!("0x{}", hex::encode(value))),
        "proof": format!("0x{}", hex::encode(proof.encode())),
    })
}
