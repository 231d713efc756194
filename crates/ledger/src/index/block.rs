//! What the index keeps of a block: its header, transactions with senders, and receipts.

use alloy_consensus::{Header, Receipt, ReceiptEnvelope, ReceiptWithBloom, TxType};
use alloy_primitives::{Address, B256, Bytes, Log, keccak256};

/// A block after execution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExecutedBlock {
    /// Keccak-256 of the header's RLP: the block hash.
    pub hash: B256,
    /// The Ethereum header.
    pub header: Header,
    /// Transactions in block order.
    pub transactions: Vec<IndexedTransaction>,
    /// One receipt per transaction, in the same order.
    pub receipts: Vec<IndexedReceipt>,
}

impl ExecutedBlock {
    /// The block's height.
    pub fn height(&self) -> u64 {
        self.header.number
    }

    /// The number of logs in the block before transaction `index`.
    pub fn logs_before(&self, index: usize) -> u64 {
        self.receipts[..index]
            .iter()
            .map(|receipt| receipt.logs.len() as u64)
            .sum()
    }
}

/// A transaction as it was signed, and who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedTransaction {
    /// EIP-2718 bytes.
    pub raw: Bytes,
    /// The recovered signer.
    pub sender: Address,
    /// Keccak-256 of `raw`.
    pub hash: B256,
}

impl IndexedTransaction {
    /// A transaction from its EIP-2718 bytes and recovered signer; the hash is computed.
    pub fn new(raw: Bytes, sender: Address) -> Self {
        let hash = keccak256(&raw);
        Self { raw, sender, hash }
    }
}

/// What executing a transaction did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexedReceipt {
    /// The transaction's type: 0, 1, 2 or 4.
    pub kind: TxType,
    /// Whether it ran to its end: false for a revert or a halt.
    pub success: bool,
    /// Gas used in the block up to and including this transaction.
    pub cumulative_gas_used: u64,
    /// Gas used by this transaction.
    pub gas_used: u64,
    /// The contract that it created.
    pub contract_address: Option<Address>,
    /// The logs that it emitted.
    pub logs: Vec<Log>,
}

impl IndexedReceipt {
    /// The consensus receipt, with its bloom, as it stands in the receipts' trie.
    pub fn envelope(&self) -> ReceiptEnvelope {
        let receipt = Receipt {
            status: self.success.into(),
            cumulative_gas_used: self.cumulative_gas_used,
            logs: self.logs.clone(),
        };
        ReceiptEnvelope::from_typed(self.kind, ReceiptWithBloom::from(receipt))
    }
}
