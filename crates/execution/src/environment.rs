//! The block in which transactions execute, as far as they can see it.

use crate::spec::ChainSpec;
use alloy_primitives::{Address, B256, U256};
use revm::context::{BlockEnv, CfgEnv};
use revm::context_interface::block::BlobExcessGasAndPrice;

/// What transactions see of their block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockEnvironment {
    /// Height.
    pub number: u64,
    /// Milliseconds since 1970; contracts in Solidity see the seconds.
    pub time_ms: u64,
    /// Hash of the seed that the block carries.
    pub prevrandao: B256,
    /// Hash of the block before.
    pub parent_hash: B256,
}

impl BlockEnvironment {
    /// Seconds since 1970, the floor of the milliseconds.
    pub const fn timestamp(&self) -> u64 {
        self.time_ms / 1000
    }

    pub(crate) fn to_revm(self, spec: &ChainSpec) -> BlockEnv {
        BlockEnv {
            number: U256::from(self.number),
            beneficiary: Address::ZERO,
            timestamp: U256::from(self.timestamp()),
            gas_limit: spec.block_gas_limit,
            basefee: 0,
            difficulty: U256::ZERO,
            prevrandao: Some(self.prevrandao),
            blob_excess_gas_and_price: Some(BlobExcessGasAndPrice {
                excess_blob_gas: 0,
                blob_gasprice: 1,
            }),
            slot_num: 0,
        }
    }
}

pub(crate) fn configuration(spec: &ChainSpec) -> CfgEnv {
    let mut cfg = CfgEnv::new_with_spec(crate::spec::FORK).with_chain_id(spec.chain_id);
    cfg.tx_gas_limit_cap = Some(spec.transaction_gas_cap);
    cfg
}
