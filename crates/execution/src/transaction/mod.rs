//! Transactions: decoded, checked without state, and their senders recovered.

mod admit;
mod batch;
mod decode;
mod environment;
mod refusal;
mod sender;
#[cfg(test)]
mod tests;

pub use admit::admit;
pub use batch::admit_all;
pub use refusal::TransactionRefusal;

pub(crate) use environment::authorize;
pub(crate) use sender::recover;

use alloy_consensus::TxEnvelope;
use alloy_primitives::{Address, B256, Bytes};
use revm::context::TxEnv;

/// A transaction that passed every check that needs no state.
#[derive(Debug, Clone)]
pub struct Transaction {
    /// The decoded transaction with its signature; type 0, 1, 2 or 4.
    pub envelope: TxEnvelope,
    /// Who signed it.
    pub sender: Address,
    /// Keccak-256 of `raw`.
    pub hash: B256,
    /// The EIP-2718 encoding.
    pub raw: Bytes,
    environment: TxEnv,
}

impl Transaction {
    /// Takes up a transaction that was admitted before, without recovering its sender again.
    pub fn from_admitted(envelope: TxEnvelope, sender: Address) -> Self {
        use alloy_eips::Encodable2718;
        let raw = envelope.encoded_2718().into();
        Self {
            environment: environment::of(&envelope, sender),
            hash: *envelope.tx_hash(),
            envelope,
            sender,
            raw,
        }
    }

    /// The gas limit that the sender signed.
    pub const fn gas_limit(&self) -> u64 {
        self.environment.gas_limit
    }

    pub(crate) const fn environment(&self) -> &TxEnv {
        &self.environment
    }
}
