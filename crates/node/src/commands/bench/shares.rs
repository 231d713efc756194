//! What signature recovery and execution cost by themselves, in this process and on one thread.
//!
//! A node does each once per transaction: it keeps recovered senders by hash, and executes a block once. So the cost, divided by the CPU time
//! that a node spent on a transaction under load, is a share of it.

use super::{author::Author, prepare, replay::Replay};
use alloy_consensus::crypto::secp256k1::recover_signer_unchecked;
use std::{
    hint::black_box,
    time::{Duration, Instant},
};
use theriac_consensus::Chain;
use theriac_contracts::{addresses::RECORDS, codes::Role};
use theriac_execution::Transaction;
use theriac_sdk::account::Account;

const BLOCKS: u64 = 10;
const TRANSACTIONS: u64 = 100;

/// Costs of one transaction, in microseconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Costs {
    /// The sender from the signature, by libsecp256k1.
    pub(super) recovery_us: f64,
    /// All of admission: decoding, hashes, checks and recovery.
    pub(super) admission_us: f64,
    /// Execution of `register` in a block, with receipts and their root.
    pub(super) execution_us: f64,
}

/// Measures on the members and rules of `chain`, with `admin` of one of its organisations.
///
/// # Errors
/// Where a transaction is refused.
pub(super) fn measure(chain: &Chain, admin: Account) -> anyhow::Result<Costs> {
    let mut replay = Replay::new(chain);
    let chain_id = chain.spec.chain_id;
    let (mut admin, mut author) = (Author::new(admin, 0), Author::new(Account::generate(), 0));
    let patient = Account::generate().address();
    let setup = [
        prepare::enrol(&mut admin, chain_id, (patient, Role::Patient)),
        prepare::enrol(
            &mut admin,
            chain_id,
            (author.account.address(), Role::Physician),
        ),
        prepare::open_chart(&mut author, chain_id, patient),
    ];
    let (_, setup) = replay.admit(&setup)?;
    replay.execute(&setup)?;
    let (mut recovery, mut admission, mut execution) = Default::default();
    for _ in 0..BLOCKS {
        let signed: Vec<_> = (0..TRANSACTIONS)
            .map(|_| author.register(chain_id, RECORDS))
            .collect();
        let (elapsed, transactions) = replay.admit(&signed)?;
        admission += elapsed;
        recovery += recover(&transactions)?;
        execution += replay.execute(&transactions)?;
    }
    let each = |total: Duration| total.as_secs_f64() * 1e6 / (BLOCKS * TRANSACTIONS) as f64;
    Ok(Costs {
        recovery_us: each(recovery),
        admission_us: each(admission),
        execution_us: each(execution),
    })
}

fn recover(transactions: &[Transaction]) -> anyhow::Result<Duration> {
    let digests: Vec<_> = transactions
        .iter()
        .map(|transaction| transaction.envelope.signature_hash())
        .collect();
    let begun = Instant::now();
    for (transaction, digest) in transactions.iter().zip(digests) {
        black_box(recover_signer_unchecked(
            transaction.envelope.signature(),
            digest,
        )?);
    }
    Ok(begun.elapsed())
}
