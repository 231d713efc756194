//! A chain in memory, with an index on disk, that executes nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::RangeInclusive,
    sync::Arc,
};

use alloy_consensus::{Header, TxType, crypto::secp256k1::recover_signer};
use alloy_eips::eip2718::Decodable2718;
use alloy_primitives::{
    Address, B256, Bytes, KECCAK256_EMPTY, Log, U256, address, keccak256, logs_bloom,
};
use alloy_sol_types::{Revert, SolError};
use async_trait::async_trait;
use parking_lot::Mutex;
use serde_json::{Value, json};
use tempfile::TempDir;
use theriac_contracts::OrganisationId;
use theriac_ledger::index::{
    ExecutedBlock, Index, IndexedReceipt, IndexedTransaction, Located, LogFilter, LogLimits,
    LogPage, SealedHeader,
};
use theriac_rpc::{
    AccessListOutcome, Account, CallError, CallRequest, Certificate, Chain, ChainFailure,
    EvidenceSubject, PeerStatus, ProofSubject, ProtocolStatus, Rejection, Status, SubmitError,
};
use tokio::sync::broadcast;

/// Returns who called it.
pub(crate) const ECHO: Address = address!("00000000000000000000000000000000000000e0");
/// Reverts with a reason.
pub(crate) const REVERTER: Address = address!("00000000000000000000000000000000000000e1");
/// Never answers.
pub(crate) const SLOW: Address = address!("00000000000000000000000000000000000000e2");
/// Runs out of gas.
pub(crate) const HALTER: Address = address!("00000000000000000000000000000000000000e3");
/// A contract wallet (EIP-1271) that takes one signature for any hash.
pub(crate) const WALLET: Address = address!("00000000000000000000000000000000000000e4");
pub(crate) const WALLET_SIGNATURE: &[u8] = b"the wallet says yes";

pub(crate) struct MemoryChain {
    index: Index,
    _folder: TempDir,
    finalised: broadcast::Sender<Arc<ExecutedBlock>>,
    admitted: broadcast::Sender<Arc<IndexedTransaction>>,
    pub(crate) state: Mutex<State>,
}

#[derive(Default)]
pub(crate) struct State {
    pub(crate) nonces: BTreeMap<Address, u64>,
    pub(crate) enrolled: BTreeSet<Address>,
    pub(crate) parties: BTreeSet<(B256, Address)>,
    pub(crate) watchers: BTreeSet<(u32, Address)>,
    /// Accounts with those who guard them.
    pub(crate) guardians: BTreeSet<(Address, Address)>,
    pub(crate) records: BTreeMap<B256, B256>,
    pub(crate) pending: Vec<IndexedTransaction>,
    /// Makes a block of each transaction as it is submitted.
    pub(crate) instant: bool,
}

impl MemoryChain {
    pub(crate) fn new() -> Arc<Self> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let chain = Self {
            index: Index::open(folder.path().join("index.redb")).expect("a fresh index opens"),
            _folder: folder,
            finalised: broadcast::Sender::new(4),
            admitted: broadcast::Sender::new(64),
            state: Mutex::default(),
        };
        chain.finalise(Vec::new());
        Arc::new(chain)
    }

    /// Makes a block of transactions, each with its logs; one without is of a transaction that failed.
    pub(crate) fn finalise(
        &self,
        transactions: Vec<(IndexedTransaction, Option<Vec<Log>>)>,
    ) -> Arc<ExecutedBlock> {
        let (number, parent_hash) = match self.index.head() {
            Some((height, hash)) => (height + 1, hash),
            None => (0, B256::ZERO),
        };
        let all_logs = transactions
            .iter()
            .filter_map(|(_, logs)| logs.as_ref())
            .flatten();
        let header = Header {
            number,
            parent_hash,
            logs_bloom: logs_bloom(all_logs),
            gas_limit: 30_000_000,
            gas_used: 15_000_000,
            timestamp: 1_795_429_800 + number,
            base_fee_per_gas: Some(0),
            ..Header::default()
        };
        let (transactions, receipts) = transactions
            .into_iter()
            .map(|(one, logs)| (one, receipt(logs)))
            .unzip();
        let block = Arc::new(ExecutedBlock {
            hash: header.hash_slow(),
            header,
            transactions,
            receipts,
        });
        let certificate = Bytes::from_static(b"certificate");
        self.index
            .append(&block, &certificate, &Bytes::from_static(b"section"))
            .expect("it follows the head");
        // Nobody may be listening.
        let _ = self.finalised.send(block.clone());
        block
    }

    fn admit(&self, transaction: IndexedTransaction) {
        let _ = self.admitted.send(Arc::new(transaction.clone()));
        let instant = self.state.lock().instant;
        match instant {
            true => drop(self.finalise(vec![(transaction, Some(Vec::new()))])),
            false => self.state.lock().pending.push(transaction),
        }
    }
}

fn receipt(logs: Option<Vec<Log>>) -> IndexedReceipt {
    IndexedReceipt {
        kind: TxType::Eip1559,
        success: logs.is_some(),
        cumulative_gas_used: 50_000,
        gas_used: 50_000,
        contract_address: None,
        logs: logs.unwrap_or_default(),
    }
}

fn failure(error: impl std::error::Error + Send + Sync + 'static) -> ChainFailure {
    ChainFailure::new(error)
}

fn has_code(address: Address) -> bool {
    address.as_slice()[..18] == ECHO.as_slice()[..18]
        || theriac_contracts::addresses().contains(&address)
}

#[async_trait]
impl Chain for MemoryChain {
    async fn head(&self) -> Result<SealedHeader, ChainFailure> {
        let (height, _) = self.index.head().expect("genesis is there");
        Ok(self.header(height).await?.expect("the head is there"))
    }

    async fn header(&self, height: u64) -> Result<Option<SealedHeader>, ChainFailure> {
        self.index.header(height).map_err(failure)
    }

    async fn block(&self, height: u64) -> Result<Option<Arc<ExecutedBlock>>, ChainFailure> {
        Ok(self.index.block(height).map_err(failure)?.map(Arc::new))
    }

    async fn height_of(&self, hash: B256) -> Result<Option<u64>, ChainFailure> {
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
        let nonce = self.state.lock().nonces.get(&address).copied();
        let code_hash = match (has_code(address), nonce) {
            (true, _) => keccak256([0xfe]),
            (false, Some(_)) => KECCAK256_EMPTY,
            (false, None) => B256::ZERO,
        };
        Ok(Account {
            nonce: nonce.unwrap_or_default(),
            balance: U256::ZERO,
            code_hash,
        })
    }

    async fn code(&self, address: Address) -> Result<Bytes, ChainFailure> {
        Ok(if has_code(address) {
            Bytes::from_static(&[0xfe])
        } else {
            Bytes::new()
        })
    }

    async fn storage(&self, _address: Address, slot: U256) -> Result<U256, ChainFailure> {
        Ok(slot + U256::from(1))
    }

    async fn pending_nonce(&self, address: Address) -> Result<u64, ChainFailure> {
        let waiting = self.pending(Some(address)).await?.len() as u64;
        Ok(self.account(address).await?.nonce + waiting)
    }

    async fn pending(
        &self,
        sender: Option<Address>,
    ) -> Result<Vec<IndexedTransaction>, ChainFailure> {
        let mut pending = self.state.lock().pending.clone();
        pending.retain(|one| sender.is_none_or(|sender| one.sender == sender));
        Ok(pending)
    }

    async fn pending_transaction(
        &self,
        hash: B256,
    ) -> Result<Option<IndexedTransaction>, ChainFailure> {
        Ok(self
            .state
            .lock()
            .pending
            .iter()
            .find(|one| one.hash == hash)
            .cloned())
    }

    async fn call(&self, request: CallRequest) -> Result<Bytes, CallError> {
        match request.to {
            Some(ECHO) => Ok(request.from.into_word().to_vec().into()),
            Some(REVERTER) => Err(CallError::Reverted(
                Revert::from("not today").abi_encode().into(),
            )),
            Some(HALTER) => Err(CallError::Halted("out of gas".into())),
            Some(SLOW) => std::future::pending().await,
            Some(WALLET) => {
                let signed = request
                    .input
                    .windows(WALLET_SIGNATURE.len())
                    .any(|part| part == WALLET_SIGNATURE);
                let mut word = [0; 32];
                word[..4].copy_from_slice(&request.input[..4]);
                Ok(if signed {
                    word.to_vec().into()
                } else {
                    Bytes::from_static(&[0; 32])
                })
            }
            Some(_) => Ok(Bytes::new()),
            None => Err(CallError::Rejected(Rejection {
                name: "InitCodeEmpty".into(),
                message: "init code is empty".into(),
            })),
        }
    }

    async fn estimate(&self, request: CallRequest) -> Result<u64, CallError> {
        self.call(request).await.map(|_| 21_000)
    }

    async fn access_list(&self, request: CallRequest) -> Result<AccessListOutcome, CallError> {
        self.call(request).await?;
        Ok(AccessListOutcome {
            gas_used: 21_000,
            ..AccessListOutcome::default()
        })
    }

    async fn submit(&self, raw: Bytes) -> Result<B256, SubmitError> {
        let rejected = |name: &'static str, message: &'static str| {
            SubmitError::Rejected(Rejection {
                name: name.into(),
                message: message.into(),
            })
        };
        let envelope = alloy_consensus::TxEnvelope::decode_2718(&mut raw.as_ref())
            .map_err(|_| rejected("Malformed", "not a transaction"))?;
        let sender = recover_signer(envelope.signature(), envelope.signature_hash())
            .map_err(|_| rejected("BadSignature", "no public key fits the signature"))?;
        if !self.state.lock().enrolled.contains(&sender) {
            return Err(rejected("NotEnrolled", "the sender is not enrolled"));
        }
        let transaction = IndexedTransaction::new(raw, sender);
        let hash = transaction.hash;
        self.admit(transaction);
        Ok(hash)
    }

    fn finalised(&self) -> broadcast::Receiver<Arc<ExecutedBlock>> {
        self.finalised.subscribe()
    }

    fn admitted(&self) -> broadcast::Receiver<Arc<IndexedTransaction>> {
        self.admitted.subscribe()
    }

    async fn is_enrolled(&self, account: Address) -> Result<bool, ChainFailure> {
        Ok(self.state.lock().enrolled.contains(&account))
    }

    async fn is_party(&self, chart: B256, account: Address) -> Result<bool, ChainFailure> {
        Ok(self.state.lock().parties.contains(&(chart, account)))
    }

    async fn watches_over(
        &self,
        organisation: OrganisationId,
        account: Address,
    ) -> Result<bool, ChainFailure> {
        let state = self.state.lock();
        Ok(state.watchers.contains(&(organisation.0, account)))
    }

    async fn is_concerned(&self, account: Address, caller: Address) -> Result<bool, ChainFailure> {
        let state = self.state.lock();
        Ok(account == caller || state.guardians.contains(&(account, caller)))
    }

    async fn chart_of_record(&self, record: B256) -> Result<Option<B256>, ChainFailure> {
        Ok(self.state.lock().records.get(&record).copied())
    }

    async fn proof(&self, subject: ProofSubject) -> Result<Option<Value>, ChainFailure> {
        Ok(Some(json!({ "proofOf": format!("{subject:?}") })))
    }

    async fn evidence(&self, subject: EvidenceSubject) -> Result<Option<Value>, ChainFailure> {
        Ok(Some(json!({ "bundleOf": format!("{subject:?}") })))
    }

    async fn certificate(&self, height: u64) -> Result<Option<Certificate>, ChainFailure> {
        let (Some(sealed), Some((certificate, section))) = (
            self.header(height).await?,
            self.index.consensus(height).map_err(failure)?,
        ) else {
            return Ok(None);
        };
        let header = alloy_rlp::encode(&sealed.header).into();
        Ok(Some(Certificate {
            height,
            hash: sealed.hash,
            header,
            section,
            certificate,
        }))
    }

    async fn status(&self) -> Result<Status, ChainFailure> {
        let peer = |id, connected| PeerStatus {
            id: B256::repeat_byte(id),
            connected,
        };
        Ok(Status {
            group_key: Bytes::from_static(&[7; 96]),
            peers: vec![peer(1, true), peer(2, false), peer(3, true)],
            pending: self.state.lock().pending.len() as u64,
            shares_revealed: None,
            double_votes: 0,
            committee: 4,
            validators: 5,
            open_proposals: 2,
            protocol: ProtocolStatus {
                version: 1,
                known: 1,
                next: Some((2, 900)),
            },
            disk_bytes: 1,
            ..Status::default()
        })
    }
}
