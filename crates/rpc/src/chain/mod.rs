//! What the server asks of the node.

mod reply;
mod request;

pub use reply::{
    AccessListOutcome, Account, CallError, Certificate, ChainFailure, PeerStatus, ProtocolStatus,
    Rejection, Status, SubmitError, SyncProgress,
};
pub use request::{CallRequest, EvidenceSubject, ProofSubject};

use std::{ops::RangeInclusive, sync::Arc};

use alloy_primitives::{Address, B256, Bytes, U256};
use async_trait::async_trait;
use serde_json::Value;
use theriac_contracts::OrganisationId;
use theriac_ledger::index::{
    ExecutedBlock, IndexedTransaction, Located, LogFilter, LogLimits, LogPage, SealedHeader,
};
use tokio::sync::broadcast;

/// The node, as the server sees it. All of it is finalised and durable here, and "now" is the state
/// after the head. No method checks who asks: that is the server's task.
#[async_trait]
pub trait Chain: Send + Sync + 'static {
    /// The last finalised block; the genesis block at least.
    async fn head(&self) -> Result<SealedHeader, ChainFailure>;

    /// The header at a height, if it is here.
    async fn header(&self, height: u64) -> Result<Option<SealedHeader>, ChainFailure>;

    /// The block at a height, if it is here.
    async fn block(&self, height: u64) -> Result<Option<Arc<ExecutedBlock>>, ChainFailure>;

    /// The height of a block, if it is here.
    async fn height_of(&self, hash: B256) -> Result<Option<u64>, ChainFailure>;

    /// A finalised transaction.
    async fn transaction(&self, hash: B256) -> Result<Option<Located>, ChainFailure>;

    /// A page of logs; see [`theriac_ledger::index::Index::logs`].
    async fn logs(
        &self,
        filter: &LogFilter,
        range: RangeInclusive<u64>,
        limits: LogLimits,
    ) -> Result<LogPage, ChainFailure>;

    /// Nonce, balance and code hash of an account now; zeros if it is absent.
    async fn account(&self, address: Address) -> Result<Account, ChainFailure>;

    /// The code of an account now; empty if it has none.
    async fn code(&self, address: Address) -> Result<Bytes, ChainFailure>;

    /// A storage slot now; zero if it is absent.
    async fn storage(&self, address: Address, slot: U256) -> Result<U256, ChainFailure>;

    /// The next nonce of an account, transactions that wait here included.
    async fn pending_nonce(&self, address: Address) -> Result<u64, ChainFailure>;

    /// Transactions that wait here, of one sender or of all.
    async fn pending(
        &self,
        sender: Option<Address>,
    ) -> Result<Vec<IndexedTransaction>, ChainFailure>;

    /// A transaction that waits here.
    async fn pending_transaction(
        &self,
        hash: B256,
    ) -> Result<Option<IndexedTransaction>, ChainFailure>;

    /// Executes a call on the state now and returns its output.
    async fn call(&self, request: CallRequest) -> Result<Bytes, CallError>;

    /// The least gas with which a call succeeds on the state now.
    async fn estimate(&self, request: CallRequest) -> Result<u64, CallError>;

    /// The access list of a call on the state now.
    async fn access_list(&self, request: CallRequest) -> Result<AccessListOutcome, CallError>;

    /// Admits a signed transaction and returns its hash. The same one again is not an error.
    async fn submit(&self, raw: Bytes) -> Result<B256, SubmitError>;

    /// Every block, once it is finalised and durable here, in order.
    fn finalised(&self) -> broadcast::Receiver<Arc<ExecutedBlock>>;

    /// Every transaction admitted here.
    fn admitted(&self) -> broadcast::Receiver<Arc<IndexedTransaction>>;

    /// Whether an account takes part now: enrolled, as a person or an organisation, or in control of a chart
    /// after its enrolment ended (`theriac_contracts::may_send`).
    async fn is_enrolled(&self, account: Address) -> Result<bool, ChainFailure>;

    /// Whether an account is a party of a chart now; false for a chart that is absent.
    async fn is_party(&self, chart: B256, account: Address) -> Result<bool, ChainFailure>;

    /// Whether an account is a privacy officer or administrator of an organisation now.
    async fn watches_over(
        &self,
        organisation: OrganisationId,
        account: Address,
    ) -> Result<bool, ChainFailure>;

    /// Whether an account is told of the recovery of another one: itself, its guardians, who takes its place.
    async fn is_concerned(&self, account: Address, caller: Address) -> Result<bool, ChainFailure>;

    /// The chart of a record, if there is such a record.
    async fn chart_of_record(&self, record: B256) -> Result<Option<B256>, ChainFailure>;

    /// A state proof as JSON, as `theriac_getProof` returns it; `None` if its subject is unknown.
    async fn proof(&self, subject: ProofSubject) -> Result<Option<Value>, ChainFailure>;

    /// An evidence bundle as JSON; `None` if its subject is unknown.
    async fn evidence(&self, subject: EvidenceSubject) -> Result<Option<Value>, ChainFailure>;

    /// What certifies the block at a height; `None` if the block is not here. Where the block was
    /// finalised by a descendant, that descendant's certificate and header.
    async fn certificate(&self, height: u64) -> Result<Option<Certificate>, ChainFailure>;

    /// How the node is doing.
    async fn status(&self) -> Result<Status, ChainFailure>;
}
