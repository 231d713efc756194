//! What a network fixes at genesis for execution.

use revm::primitives::hardfork::SpecId;

/// The fork of Ethereum whose rules are executed.
pub(crate) const FORK: SpecId = SpecId::OSAKA;

/// The rules of a network that execution needs; every member has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChainSpec {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// Gas that all transactions of a block may use together.
    pub block_gas_limit: u64,
    /// Gas limit that one transaction may ask for, in place of the 2^24 of EIP-7825.
    pub transaction_gas_cap: u64,
    /// Length of an encoded transaction, in bytes.
    pub max_transaction_bytes: usize,
}

impl ChainSpec {
    /// The default limits for the network `chain_id`: 200 M gas a block, 60 M a transaction, 128 KiB.
    pub const fn new(chain_id: u64) -> Self {
        Self {
            chain_id,
            block_gas_limit: 200_000_000,
            transaction_gas_cap: 60_000_000,
            max_transaction_bytes: 128 * 1024,
        }
    }
}
