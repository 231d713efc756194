//! Waiting transactions in the order of their arrival, each sender's by nonce.

use alloy_primitives::{Address, B256, Bytes};
use parking_lot::Mutex;
use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};
use theriac_execution::Transaction;
use thiserror::Error;
use tokio::sync::{Notify, broadcast};

/// Bounds of the mempool of one node.
#[derive(Debug, Clone, Copy)]
pub struct PoolLimits {
    /// Most transactions.
    pub transactions: usize,
    /// Most bytes of all transactions.
    pub bytes: usize,
    /// Most transactions of one sender.
    pub per_sender: usize,
}

impl Default for PoolLimits {
    fn default() -> Self {
        Self {
            transactions: 65_536,
            bytes: 64 << 20,
            per_sender: 8_192,
        }
    }
}

/// Why a transaction was not taken into the mempool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PoolRefusal {
    /// The same transaction waits already.
    #[error("already known")]
    AlreadyKnown,
    /// Another transaction of the sender with this nonce waits.
    #[error("another transaction with this nonce waits")]
    NonceTaken,
    /// The nonce was used by an executed transaction.
    #[error("nonce too low")]
    NonceUsed,
    /// The sender has too many transactions waiting.
    #[error("too many transactions of this sender wait")]
    SenderFull,
    /// The mempool is full; try again.
    #[error("the mempool is full")]
    Full,
}

/// The mempool; clones share one.
#[derive(Clone)]
pub struct Mempool(Arc<Inner>);

struct Inner {
    limits: PoolLimits,
    waiting: Mutex<Waiting>,
    arrived: Notify,
    outbox: Mutex<Vec<Bytes>>,
    outgoing: Notify,
    hashes: broadcast::Sender<B256>,
}

#[derive(Default)]
struct Waiting {
    transactions: HashMap<B256, Entry>,
    senders: HashMap<Address, BTreeMap<u64, B256>>,
    arrival: BTreeMap<u64, B256>,
    used: HashMap<Address, u64>,
    bytes: usize,
    next: u64,
}

struct Entry {
    transaction: Arc<Transaction>,
    arrival: u64,
}

impl Mempool {
    /// An empty mempool.
    pub fn new(limits: PoolLimits) -> Self {
        let (hashes, _) = broadcast::channel(4_096);
        Self(Arc::new(Inner {
            limits,
            waiting: Mutex::default(),
            arrived: Notify::new(),
            outbox: Mutex::default(),
            outgoing: Notify::new(),
            hashes,
        }))
    }

    /// Takes a transaction of one of this node's clients and passes it on to the other members.
    ///
    /// # Errors
    /// A [`PoolRefusal`]; the mempool is as before.
    pub fn submit(&self, transaction: Transaction) -> Result<B256, PoolRefusal> {
        let raw = transaction.raw.clone();
        let hash = self.insert(transaction)?;
        self.0.outbox.lock().push(raw);
        self.0.outgoing.notify_one();
        Ok(hash)
    }

    /// Takes a transaction that another member passed on.
    ///
    /// # Errors
    /// A [`PoolRefusal`]; the mempool is as before.
    pub fn insert(&self, transaction: Transaction) -> Result<B256, PoolRefusal> {
        let hash = transaction.hash;
        self.0.waiting.lock().insert(transaction, &self.0.limits)?;
        self.0.arrived.notify_waiters();
        let _ = self.0.hashes.send(hash);
        Ok(hash)
    }

    /// Waiting transactions in order of arrival, a sender's in order of nonce, without `excluded`.
    pub fn candidates(&self, excluded: &HashSet<B256>) -> Vec<Arc<Transaction>> {
        self.0.waiting.lock().candidates(excluded)
    }

    /// Whether something waits that is not in `excluded`.
    pub fn has_candidates(&self, excluded: &HashSet<B256>) -> bool {
        let waiting = self.0.waiting.lock();
        waiting.transactions.len() > excluded.len()
            || waiting
                .transactions
                .keys()
                .any(|hash| !excluded.contains(hash))
    }

    /// Resolves at the next arrival.
    /// The future counts arrivals from when it is made, not from when it is first polled.
    pub fn arrival(&self) -> impl Future<Output = ()> {
        self.0.arrived.notified()
    }

    /// Removes what a final block executed, and what it made impossible.
    pub fn executed<'a>(&self, transactions: impl Iterator<Item = &'a Transaction>) {
        let mut waiting = self.0.waiting.lock();
        for transaction in transactions {
            waiting.retire(transaction.sender, nonce_of(transaction));
        }
    }

    /// Removes a transaction that no block can hold.
    pub fn discard(&self, hash: &B256) {
        self.0.waiting.lock().remove(hash);
    }

    /// The waiting transaction of this hash.
    pub fn get(&self, hash: &B256) -> Option<Arc<Transaction>> {
        self.0
            .waiting
            .lock()
            .transactions
            .get(hash)
            .map(|entry| entry.transaction.clone())
    }

    /// The nonce after the contiguous waiting ones of `sender`, starting at `next`.
    pub fn pending_nonce(&self, sender: &Address, next: u64) -> u64 {
        let waiting = self.0.waiting.lock();
        let Some(nonces) = waiting.senders.get(sender) else {
            return next;
        };
        nonces
            .range(next..)
            .zip(next..)
            .take_while(|((nonce, _), at)| **nonce == *at)
            .count() as u64
            + next
    }

    /// Hashes of transactions as they arrive.
    pub fn subscribe(&self) -> broadcast::Receiver<B256> {
        self.0.hashes.subscribe()
    }

    /// How many transactions wait.
    pub fn len(&self) -> usize {
        self.0.waiting.lock().transactions.len()
    }

    /// True when nothing waits.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) async fn outgoing(&self) -> Vec<Bytes> {
        loop {
            let notified = self.0.outgoing.notified();
            let batch = std::mem::take(&mut *self.0.outbox.lock());
            if !batch.is_empty() {
                return batch;
            }
            notified.await;
        }
    }
}

impl Waiting {
    fn insert(&mut self, transaction: Transaction, limits: &PoolLimits) -> Result<(), PoolRefusal> {
        let (hash, sender, nonce) = (transaction.hash, transaction.sender, nonce_of(&transaction));
        if self.transactions.contains_key(&hash) {
            return Err(PoolRefusal::AlreadyKnown);
        }
        if self.used.get(&sender).is_some_and(|used| nonce < *used) {
            return Err(PoolRefusal::NonceUsed);
        }
        let size = transaction.raw.len();
        if self.transactions.len() >= limits.transactions || self.bytes + size > limits.bytes {
            return Err(PoolRefusal::Full);
        }
        let nonces = self.senders.entry(sender).or_default();
        if nonces.contains_key(&nonce) {
            return Err(PoolRefusal::NonceTaken);
        }
        if nonces.len() >= limits.per_sender {
            return Err(PoolRefusal::SenderFull);
        }
        nonces.insert(nonce, hash);
        let arrival = self.next;
        self.next += 1;
        self.arrival.insert(arrival, hash);
        self.bytes += size;
        self.transactions.insert(
            hash,
            Entry {
                transaction: Arc::new(transaction),
                arrival,
            },
        );
        Ok(())
    }

    fn candidates(&self, excluded: &HashSet<B256>) -> Vec<Arc<Transaction>> {
        let mut upcoming: HashMap<Address, std::collections::btree_map::Values<'_, u64, B256>> =
            HashMap::new();
        let mut chosen = Vec::with_capacity(self.arrival.len());
        for hash in self
            .arrival
            .values()
            .filter(|hash| !excluded.contains(*hash))
        {
            let sender = self.transactions[hash].transaction.sender;
            let nonces = upcoming
                .entry(sender)
                .or_insert_with(|| self.senders[&sender].values());
            if let Some(next) = nonces.find(|hash| !excluded.contains(*hash)) {
                chosen.push(self.transactions[next].transaction.clone());
            }
        }
        chosen
    }

    fn retire(&mut self, sender: Address, nonce: u64) {
        let used = self.used.entry(sender).or_default();
        *used = (*used).max(nonce + 1);
        let used = *used;
        let stale: Vec<B256> = self
            .senders
            .get(&sender)
            .map(|nonces| nonces.range(..used).map(|(_, hash)| *hash).collect())
            .unwrap_or_default();
        for hash in stale {
            self.remove(&hash);
        }
    }

    fn remove(&mut self, hash: &B256) {
        let Some(entry) = self.transactions.remove(hash) else {
            return;
        };
        self.arrival.remove(&entry.arrival);
        self.bytes -= entry.transaction.raw.len();
        let sender = entry.transaction.sender;
        let nonces = self
            .senders
            .get_mut(&sender)
            .expect("each waiting sender has nonces");
        nonces.remove(&nonce_of(&entry.transaction));
        if nonces.is_empty() {
            self.senders.remove(&sender);
        }
    }
}

fn nonce_of(transaction: &Transaction) -> u64 {
    alloy_consensus::Transaction::nonce(&transaction.envelope)
}
