//! Clients: they send enrolments, each to two members, and again to a member that restarted.

use crate::{accounts::enrolments, chain::Founding};
use alloy_primitives::{B256, Bytes, keccak256};
use commonware_runtime::Clock;
use std::time::{Duration, SystemTime};
use theriac_consensus::mempool::Mempool;
use theriac_execution::{ChainSpec, admit};

/// Enrolments that clients send.
#[derive(Debug, Clone, Copy)]
pub struct Load {
    /// How many.
    pub count: u64,
    /// Time between two of them.
    pub every: Duration,
}

/// The transactions of a load in the order of their nonces.
#[derive(Debug)]
pub(crate) struct Clients {
    spec: ChainSpec,
    transactions: Vec<Bytes>,
    every: Duration,
}

impl Clients {
    pub(crate) fn new(founding: &Founding, load: Load) -> Self {
        let spec = founding.chain.spec;
        Self {
            transactions: enrolments(&founding.admin, spec.chain_id, load.count),
            spec,
            every: load.every,
        }
    }

    pub(crate) fn hashes(&self) -> Vec<B256> {
        self.transactions.iter().map(keccak256).collect()
    }

    /// Sends to member `index` of `members` what its clients have for it, each when it is due.
    pub(crate) async fn send(
        &self,
        clock: impl Clock,
        (index, members): (usize, usize),
        mempool: Mempool,
    ) {
        for (number, raw) in self.transactions.iter().enumerate() {
            if number % members != index && (number + 1) % members != index {
                continue;
            }
            let nth = u32::try_from(number).expect("a load is small");
            clock
                .sleep_until(SystemTime::UNIX_EPOCH + self.every * nth)
                .await;
            let transaction = admit(&self.spec, raw.clone()).expect("the load is valid");
            // A refusal says that another member passed it on already.
            let _ = mempool.submit(transaction);
        }
    }
}
