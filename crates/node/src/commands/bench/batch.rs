//! Signed transactions as JSON-RPC batches, made before the clock runs.

use super::author::Author;
use alloy_primitives::{Address, B256, hex};
use bytes::Bytes;
use std::fmt::Write as _;
use theriac_sdk::account::SignedTransaction;

/// Transactions that travel together.
#[derive(Clone, Debug)]
pub(super) struct Batch {
    /// The server that they are sent to.
    pub(super) door: usize,
    pub(super) body: Bytes,
    pub(super) hashes: Vec<B256>,
}

impl Batch {
    /// Transactions in the order in which they are to be taken.
    pub(super) fn new(door: usize, transactions: &[SignedTransaction]) -> Self {
        let mut body = String::from("[");
        for (id, transaction) in transactions.iter().enumerate() {
            let comma = if id == 0 { "" } else { "," };
            let raw = hex::encode(&transaction.raw);
            write!(body, r#"{comma}{{"jsonrpc":"2.0","id":{id},"method":"eth_sendRawTransaction","params":["0x{raw}"]}}"#)
                .expect("writing to a string does not fail");
        }
        body.push(']');
        let hashes = transactions
            .iter()
            .map(|transaction| transaction.hash)
            .collect();
        Self {
            door,
            body: body.into(),
            hashes,
        }
    }
}

/// What is signed and how it is spread.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) chain_id: u64,
    /// The contract called.
    pub(super) to: Address,
    /// Transactions in all; rounded up to whole batches.
    pub(super) transactions: usize,
    /// Transactions of a batch.
    pub(super) batch: usize,
    /// Servers, which get batches in turn. An author always sends to the same one.
    pub(super) doors: usize,
}

/// Signs registrations of all authors in turn.
pub(super) fn sign(authors: &mut [Author], plan: Plan) -> Vec<Batch> {
    let mut turns: Vec<Vec<usize>> = vec![Vec::new(); plan.doors];
    for (index, author) in authors.iter().enumerate() {
        turns[author.member % plan.doors].push(index);
    }
    let mut taken = vec![0; plan.doors];
    let batches = plan.transactions.div_ceil(plan.batch);
    let one = |number: usize| {
        let door = number % plan.doors;
        let signed: Vec<_> = (0..plan.batch)
            .map(|_| {
                let author = turns[door][taken[door] % turns[door].len()];
                taken[door] += 1;
                authors[author].register(plan.chain_id, plan.to)
            })
            .collect();
        Batch::new(door, &signed)
    };
    (0..batches).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use theriac_sdk::account::Account;

    #[test]
    fn an_author_always_sends_to_the_same_server() {
        let mut authors: Vec<_> = (0..8)
            .map(|number| Author::new(Account::generate(), number))
            .collect();
        let plan = Plan {
            chain_id: 1,
            to: Address::ZERO,
            transactions: 23,
            batch: 4,
            doors: 3,
        };
        let batches = sign(&mut authors, plan);
        assert_eq!(
            batches.iter().map(|batch| batch.door).collect::<Vec<_>>(),
            [0, 1, 2, 0, 1, 2]
        );
        let calls: Vec<serde_json::Value> = serde_json::from_slice(&batches[5].body).unwrap();
        assert_eq!((calls.len(), batches[5].hashes.len()), (4, 4));
        let raw = hex::decode(calls[0]["params"][0].as_str().unwrap()).unwrap();
        assert_eq!(alloy_primitives::keccak256(raw), batches[5].hashes[0]);
    }
}
