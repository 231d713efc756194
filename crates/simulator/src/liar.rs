//! What a lying member does.

use crate::accounts::Account;
use alloy_primitives::{B256, Bytes};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use theriac_consensus::{
    Chain,
    application::{Draft, Tamper},
};
use theriac_ledger::Block;

/// The state root that a lying member proposes.
pub const WRONG_STATE_ROOT: B256 = B256::repeat_byte(0xbb);

/// How a member lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Liar {
    /// It proposes a wrong state root.
    StateRoot,
    /// It proposes a transaction of somebody who is not enrolled.
    Transaction,
    /// It proposes a time far ahead.
    Time,
    /// It contradicts and withholds its own votes of epoch zero; the seed says which.
    Equivocate {
        /// An odd one contradicts itself to the same peers too, so that they notice.
        seed: u64,
    },
}

/// How often a member lied; clones share the count.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lies(Arc<AtomicU64>);

impl Lies {
    pub(crate) fn add(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn count(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

/// What a liar does to the blocks that it builds; nothing when it lies in its votes.
pub(crate) fn tamper(liar: Liar, chain: &Chain, lies: Lies) -> Option<Tamper> {
    let edit: fn(&mut Draft, &Bytes) = match liar {
        Liar::StateRoot => |draft, _| draft.header.state_root = WRONG_STATE_ROOT,
        Liar::Transaction => |draft, raw| {
            draft.transactions.push(raw.clone());
            draft.header.transactions_root = Block::transactions_root(&draft.transactions);
        },
        Liar::Time => |draft, _| {
            draft.section.time_ms += 25_000;
            draft.header.timestamp = draft.section.time_ms / 1_000;
        },
        Liar::Equivocate { .. } => return None,
    };
    let stranger = Account::new(999_999);
    let raw = stranger.call(chain.spec.chain_id, 0, stranger.address, Bytes::new());
    Some(Arc::new(move |draft| {
        lies.add();
        edit(draft, &raw);
    }))
}
