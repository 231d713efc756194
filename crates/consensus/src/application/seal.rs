//! Turns executed transactions into a block whose header commits to everything.

use super::{Batches, Merkleized, Runtime, Shared, run::Stale};
use alloy_consensus::Header;
use alloy_primitives::{B256, Bytes};
use commonware_codec::Encode as _;
use commonware_glue::stateful::db::Merkleized as _;
use theriac_evidence::{
    addresses::HISTORY,
    certificate::prevrandao,
    history::Peaks,
    section::{Section, Seed},
    state::{StateKey, encode_slot},
};
use theriac_execution::{self as execution, BlockEnvironment, Changes, Outcome};
use theriac_ledger::{
    Block,
    block::{BlockContext, Payload},
    state::{Value, key_of, root_of},
};

/// A block before it is sealed.
pub struct Draft {
    /// Header; `extraData` is set again by sealing.
    pub header: Header,
    /// Consensus section.
    pub section: Section,
    /// Key-generation payload.
    pub payload: Option<Payload>,
    /// Transactions in EIP-2718 form.
    pub transactions: Vec<Bytes>,
}

/// What a block is built from besides its transactions.
pub(super) struct Frame {
    pub(super) parent: Block,
    pub(super) context: BlockContext,
    pub(super) time_ms: u64,
    pub(super) seed: Option<Seed>,
    pub(super) peaks_before: Peaks,
    pub(super) payload: Option<Payload>,
}

impl Frame {
    pub(super) fn environment(&self) -> BlockEnvironment {
        BlockEnvironment {
            number: self.parent.header().number + 1,
            time_ms: self.time_ms,
            prevrandao: prevrandao(self.seed.as_ref(), &self.parent.hash()),
            parent_hash: self.parent.hash(),
        }
    }

    fn peaks(&self) -> Peaks {
        let mut peaks = self.peaks_before.clone();
        peaks.append(self.parent.hash());
        peaks
    }

    /// All that the block changes in state: what execution changed, and the history.
    fn changes(&self, outcome: &mut Outcome) -> Changes {
        let mut changes = std::mem::take(&mut outcome.changes);
        for (slot, value) in self.peaks().storage_changes(&self.peaks_before) {
            changes.insert(StateKey::slot(&HISTORY, slot), encode_slot(value));
        }
        changes
    }

    /// Writes the changes and computes the new root.
    pub(super) async fn merkleize<E: Runtime>(
        &self,
        outcome: &mut Outcome,
        mut batches: Batches<E>,
    ) -> Result<Merkleized<E>, Stale> {
        use commonware_glue::stateful::db::Unmerkleized as _;
        use commonware_storage::qmdb::Error;
        for (key, value) in self.changes(outcome) {
            batches = batches.write(key_of(&key), value.map(Value));
        }
        match batches.merkleize().await {
            Ok(merkleized) => Ok(merkleized),
            Err(Error::StaleRead | Error::StaleBatch) => Err(Stale),
            Err(error) => panic!("the state database cannot be extended: {error}"),
        }
    }

    /// The block's parts, complete but for `extraData`.
    pub(super) fn draft<E: Runtime>(
        self,
        shared: &Shared,
        outcome: &Outcome,
        merkleized: &Merkleized<E>,
        transactions: Vec<Bytes>,
    ) -> Draft {
        let section = self.section::<E>(merkleized);
        let state_root = root_of(&merkleized.root());
        let header = execution::seal(
            &shared.chain.spec,
            &self.environment(),
            outcome,
            section.hash(),
            state_root,
        );
        Draft {
            header,
            section,
            payload: self.payload,
            transactions,
        }
    }

    fn section<E: Runtime>(&self, merkleized: &Merkleized<E>) -> Section {
        let peaks = self.peaks();
        Section {
            epoch: self.context.round.epoch().get(),
            view: self.context.round.view().get(),
            leader: B256::from_slice(&self.context.leader.encode()),
            parent_view: self.context.parent.0.get(),
            parent_digest: B256::new(self.context.parent.1.0),
            time_ms: self.time_ms,
            ops_root: root_of(&merkleized.ops_root()),
            ops_start: *merkleized.sync_boundary(),
            ops_end: *merkleized.bounds().tip.size,
            history_root: peaks.root(),
            history_size: peaks.size(),
            seed: self.seed,
            payload_hash: Block::payload_hash(self.payload.as_ref()),
        }
    }
}

impl Draft {
    /// Seals the draft: `extraData` commits to the section.
    pub(super) fn seal(mut self) -> Block {
        self.header.extra_data = Bytes::copy_from_slice(self.section.hash().as_slice());
        Block::new(self.header, self.section, self.payload, self.transactions)
            .expect("a sealed draft commits to its own parts")
    }
}
