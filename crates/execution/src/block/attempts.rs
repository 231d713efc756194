//! The attempts at one transaction: what they missed, and what they cost.

use crate::evm::Machine;
use crate::state::Missed;
use alloy_primitives::B256;
use theriac_evidence::state::StateKey;

/// Attempts at a transaction may spend this many times its gas limit, and [`FREE_WORK`].
const MAX_REPEATS: u64 = 16;
/// Gas that attempts at any transaction may spend for want of state.
const FREE_WORK: u64 = 4_000_000;

/// The attempts at the transaction that is being executed.
///
/// They are a function of the block so far and nothing else: a key counts as missing until an attempt has missed it,
/// even if it was loaded beforehand. So their cost can be bounded by a rule that all members decide alike; without one,
/// a transaction whose reads depend on each other would be repeated for each of them.
#[derive(Debug, Default)]
pub(super) struct Attempts {
    transaction: Option<B256>,
    waiting: Vec<StateKey>,
    revealed: Vec<StateKey>,
    read: Vec<Missed>,
    work: u64,
}

impl Attempts {
    /// Goes on with the transaction `hash`, or begins with it and gives up the one before.
    pub(super) fn resume(&mut self, machine: &mut Machine, hash: B256) {
        if self.transaction != Some(hash) {
            self.give_up(machine);
            self.transaction = Some(hash);
        }
    }

    /// Makes the keys visible that the last attempt missed; gives back those that are not loaded.
    pub(super) fn reveal(&mut self, machine: &mut Machine) -> Vec<StateKey> {
        let (revealed, waiting) = core::mem::take(&mut self.waiting)
            .into_iter()
            .partition(|key| machine.database_mut().reveal(key));
        self.revealed.extend::<Vec<_>>(revealed);
        self.waiting = waiting;
        self.waiting.clone()
    }

    /// Takes note of an attempt that missed keys.
    pub(super) fn missed(&mut self, machine: &mut Machine, gas_spent: u64) {
        let (keys, read) = machine.take_missing();
        self.waiting = keys;
        self.read.extend(read);
        self.work += gas_spent;
    }

    /// Gas that all attempts but the last spent.
    pub(super) const fn work(&self) -> u64 {
        self.work
    }

    /// Whether another attempt would be one too many for a transaction with this gas limit.
    pub(super) const fn is_exhausted(&self, gas_limit: u64) -> bool {
        self.work > gas_limit * MAX_REPEATS + FREE_WORK
    }

    /// The transaction is part of the block: what became visible to it stays so.
    pub(super) fn succeed(&mut self) {
        *self = Self::default();
    }

    /// The transaction is not part of the block: it leaves nothing visible.
    pub(super) fn give_up(&mut self, machine: &mut Machine) {
        let attempts = core::mem::take(self);
        machine.conceal(&attempts.revealed, &attempts.read);
    }
}
