//! What a simulated member saw become final.

use alloy_primitives::B256;
use commonware_consensus::CertifiableBlock as _;
use commonware_consensus::types::Height;
use commonware_glue::simulate::{processed::ProcessedHeight, tracker::FinalizationUpdate};
use commonware_utils::channel::mpsc;
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc};
use theriac_consensus::{Executed, Observer};
use theriac_ledger::block::PublicKey;

/// A final block as a member recorded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recording {
    /// Hash of the block.
    pub hash: B256,
    /// State root after it.
    pub state_root: B256,
    /// Hashes of its transactions.
    pub transactions: Vec<B256>,
}

/// Records final blocks by height; survives crashes of its member, as a disk does.
#[derive(Clone)]
pub struct Recorder {
    recordings: Arc<Mutex<BTreeMap<u64, Recording>>>,
    monitor: Arc<Mutex<Option<mpsc::UnboundedSender<FinalizationUpdate<PublicKey>>>>>,
    me: PublicKey,
}

impl Recorder {
    /// An empty recorder of the member `me`.
    pub fn new(me: PublicKey) -> Self {
        Self {
            recordings: Arc::default(),
            monitor: Arc::default(),
            me,
        }
    }

    /// Reports final blocks to the run's monitor from now on.
    pub fn monitored(&self, monitor: mpsc::UnboundedSender<FinalizationUpdate<PublicKey>>) {
        *self.monitor.lock() = Some(monitor);
    }

    /// All recordings.
    pub fn all(&self) -> BTreeMap<u64, Recording> {
        self.recordings.lock().clone()
    }

    fn height(&self) -> u64 {
        self.recordings
            .lock()
            .last_key_value()
            .map_or(0, |(height, _)| *height)
    }
}

impl Observer for Recorder {
    async fn finalized(&self, executed: Arc<Executed>) {
        let block = &executed.block;
        let recording = Recording {
            hash: block.hash(),
            state_root: block.header().state_root,
            transactions: executed.transactions.iter().map(|each| each.hash).collect(),
        };
        let height = block.header().number;
        if let Some(monitor) = self.monitor.lock().as_ref() {
            let _ = monitor.send(FinalizationUpdate {
                pk: self.me.clone(),
                round: block.context().round,
                height: Height::new(height),
                block_digest: recording.hash.to_vec(),
            });
        }
        let before = self.recordings.lock().insert(height, recording.clone());
        assert!(
            before.is_none_or(|before| before == recording),
            "a member saw two final blocks at height {height}"
        );
    }
}

impl ProcessedHeight for Recorder {
    async fn processed_height(&self) -> u64 {
        self.height()
    }
}
