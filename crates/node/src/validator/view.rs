//! The node as its RPC server sees it.

use super::{
    accuse, evidence,
    history::HistoryNodes,
    peers::{MetricsText, peers},
};
use alloy_consensus::Header;
use alloy_primitives::{Address, B256, Bytes, TxKind, U256};
use async_trait::async_trait;
use commonware_runtime::tokio::Context;
use serde_json::Value;
use std::{ops::RangeInclusive, path::PathBuf, sync::Arc};
use theriac_consensus::{
    Chain as Founding,
    chain::TIME_STEP_MAX_MS,
    committees::Committees,
    mempool::{Mempool, PoolRefusal},
    state::{Loaded, ReadFailure, State},
};
use theriac_contracts::{Halt, Host, OrganisationId};
use theriac_evidence::{
    addresses::RECORDS,
    state::{self as encoding, RecordSlots, StateKey},
};
use theriac_execution::{
    AccessListed, BlockEnvironment, CallRequest as Simulation, Ending, Estimate, ExecuteError,
    Lookup, StateSource as _, Transaction, TransactionRefusal, admit, create_access_list, estimate,
};
use theriac_ledger::{
    Block,
    block::{PublicKey, Scheme},
    index::{
        ExecutedBlock, Index, IndexedTransaction, Located, LogFilter, LogLimits, LogPage,
        SealedHeader,
    },
};
use theriac_rpc::{
    AccessListOutcome, Account, CallError, CallRequest, Certificate, Chain, ChainFailure, Clock,
    EvidenceSubject, ProofSubject, ProtocolStatus, Rejection, Status, SubmitError,
};
use tokio::sync::broadcast;

pub(super) type Marshal = commonware_consensus::marshal::core::Mailbox<
    Scheme,
    commonware_consensus::marshal::standard::Standard<Block>,
>;

/// Everything that questions are answered from.
pub(super) struct View {
    pub(super) founding: Arc<Founding>,
    pub(super) clock: Clock,
    pub(super) history: HistoryNodes,
    pub(super) identity: PublicKey,
    pub(super) committees: Committees,
    pub(super) double_votes: PathBuf,
    pub(super) metrics: MetricsText,
    pub(super) group_key: Bytes,
    pub(super) index: Arc<Index>,
    pub(super) state: State<Context>,
    pub(super) marshal: Marshal,
    pub(super) mempool: Mempool,
    pub(super) finalised: broadcast::Sender<Arc<ExecutedBlock>>,
    pub(super) admitted: broadcast::Sender<Arc<IndexedTransaction>>,
}

fn failure(error: impl std::error::Error + Send + Sync + 'static) -> ChainFailure {
    ChainFailure::new(error)
}

fn environment(header: &Header) -> BlockEnvironment {
    BlockEnvironment {
        number: header.number,
        time_ms: header.timestamp * 1_000,
        prevrandao: header.mix_hash,
        parent_hash: header.parent_hash,
    }
}

/// The block that a transaction estimated now comes into at the earliest, by the rules of time that a proposer keeps.
fn next_environment(parent: &Header, now_ms: u64) -> BlockEnvironment {
    let parent_ms = parent.timestamp * 1_000;
    BlockEnvironment {
        number: parent.number + 1,
        time_ms: now_ms.clamp(parent_ms + 1, parent_ms + TIME_STEP_MAX_MS),
        prevrandao: parent.mix_hash,
        parent_hash: parent.hash_slow(),
    }
}

/// Splits what execution could not do into keys to load and a failure.
fn missing<T>(result: Result<T, ExecuteError>) -> Result<Result<T, ExecuteError>, Vec<StateKey>> {
    match result {
        Err(ExecuteError::Missing(keys)) => Err(keys),
        other => Ok(other),
    }
}

fn rejection(refusal: &TransactionRefusal) -> Rejection {
    Rejection {
        name: refusal.name().into(),
        message: refusal.to_string().into(),
    }
}

fn call_error(error: ExecuteError) -> CallError {
    match error {
        ExecuteError::Refused(refusal) => CallError::Rejected(rejection(&refusal)),
        error => CallError::Failure(failure(error)),
    }
}

fn simulation(request: CallRequest) -> Simulation {
    Simulation {
        from: request.from,
        to: request.to.map_or(TxKind::Create, TxKind::Call),
        value: request.value,
        input: request.input,
        gas_limit: request.gas,
        access_list: request.access_list,
        authorizations: request.authorizations,
    }
}

impl View {
    /// Asks the native contracts at the head.
    pub(super) async fn ask<T: Send>(
        &self,
        question: impl Fn(&mut dyn Host) -> Result<T, Halt> + Send + Sync,
    ) -> Result<T, ChainFailure> {
        let spec = &self.founding.spec;
        let answer = self
            .state
            .read(|header, loaded| {
                missing(theriac_execution::view(
                    spec,
                    &environment(header),
                    loaded,
                    &question,
                ))
            })
            .await
            .map_err(failure)?;
        answer.map_err(failure)
    }

    async fn value(&self, key: StateKey) -> Result<Option<Bytes>, ChainFailure> {
        self.state
            .read(|_, loaded: &Loaded| match loaded.get(&key) {
                Lookup::Value(value) => Ok(value),
                Lookup::Missing => Err(vec![key]),
            })
            .await
            .map_err(failure)
    }

    fn genesis(&self) -> SealedHeader {
        let genesis = self.founding.genesis();
        SealedHeader {
            hash: genesis.hash(),
            header: genesis.header().clone(),
        }
    }

    async fn standing(&self, transaction: &Transaction) -> Result<(), SubmitError> {
        let sender = transaction.sender;
        let allowed = self
            .ask(|host| theriac_contracts::may_send(host, sender))
            .await?;
        if allowed.is_none() {
            return Err(SubmitError::Rejected(rejection(
                &TransactionRefusal::NotEnrolled,
            )));
        }
        let expected = self.account(sender).await?.nonce;
        let got = alloy_consensus::Transaction::nonce(&transaction.envelope);
        if got < expected {
            let refusal = TransactionRefusal::NonceTooLow { got, expected };
            return Err(SubmitError::Rejected(rejection(&refusal)));
        }
        Ok(())
    }
}

#[async_trait]
impl Chain for View {
    async fn head(&self) -> Result<SealedHeader, ChainFailure> {
        match self.index.head() {
            Some((height, _)) => Ok(self
                .index
                .header(height)
                .map_err(failure)?
                .expect("indexed")),
            None => Ok(self.genesis()),
        }
    }

    async fn header(&self, height: u64) -> Result<Option<SealedHeader>, ChainFailure> {
        if height == 0 {
            return Ok(Some(self.genesis()));
        }
        self.index.header(height).map_err(failure)
    }

    async fn block(&self, height: u64) -> Result<Option<Arc<ExecutedBlock>>, ChainFailure> {
        if height == 0 {
            let SealedHeader { hash, header } = self.genesis();
            let (transactions, receipts) = (Vec::new(), Vec::new());
            return Ok(Some(Arc::new(ExecutedBlock {
                hash,
                header,
                transactions,
                receipts,
            })));
        }
        Ok(self.index.block(height).map_err(failure)?.map(Arc::new))
    }

    async fn height_of(&self, hash: B256) -> Result<Option<u64>, ChainFailure> {
        if hash == self.genesis().hash {
            return Ok(Some(0));
        }
        self.index.height_of(&hash).map_err(failure)
    }

    async fn transaction(&self, hash: B256) -> Result<Option<Located>, ChainFailure> {
        self.index.transaction(&hash).map_err(failure)
    }

    async fn logs(
        &self,
        filter: &LogFilter,
        range: RangeInclusive<u64>,
        limits: LogLimits,
    ) -> Result<LogPage, ChainFailure> {
        self.index.logs(filter, range, limits).map_err(failure)
    }

    async fn account(&self, address: Address) -> Result<Account, ChainFailure> {
        let value = self.value(StateKey::account(&address)).await?;
        let Some(value) = value else {
            return Ok(Account::default());
        };
        let account = encoding::Account::decode(&value).map_err(failure)?;
        Ok(Account {
            nonce: account.nonce,
            balance: account.balance,
            code_hash: account.code_hash,
        })
    }

    async fn code(&self, address: Address) -> Result<Bytes, ChainFailure> {
        let account = self.account(address).await?;
        Ok(self
            .value(StateKey::code(&account.code_hash))
            .await?
            .unwrap_or_default())
    }

    async fn storage(&self, address: Address, slot: U256) -> Result<U256, ChainFailure> {
        let Some(value) = self.value(StateKey::slot(&address, slot)).await? else {
            return Ok(U256::ZERO);
        };
        encoding::decode_slot(&value).map_err(failure)
    }

    async fn pending_nonce(&self, address: Address) -> Result<u64, ChainFailure> {
        let next = self.account(address).await?.nonce;
        Ok(self.mempool.pending_nonce(&address, next))
    }

    async fn pending(
        &self,
        sender: Option<Address>,
    ) -> Result<Vec<IndexedTransaction>, ChainFailure> {
        let waiting = self.mempool.candidates(&Default::default());
        let wanted = waiting
            .iter()
            .filter(|transaction| sender.is_none_or(|sender| sender == transaction.sender));
        Ok(wanted
            .map(|transaction| waiting_transaction(transaction))
            .collect())
    }

    async fn pending_transaction(
        &self,
        hash: B256,
    ) -> Result<Option<IndexedTransaction>, ChainFailure> {
        Ok(self
            .mempool
            .get(&hash)
            .map(|transaction| waiting_transaction(&transaction)))
    }

    async fn call(&self, request: CallRequest) -> Result<Bytes, CallError> {
        let (spec, request) = (&self.founding.spec, simulation(request));
        let simulated = self
            .state
            .read(|header, loaded| {
                missing(theriac_execution::call(
                    spec,
                    &environment(header),
                    loaded,
                    &request,
                ))
            })
            .await
            .map_err(failure)?
            .map_err(call_error)?;
        match simulated.ending {
            Ending::Returned => Ok(simulated.output),
            Ending::Reverted => Err(CallError::Reverted(simulated.output)),
            Ending::Halted(reason) => Err(CallError::Halted(reason.into())),
        }
    }

    async fn estimate(&self, request: CallRequest) -> Result<u64, CallError> {
        let (spec, request) = (&self.founding.spec, simulation(request));
        let now_ms = (self.clock)();
        let estimate = self
            .state
            .read(|header, loaded| {
                let next = next_environment(header, now_ms);
                missing(estimate(spec, &next, loaded, &request))
            })
            .await
            .map_err(failure)?
            .map_err(call_error)?;
        match estimate {
            Estimate::Gas(gas) => Ok(gas),
            Estimate::Reverted(data) => Err(CallError::Reverted(data)),
            Estimate::Halted(reason) => Err(CallError::Halted(reason.into())),
        }
    }

    async fn access_list(&self, request: CallRequest) -> Result<AccessListOutcome, CallError> {
        let (spec, request) = (&self.founding.spec, simulation(request));
        let now_ms = (self.clock)();
        let listed: AccessListed = self
            .state
            .read(|header, loaded| {
                let next = next_environment(header, now_ms);
                missing(create_access_list(spec, &next, loaded, &request))
            })
            .await
            .map_err(failure)?
            .map_err(call_error)?;
        let error = match listed.simulated.ending {
            Ending::Returned => None,
            Ending::Reverted => Some("execution reverted".into()),
            Ending::Halted(reason) => Some(reason),
        };
        let gas_used = listed.simulated.gas_used;
        Ok(AccessListOutcome {
            access_list: listed.access_list,
            gas_used,
            error,
        })
    }

    async fn submit(&self, raw: Bytes) -> Result<B256, SubmitError> {
        let transaction = admit(&self.founding.spec, raw)
            .map_err(|refusal| SubmitError::Rejected(rejection(&refusal)))?;
        let hash = transaction.hash;
        if self.mempool.get(&hash).is_some() {
            return Ok(hash);
        }
        self.standing(&transaction).await?;
        let admitted = Arc::new(waiting_transaction(&transaction));
        match self.mempool.submit(transaction) {
            Ok(_) | Err(PoolRefusal::AlreadyKnown) => {}
            Err(refusal) => return Err(SubmitError::Rejected(pool_rejection(refusal))),
        }
        let _ = self.admitted.send(admitted);
        Ok(hash)
    }

    fn finalised(&self) -> broadcast::Receiver<Arc<ExecutedBlock>> {
        self.finalised.subscribe()
    }

    fn admitted(&self) -> broadcast::Receiver<Arc<IndexedTransaction>> {
        self.admitted.subscribe()
    }

    async fn is_enrolled(&self, account: Address) -> Result<bool, ChainFailure> {
        match self
            .ask(|host| theriac_contracts::may_send(host, account))
            .await
        {
            Ok(standing) => Ok(standing.is_some()),
            Err(failure) if is_not_ready(&failure) => Ok(false),
            Err(failure) => Err(failure),
        }
    }

    async fn is_party(&self, chart: B256, account: Address) -> Result<bool, ChainFailure> {
        self.ask(|host| theriac_contracts::is_party(host, chart, account))
            .await
    }

    async fn watches_over(
        &self,
        organisation: OrganisationId,
        account: Address,
    ) -> Result<bool, ChainFailure> {
        self.ask(|host| theriac_contracts::watches_over(host, organisation, account))
            .await
    }

    async fn is_concerned(&self, account: Address, caller: Address) -> Result<bool, ChainFailure> {
        self.ask(|host| theriac_contracts::is_concerned(host, account, caller))
            .await
    }

    async fn chart_of_record(&self, record: B256) -> Result<Option<B256>, ChainFailure> {
        const CHART_OFFSET: u64 = 3;
        let slot = RecordSlots::of(record).at(CHART_OFFSET);
        let chart = self.storage(RECORDS, slot).await?;
        Ok((!chart.is_zero()).then(|| chart.into()))
    }

    async fn proof(&self, subject: ProofSubject) -> Result<Option<Value>, ChainFailure> {
        evidence::proof(self, subject).await
    }

    async fn evidence(&self, subject: EvidenceSubject) -> Result<Option<Value>, ChainFailure> {
        evidence::bundle(self, subject).await
    }

    async fn certificate(&self, height: u64) -> Result<Option<Certificate>, ChainFailure> {
        evidence::certificate(self, height).await
    }

    async fn status(&self) -> Result<Status, ChainFailure> {
        let size = self.index.size().map_err(failure)?;
        let epoch = self.committees.current();
        let membership = self.membership().await?;
        Ok(Status {
            group_key: self.group_key.clone(),
            floor: self.index.floor().map_err(failure)?.unwrap_or_default(),
            syncing: None,
            peers: peers(
                &(self.metrics)(),
                &self.committees.members(),
                &self.identity,
            ),
            pending: self.mempool.len() as u64,
            epoch: epoch.epoch.get(),
            shares_revealed: self.committees.exposed(&epoch).map(|shares| shares as u64),
            double_votes: accuse::count(&self.double_votes),
            committee: epoch.output.players().len() as u64,
            validators: membership.validators,
            open_proposals: membership.open_proposals,
            protocol: membership.protocol,
            disk_bytes: size.file_bytes,
        })
    }
}

/// What the members contract tells of itself after the head.
struct Membership {
    validators: u64,
    open_proposals: u64,
    protocol: ProtocolStatus,
}

impl View {
    /// At genesis, before there is a state, what the founders agreed on.
    async fn membership(&self) -> Result<Membership, ChainFailure> {
        let known = u64::from(theriac_contracts::PROTOCOL_VERSION);
        let asked = self
            .ask(|host| {
                let validators = theriac_contracts::committee(host)?.len() as u64;
                let open_proposals = theriac_contracts::open_proposals(host)?.len() as u64;
                let schedule = theriac_contracts::schedule(host)?;
                let is_scheduled = schedule.nextVersion != schedule.version;
                let next = (u64::from(schedule.nextVersion), schedule.height);
                let protocol = ProtocolStatus {
                    version: u64::from(schedule.version),
                    known,
                    next: is_scheduled.then_some(next),
                };
                Ok(Membership {
                    validators,
                    open_proposals,
                    protocol,
                })
            })
            .await;
        match asked {
            Err(failure) if is_not_ready(&failure) => Ok(Membership {
                validators: self.founding.members.validators.len() as u64,
                open_proposals: 0,
                protocol: ProtocolStatus {
                    version: 1,
                    known,
                    next: None,
                },
            }),
            asked => asked,
        }
    }
}

/// Whether the node has no state yet.
fn is_not_ready(failure: &ChainFailure) -> bool {
    matches!(failure.0.downcast_ref(), Some(ReadFailure::NotReady))
}

fn waiting_transaction(transaction: &Transaction) -> IndexedTransaction {
    IndexedTransaction {
        raw: transaction.raw.clone(),
        sender: transaction.sender,
        hash: transaction.hash,
    }
}

fn pool_rejection(refusal: PoolRefusal) -> Rejection {
    let name = match refusal {
        PoolRefusal::AlreadyKnown => "AlreadyKnown",
        PoolRefusal::NonceTaken => "NonceTaken",
        PoolRefusal::NonceUsed => "NonceTooLow",
        PoolRefusal::SenderFull => "SenderFull",
        PoolRefusal::Full => "MempoolFull",
    };
    Rejection {
        name: name.into(),
        message: refusal.to_string().into(),
    }
}
