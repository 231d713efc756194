//! Clients: they send enrolments and changes of the committee, each to two members, and again to one that restarted.

use crate::{
    accounts::enrolment,
    chain::Founding,
    change::{Scheduled, calls},
};
use alloy_primitives::{Address, B256, Bytes, keccak256};
use commonware_cryptography::Signer as _;
use commonware_runtime::Clock;
use std::time::{Duration, SystemTime};
use theriac_consensus::mempool::Mempool;
use theriac_contracts::addresses::{DIRECTORY, MEMBERS};
use theriac_execution::{ChainSpec, admit};

/// Enrolments that clients send.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// How many.
    pub count: u64,
    /// Time between two of them.
    pub every: Duration,
}

/// The transactions of a simulation in the order of their nonces, each with the time when it is due.
#[derive(Debug)]
pub(crate) struct Clients {
    spec: ChainSpec,
    transactions: Vec<(Duration, Bytes)>,
}

impl Clients {
    /// Enrolments, and `changes` in order of time.
    pub(crate) fn new(founding: &Founding, load: Load, changes: &[Scheduled]) -> Self {
        let spec = founding.chain.spec;
        let due = |number: u64| load.every * u32::try_from(number).expect("a load is small");
        let mut due_calls: Vec<(Duration, Address, Bytes)> = (0..load.count)
            .map(|number| (due(number), DIRECTORY, enrolment(number)))
            .collect();
        let keys: Vec<_> = founding
            .identities
            .iter()
            .map(|identity| identity.public_key())
            .collect();
        for (number, scheduled) in (0..).zip(changes) {
            let calls = calls(number, scheduled.change, &keys);
            due_calls.extend(calls.map(|call| (scheduled.at, MEMBERS, call)));
        }
        due_calls.sort_by_key(|(at, ..)| *at);
        let transactions = (0..).zip(due_calls).map(|(nonce, (at, to, input))| {
            let raw = founding.admin.call(spec.chain_id, nonce, to, input);
            (at, raw)
        });
        Self {
            transactions: transactions.collect(),
            spec,
        }
    }

    pub(crate) fn hashes(&self) -> Vec<B256> {
        let hash = |(_, raw): &(Duration, Bytes)| keccak256(raw);
        self.transactions.iter().map(hash).collect()
    }

    /// Sends to member `index` of `members` what its clients have for it, each when it is due.
    pub(crate) async fn send(
        &self,
        clock: impl Clock,
        (index, members): (usize, usize),
        mempool: Mempool,
    ) {
        for (number, (at, raw)) in self.transactions.iter().enumerate() {
            if number % members != index && (number + 1) % members != index {
                continue;
            }
            clock.sleep_until(SystemTime::UNIX_EPOCH + *at).await;
            let transaction = admit(&self.spec, raw.clone()).expect("the load is valid");
            // A refusal says that another member passed it on already.
            let _ = mempool.submit(transaction);
        }
    }
}
