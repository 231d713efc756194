//! What a simulated member saw become final.

use alloy_primitives::B256;
use commonware_codec::Encode as _;
use commonware_consensus::{CertifiableBlock as _, types::Height};
use commonware_glue::{
    dkg::{ReshareBlock as _, types::EpochOutcome},
    simulate::{processed::ProcessedHeight, tracker::FinalizationUpdate},
};
use commonware_runtime::{Clock as _, deterministic};
use commonware_utils::{SystemTimeExt as _, channel::mpsc};
use parking_lot::Mutex;
use std::sync::Arc;
use theriac_consensus::{Executed, Observer};
use theriac_ledger::{
    Block,
    block::{Payload, PublicKey},
};

/// A final block as a member recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Its height.
    pub height: u64,
    /// Its hash.
    pub hash: B256,
    /// Hash of its parent.
    pub parent: B256,
    /// State root after it.
    pub state_root: B256,
    /// Its time in milliseconds.
    pub time_ms: u64,
    /// Hashes of its transactions.
    pub transactions: Vec<B256>,
    /// What it says of the next epoch, when it is the last of one.
    pub committee: Option<Committee>,
}

/// An epoch as the last block before it describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committee {
    /// The epoch.
    pub epoch: u64,
    /// Whether its shares are new.
    pub dealt: bool,
    /// Who holds a share of it.
    pub members: Vec<PublicKey>,
    /// How many of the shares were revealed.
    pub revealed: usize,
    /// The group key.
    pub group_key: Vec<u8>,
}

/// A recording with the simulated time at which it was made, in milliseconds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When the member recorded the block.
    pub at_ms: u64,
    /// The block.
    pub recording: Recording,
}

/// A member's final blocks in the order in which it saw them; survives crashes of its member, as a
/// disk does. A block may come again after a crash.
#[derive(Clone)]
pub struct Recorder {
    entries: Arc<Mutex<Vec<Entry>>>,
    member: PublicKey,
}

impl Recorder {
    /// An empty recorder of `member`.
    pub fn new(member: PublicKey) -> Self {
        Self {
            entries: Arc::default(),
            member,
        }
    }

    /// Whose recorder it is.
    pub fn member(&self) -> &PublicKey {
        &self.member
    }

    /// All entries.
    pub fn entries(&self) -> Vec<Entry> {
        self.entries.lock().clone()
    }

    /// The last entry.
    pub fn last(&self) -> Option<Entry> {
        self.entries.lock().last().cloned()
    }
}

impl ProcessedHeight for Recorder {
    async fn processed_height(&self) -> u64 {
        let entries = self.entries.lock();
        let heights = entries.iter().map(|entry| entry.recording.height);
        heights.max().unwrap_or_default()
    }
}

/// Writes a recorder while its member runs. The clock and the monitor belong to one run and end with
/// the member's actors; the recorder outlives both.
#[derive(Clone)]
pub(crate) struct Scribe {
    pub(crate) recorder: Recorder,
    pub(crate) clock: Arc<deterministic::Context>,
    /// None for a liar: what it reports proves nothing.
    pub(crate) monitor: Option<mpsc::UnboundedSender<FinalizationUpdate<PublicKey>>>,
}

fn committee(block: &Block) -> Option<Committee> {
    let Some(Payload::EpochInfo(info)) = block.payload() else {
        return None;
    };
    Some(Committee {
        epoch: info.epoch.get(),
        dealt: info.outcome == EpochOutcome::Success,
        members: info.output.players().iter().cloned().collect(),
        revealed: info.output.revealed().len(),
        group_key: info.output.public().public().encode().to_vec(),
    })
}

impl Observer for Scribe {
    async fn finalized(&self, executed: Arc<Executed>) {
        let block = &executed.block;
        let header = block.header();
        let recording = Recording {
            height: header.number,
            hash: block.hash(),
            parent: header.parent_hash,
            state_root: header.state_root,
            time_ms: block.section().time_ms,
            transactions: executed.transactions.iter().map(|each| each.hash).collect(),
            committee: committee(block),
        };
        if let Some(monitor) = &self.monitor {
            let _ = monitor.send(FinalizationUpdate {
                pk: self.recorder.member.clone(),
                round: block.context().round,
                height: Height::new(recording.height),
                block_digest: recording.hash.to_vec(),
            });
        }
        let at_ms = self.clock.current().epoch_millis();
        self.recorder
            .entries
            .lock()
            .push(Entry { at_ms, recording });
    }
}
