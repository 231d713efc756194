//! The header of a block, as every Ethereum tool hashes it.

use crate::block::Outcome;
use crate::environment::BlockEnvironment;
use crate::spec::ChainSpec;
use alloy_consensus::{EMPTY_OMMER_ROOT_HASH, Header};
use alloy_eips::eip7685::EMPTY_REQUESTS_HASH;
use alloy_primitives::{Address, B64, B256, U256};
use alloy_trie::EMPTY_ROOT_HASH;

/// The header of the block that executed to `outcome`, with every field that OSAKA asks for.
///
/// `section_hash` is the Keccak-256 of the consensus section, and `state_root` the canonical root of the state after the
/// block.
pub fn seal(
    spec: &ChainSpec,
    environment: &BlockEnvironment,
    outcome: &Outcome,
    section_hash: B256,
    state_root: B256,
) -> Header {
    Header {
        parent_hash: environment.parent_hash,
        ommers_hash: EMPTY_OMMER_ROOT_HASH,
        beneficiary: Address::ZERO,
        state_root,
        transactions_root: outcome.transactions_root,
        receipts_root: outcome.receipts_root,
        logs_bloom: outcome.logs_bloom,
        difficulty: U256::ZERO,
        number: environment.number,
        gas_limit: spec.block_gas_limit,
        gas_used: outcome.gas_used,
        timestamp: environment.timestamp(),
        extra_data: section_hash.0.into(),
        mix_hash: environment.prevrandao,
        nonce: B64::ZERO,
        base_fee_per_gas: Some(0),
        withdrawals_root: Some(EMPTY_ROOT_HASH),
        blob_gas_used: Some(0),
        excess_blob_gas: Some(0),
        parent_beacon_block_root: Some(B256::ZERO),
        requests_hash: Some(EMPTY_REQUESTS_HASH),
        ..Header::default()
    }
}
