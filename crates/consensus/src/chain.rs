//! What all members of one network have in common: parameters, genesis block, namespaces.

use alloy_consensus::{EMPTY_OMMER_ROOT_HASH, EMPTY_ROOT_HASH, Header};
use alloy_primitives::{Address, B64, B256, Bloom, Bytes, U256};
use commonware_codec::Encode;
use commonware_glue::stateful::db::ManagedDb;
use std::num::NonZeroU64;
use theriac_contracts::GenesisMembers;
use theriac_evidence::section::Section;
use theriac_execution::ChainSpec;
use theriac_ledger::{
    Block, Limits,
    block::{EpochInfo, Payload},
    state::SyncTarget,
};

/// How quickly blocks follow each other.
#[derive(Debug, Clone, Copy)]
pub struct Pacing {
    /// Least distance of two blocks when transactions wait, in milliseconds.
    pub busy_ms: u64,
    /// Distance of two blocks when nothing waits, in milliseconds.
    pub idle_ms: u64,
}

impl Default for Pacing {
    fn default() -> Self {
        Self {
            busy_ms: 50,
            idle_ms: 1_000,
        }
    }
}

/// Largest step of time between a block and its parent, in milliseconds. It bounds how long a vote
/// can be held up by a leader whose clock runs ahead.
pub const TIME_STEP_MAX_MS: u64 = 30_000;
pub use theriac_evidence::section::DRIFT_MS;

/// What becomes of a block's transactions. It is no part of a network's file: members that differ in it
/// do not agree on any state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Execution {
    /// They are executed.
    #[default]
    Full,
    /// They are carried and change nothing, which leaves the engine alone to be measured.
    Empty,
}

/// One network: what its members must agree on before the first block.
#[derive(Debug, Clone)]
pub struct Chain {
    /// Rules of execution.
    pub spec: ChainSpec,
    /// Whether there is any.
    pub execution: Execution,
    /// Organisations and validators at genesis.
    pub members: GenesisMembers,
    /// Bounds of a block.
    pub limits: Limits,
    /// Rhythm of blocks.
    pub pacing: Pacing,
    /// Blocks of an epoch; shares are dealt anew in each.
    pub blocks_per_epoch: NonZeroU64,
    /// Committee and group key of epoch zero.
    pub epoch_zero: EpochInfo,
    /// Time of the genesis block, milliseconds since 1970.
    pub genesis_time_ms: u64,
    /// Hash of the network file; the genesis block carries it.
    pub digest: B256,
    /// Base namespace of consensus signatures.
    pub namespace: Vec<u8>,
}

impl Chain {
    /// The namespace from which the engine derives those of its votes.
    pub fn namespace(chain_id: u64) -> Vec<u8> {
        theriac_evidence::certificate::base_namespace(chain_id)
    }

    /// The namespace of dealers' messages, disjoint from that of votes.
    pub fn ceremony_namespace(&self) -> Vec<u8> {
        ceremony_namespace(self.spec.chain_id)
    }

    /// The namespace of signatures over the ids of seals.
    pub fn seal_namespace(&self) -> Vec<u8> {
        seal_namespace(self.spec.chain_id)
    }

    /// The height whose block announces the committee of `epoch`: the last before the middle of the epoch. What is
    /// final before that block counts. No final block of an epoch can be proposed or checked by a node that has not
    /// been handed this one.
    pub fn announcing_height(&self, epoch: u64) -> u64 {
        announcing_height(self.blocks_per_epoch.get(), epoch)
    }

    /// The epoch that the block at `height` announces the committee of.
    pub(crate) fn announced_by(&self, height: u64) -> Option<u64> {
        let epoch = height / self.blocks_per_epoch.get();
        (height == self.announcing_height(epoch)).then_some(epoch)
    }

    /// The block at height zero. It carries the committee and key of epoch zero; the state that a
    /// network starts with is written by block one.
    pub fn genesis(&self) -> Block {
        let target = initial_target();
        let payload = Payload::EpochInfo(self.epoch_zero.clone());
        let leader = self
            .epoch_zero
            .players
            .iter()
            .next()
            .expect("a committee is never empty");
        let section = Section {
            leader: B256::from_slice(&leader.encode()),
            time_ms: self.genesis_time_ms,
            ops_root: B256::from_slice(target.root.as_ref()),
            ops_start: *target.range.start(),
            ops_end: *target.range.end(),
            payload_hash: Block::payload_hash(Some(&payload)),
            ..Section::default()
        };
        let header = Header {
            extra_data: Bytes::copy_from_slice(section.hash().as_slice()),
            timestamp: self.genesis_time_ms / 1_000,
            gas_limit: self.spec.block_gas_limit,
            mix_hash: self.digest,
            ..empty_header()
        };
        Block::new(header, section, Some(payload), Vec::new())
            .expect("genesis commits to its own parts")
    }
}

fn announcing_height(blocks_per_epoch: u64, epoch: u64) -> u64 {
    (epoch * blocks_per_epoch + blocks_per_epoch / 2).saturating_sub(1)
}

fn ceremony_namespace(chain_id: u64) -> Vec<u8> {
    [b"theriac/", &chain_id.to_be_bytes()[..], b"/reshare"].concat()
}

fn seal_namespace(chain_id: u64) -> Vec<u8> {
    [b"theriac/", &chain_id.to_be_bytes()[..], b"/seal"].concat()
}

fn empty_header() -> Header {
    Header {
        parent_hash: B256::ZERO,
        ommers_hash: EMPTY_OMMER_ROOT_HASH,
        beneficiary: Address::ZERO,
        state_root: B256::ZERO,
        transactions_root: EMPTY_ROOT_HASH,
        receipts_root: EMPTY_ROOT_HASH,
        logs_bloom: Bloom::ZERO,
        difficulty: U256::ZERO,
        nonce: B64::ZERO,
        base_fee_per_gas: Some(0),
        withdrawals_root: Some(EMPTY_ROOT_HASH),
        blob_gas_used: Some(0),
        excess_blob_gas: Some(0),
        parent_beacon_block_root: Some(B256::ZERO),
        requests_hash: Some(alloy_eips::eip7685::EMPTY_REQUESTS_HASH),
        ..Header::default()
    }
}

/// What the database commits to before the first block.
fn initial_target() -> SyncTarget {
    <theriac_ledger::state::StateDatabase<commonware_runtime::tokio::Context> as ManagedDb<
        commonware_runtime::tokio::Context,
    >>::initial_sync_target()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{genesis::bootstrap_namespace, votes};
    use theriac_evidence::certificate::{Purpose, namespace};

    /// Every namespace of a network under which anything is signed.
    fn namespaces(chain_id: u64) -> Vec<Vec<u8>> {
        let chain = |name: &[u8]| [b"theriac/", &chain_id.to_be_bytes()[..], name].concat();
        let mut all: Vec<_> = Purpose::ALL
            .map(|purpose| namespace(chain_id, purpose))
            .to_vec();
        all.extend([
            seal_namespace(chain_id),
            ceremony_namespace(chain_id),
            bootstrap_namespace(chain_id, 0),
            bootstrap_namespace(chain_id, 1),
            votes::namespace(chain_id),
            chain(b"/p2p"),
        ]);
        all
    }

    #[test]
    fn no_message_of_a_network_could_be_another_or_of_another_network() {
        let all = [namespaces(1), namespaces(256)].concat();
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                assert!(!one.starts_with(other) && !other.starts_with(one));
            }
        }
    }

    #[test]
    fn each_epoch_is_announced_once_and_before_its_middle() {
        for blocks in [6, 16, 21, 80, 3_600] {
            let announcing = |epoch: u64| announcing_height(blocks, epoch);
            for epoch in 0..4 {
                let height = announcing(epoch);
                assert!(height >= epoch * blocks && height + 1 == epoch * blocks + blocks / 2);
            }
        }
    }
}
