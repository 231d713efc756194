//! Blocks executed in this process and on one thread, over state in a map.

use alloy_primitives::{B256, Bytes};
use anyhow::Context as _;
use std::{
    collections::HashMap,
    time::{Duration, Instant},
};
use theriac_consensus::Chain;
use theriac_evidence::state::StateKey;
use theriac_execution::{
    BlockEnvironment, ExecuteError, Executor, Outcome, Transaction, admit, genesis_changes,
};
use theriac_sdk::account::SignedTransaction;

/// Blocks over state in a map.
pub(super) struct Replay<'a> {
    chain: &'a Chain,
    state: HashMap<StateKey, Bytes>,
    height: u64,
}

/// Keys and bytes of the state that something takes. A key has 32 bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    pub(super) keys: f64,
    pub(super) bytes: f64,
}

impl Taken {
    /// What each of so many takes.
    pub(super) fn each(self, count: usize) -> Self {
        Self {
            keys: self.keys / count as f64,
            bytes: self.bytes / count as f64,
        }
    }
}

impl<'a> Replay<'a> {
    /// The members and rules of `chain`, founded.
    pub(super) fn new(chain: &'a Chain) -> Self {
        let mut replay = Self {
            chain,
            state: HashMap::new(),
            height: 0,
        };
        let mut executor = replay.begin();
        executor.write(genesis_changes(&chain.members));
        replay.apply(executor.finish());
        replay
    }

    /// How many keys the state has, and the bytes of keys and values.
    pub(super) fn size(&self) -> (usize, usize) {
        let bytes = |(key, value): (&StateKey, &Bytes)| key.0.len() + value.len();
        (self.state.len(), self.state.iter().map(bytes).sum())
    }

    fn begin(&self) -> Executor {
        let number = self.height + 1;
        let time_ms = self.chain.genesis_time_ms + number * 1_000;
        let (prevrandao, parent_hash) = (B256::ZERO, B256::ZERO);
        let environment = BlockEnvironment {
            number,
            time_ms,
            prevrandao,
            parent_hash,
        };
        Executor::begin(self.chain.spec, environment)
    }

    /// Admits what members would admit, with the time that takes.
    ///
    /// # Errors
    /// Where a transaction is not admitted.
    pub(super) fn admit(
        &self,
        signed: &[SignedTransaction],
    ) -> anyhow::Result<(Duration, Vec<Transaction>)> {
        let begun = Instant::now();
        let admitted: Result<Vec<_>, _> = signed
            .iter()
            .map(|one| admit(&self.chain.spec, one.raw.clone()))
            .collect();
        let elapsed = begun.elapsed();
        Ok((
            elapsed,
            admitted.context("a transaction of the bench is not admitted")?,
        ))
    }

    /// Executes a block and takes up its changes; only the execution is timed.
    ///
    /// # Errors
    /// Where a transaction reverts.
    pub(super) fn execute(&mut self, transactions: &[Transaction]) -> anyhow::Result<Duration> {
        let mut executor = self.begin();
        let begun = Instant::now();
        for transaction in transactions {
            while let Err(error) = executor.execute(transaction) {
                let ExecuteError::Missing(keys) = error else {
                    return Err(error.into());
                };
                for key in keys {
                    executor.insert(key, self.state.get(&key).cloned());
                }
            }
        }
        let outcome = executor.finish();
        let elapsed = begun.elapsed();
        let succeeded = outcome
            .receipts
            .iter()
            .all(|receipt| receipt.envelope.status());
        anyhow::ensure!(succeeded, "a transaction of the bench reverts");
        self.apply(outcome);
        Ok(elapsed)
    }

    /// Executes entries, a block each; what they add to the state.
    ///
    /// # Errors
    /// As [`Replay::admit`] and [`Replay::execute`].
    pub(super) fn taken(&mut self, entries: &[SignedTransaction]) -> anyhow::Result<Taken> {
        let before = self.size();
        let (_, transactions) = self.admit(entries)?;
        for transaction in transactions {
            self.execute(&[transaction])?;
        }
        let after = self.size();
        Ok(Taken {
            keys: (after.0 - before.0) as f64,
            bytes: (after.1 - before.1) as f64,
        })
    }

    fn apply(&mut self, outcome: Outcome) {
        for (key, value) in outcome.changes {
            match value {
                Some(value) => self.state.insert(key, value.into()),
                None => self.state.remove(&key),
            };
        }
        self.height += 1;
    }
}
