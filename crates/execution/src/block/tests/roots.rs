//! Receipts, roots, bloom and header.

use crate::evm::probe::{self, Step, script};
use crate::testing::{Chain, Counter, Person, environment};
use alloy_consensus::proofs::{calculate_receipt_root, calculate_transaction_root};
use alloy_consensus::{Eip658Value, TxReceipt};
use alloy_primitives::{B256, Bloom, BloomInput, TxKind, keccak256};
use alloy_sol_types::SolCall;
use alloy_trie::EMPTY_ROOT_HASH;

#[test]
fn empty_block_has_empty_roots() {
    let outcome = Chain::of(&[&Person::new(1)]).begin().finish();
    assert_eq!(
        (outcome.receipts_root, outcome.transactions_root),
        (EMPTY_ROOT_HASH, EMPTY_ROOT_HASH)
    );
    assert_eq!((outcome.gas_used, outcome.logs_bloom), (0, Bloom::ZERO));
    assert_eq!(outcome.changes.len(), 1, "the parent's hash");
}

#[test]
fn outcome_has_cumulative_gas_bloom_and_roots() {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let counter = chain.deploy(&mut person, "Counter");
    let transactions = [
        person.send(
            TxKind::Call(counter),
            Counter::incrementCall {}.abi_encode(),
        ),
        person.send(
            TxKind::Call(counter),
            Counter::writeThenRevertCall {}.abi_encode(),
        ),
        person.send(TxKind::Call(probe::ADDRESS), script(&[Step::Emit(9)])),
    ];
    let outcome = chain.block(&transactions);
    let mut sum = 0;
    for receipt in &outcome.receipts {
        sum += receipt.gas_used;
        assert_eq!(receipt.envelope.cumulative_gas_used(), sum);
    }
    assert_eq!(outcome.gas_used, sum);
    let statuses: Vec<_> = outcome
        .receipts
        .iter()
        .map(|receipt| receipt.envelope.status_or_post_state())
        .collect();
    assert_eq!(statuses, [true, false, true].map(Eip658Value::Eip658));
    for raw in [
        counter.as_slice(),
        probe::ADDRESS.as_slice(),
        B256::with_last_byte(9).as_slice(),
    ] {
        assert!(outcome.logs_bloom.contains_input(BloomInput::Raw(raw)));
    }
    let envelopes: Vec<_> = transactions
        .iter()
        .map(|transaction| transaction.envelope.clone())
        .collect();
    assert_eq!(
        outcome.transactions_root,
        calculate_transaction_root(&envelopes)
    );
    let receipts: Vec<_> = outcome
        .receipts
        .iter()
        .map(|receipt| receipt.envelope.clone())
        .collect();
    assert_eq!(outcome.receipts_root, calculate_receipt_root(&receipts));
}

#[test]
fn header_is_read_by_evidence_and_hashes_alike() {
    let mut person = Person::new(1);
    let mut chain = Chain::of(&[&person]);
    let outcome =
        chain.block(&[person.send(TxKind::Call(probe::ADDRESS), script(&[Step::Emit(9)]))]);
    let block = environment(chain.height);
    let (section, root) = (keccak256("section"), keccak256("root"));
    let header = crate::seal(&chain.spec, &block, &outcome, section, root);
    let read = theriac_evidence::header::Header::decode(&alloy_rlp::encode(&header)).unwrap();
    assert_eq!(read.hash, header.hash_slow());
    assert_eq!(
        (read.parent_hash, read.number, read.timestamp),
        (block.parent_hash, block.number, block.time_ms / 1000)
    );
    assert_eq!(
        (read.section_hash, read.state_root, read.mix_hash),
        (section, root, block.prevrandao)
    );
    assert_eq!(
        (read.transactions_root, read.receipts_root),
        (outcome.transactions_root, outcome.receipts_root)
    );
}
