//! A client of one network: calls, transactions and blobs, as one account or as none.

mod agreed;
mod blobs;
mod call;
mod events;
mod nonces;
mod reads;
mod send;
mod streams;

use crate::{
    Error,
    account::Account,
    rpc::{Blobs, Nodes},
};
use alloy_primitives::{Address, U64};
pub use reads::{Answers, Reads, Slot};
pub(crate) use send::event;
pub use streams::Transferred;

use nonces::Nonces;
use std::collections::BTreeMap;
use std::sync::{
    Arc, Mutex, MutexGuard,
    atomic::{AtomicU64, Ordering},
};
use theriac_envelope::seal::{Committee, GroupKey};
use tokio::sync::OnceCell;

/// A client. Cheap to clone; clones share connections, logins and the count of transactions.
#[derive(Clone, Debug)]
pub struct Client {
    nodes: Nodes,
    blobs: Blobs,
    nonces: Arc<Nonces>,
    chain_id: Arc<OnceCell<u64>>,
    group_key: Arc<OnceCell<GroupKey>>,
    committees: Arc<Mutex<BTreeMap<u64, Arc<Committee>>>>,
    written: Arc<AtomicU64>,
}

impl Client {
    /// A client of the nodes at these addresses. Nothing is sent yet.
    ///
    /// # Errors
    /// `Address` for an address that is not HTTP, or where there is none.
    pub fn new<S: AsRef<str>>(
        addresses: &[S],
        account: Option<Arc<Account>>,
    ) -> Result<Self, Error> {
        let nodes = Nodes::new(addresses, account)?;
        Ok(Self {
            nodes,
            blobs: Blobs::new(),
            nonces: Arc::default(),
            chain_id: Arc::default(),
            group_key: Arc::default(),
            committees: Arc::default(),
            written: Arc::default(),
        })
    }

    /// The nodes, for calls of other methods.
    #[must_use]
    pub fn nodes(&self) -> &Nodes {
        &self.nodes
    }

    /// The account as which this client acts.
    ///
    /// # Errors
    /// `NoAccount`.
    pub fn account(&self) -> Result<&Arc<Account>, Error> {
        self.nodes.account().ok_or(Error::NoAccount)
    }

    /// The address as which this client acts; zero without an account.
    #[must_use]
    pub fn address(&self) -> Address {
        self.nodes
            .account()
            .map_or(Address::ZERO, |account| account.address())
    }

    /// The chain id, asked once.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn chain_id(&self) -> Result<u64, Error> {
        let ask = || async { Ok(self.nodes.request::<U64>("eth_chainId", &[]).await?.to()) };
        self.chain_id.get_or_try_init(ask).await.copied()
    }

    /// The network's public key, to which records are sealed, as more than half of the nodes that answer tell it; asked once.
    ///
    /// # Errors
    /// `NodesDisagree`, `Seal` where it is no key; those of a call.
    pub async fn group_key(&self) -> Result<GroupKey, Error> {
        let ask = || async { Ok(GroupKey::decode(&self.told_group_key().await?)?) };
        self.group_key.get_or_try_init(ask).await.copied()
    }

    /// The committees of epochs that were proven.
    pub(crate) fn committees(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Committee>>> {
        let known = self.committees.lock();
        known.expect("nothing panics while it looks up an epoch")
    }

    /// The height of the newest block with a transaction of this client: what it reads later must not be older.
    pub(crate) fn written(&self) -> u64 {
        self.written.load(Ordering::Relaxed)
    }

    pub(crate) fn wrote(&self, height: u64) {
        self.written.fetch_max(height, Ordering::Relaxed);
    }

    /// The height of the last final block.
    ///
    /// # Errors
    /// Those of a call.
    pub async fn height(&self) -> Result<u64, Error> {
        Ok(self
            .nodes
            .request::<U64>("eth_blockNumber", &[])
            .await?
            .to())
    }
}
