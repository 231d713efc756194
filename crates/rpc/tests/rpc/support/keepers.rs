//! A keeper in memory, which notes what it is asked.

use std::sync::Arc;

use alloy_primitives::{B256, Bytes};
use async_trait::async_trait;
use parking_lot::Mutex;
use theriac_evidence::{certificate::Finalization, section::Signature};
use theriac_rpc::{ChainFailure, EpochEvidence, Keepers, SealAnswers, SealRequest};

#[derive(Default)]
pub(crate) struct MemoryKeepers {
    pub(crate) asked: Mutex<Vec<SealRequest>>,
}

impl MemoryKeepers {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }
}

#[async_trait]
impl Keepers for MemoryKeepers {
    async fn open(&self, request: SealRequest) -> Result<SealAnswers, ChainFailure> {
        self.asked.lock().push(request);
        Ok(SealAnswers {
            epoch: 3,
            needed: 3,
            answers: vec![(B256::repeat_byte(1), Bytes::from_static(&[7; 5]))],
            refusals: vec![(B256::repeat_byte(2), "OpeningClosed", "closed".to_owned())],
        })
    }

    async fn epoch(&self, epoch: Option<u64>) -> Result<Option<EpochEvidence>, ChainFailure> {
        let epoch = epoch.unwrap_or(3);
        let evidence = EpochEvidence {
            epoch,
            keepers: vec![B256::repeat_byte(1), B256::repeat_byte(2)],
            revealed: vec![B256::repeat_byte(2)],
            exposed: false,
            sharing: Bytes::from_static(&[1]),
            height: 99,
            payload: Bytes::from_static(&[2]),
            section: Bytes::from_static(&[3]),
            headers: vec![Bytes::from_static(&[4])],
            certificate: Finalization {
                epoch: 2,
                view: 8,
                parent_view: 7,
                signature: Signature::ZERO,
            },
        };
        Ok((epoch < 4).then_some(evidence))
    }
}
