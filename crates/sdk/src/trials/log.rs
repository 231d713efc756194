//! Reads the log of a study as it grew, and watches it grow.

use super::Entered;
use crate::{
    Client, Error,
    watch::{Scope, Update, Watch},
};
use alloy_primitives::B256;
use theriac_contracts::{addresses::TRIALS, interfaces::ITrials};

impl Client {
    /// Entries of a study made at this height or later, in order.
    ///
    /// # Errors
    /// Those of [`Client::events`].
    pub async fn trial_entries(&self, study: B256, from: u64) -> Result<Vec<Entered>, Error> {
        let events = self
            .events::<ITrials::Entered>(TRIALS, &[study], from)
            .await?;
        Ok(events.into_iter().map(Entered::from).collect())
    }

    /// Watches a study from the block after `seen` on, or from the next one.
    #[must_use]
    pub fn watch_trial(&self, study: B256, seen: Option<u64>) -> TrialWatch {
        TrialWatch {
            client: self.clone(),
            study,
            blocks: self.watch(Scope::Blocks, seen),
        }
    }
}

/// A watch of one study that goes on.
pub struct TrialWatch {
    client: Client,
    study: B256,
    blocks: Watch,
}

/// What a block brought to a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Watched {
    /// Its height.
    pub height: u64,
    /// The entries, in order; often none.
    pub entries: Vec<Entered>,
}

impl TrialWatch {
    /// The next block. After an error, calling again goes on where it was.
    ///
    /// # Errors
    /// Those of [`Watch::next`] and of a call.
    pub async fn next(&mut self) -> Result<Watched, Error> {
        loop {
            let Update::Block(head) = self.blocks.next().await? else {
                continue;
            };
            let height = head.number.to();
            let logs = self.client.trial_entries_at(self.study, height).await?;
            return Ok(Watched {
                height,
                entries: logs,
            });
        }
    }
}

impl Client {
    async fn trial_entries_at(&self, study: B256, height: u64) -> Result<Vec<Entered>, Error> {
        use alloy_sol_types::SolEvent as _;
        let topics = [ITrials::Entered::SIGNATURE_HASH, study];
        let logs = self.logs(TRIALS, &topics, (height, height)).await?;
        let decoded = logs
            .iter()
            .map(|log| ITrials::Entered::decode_log(&log.inner).map(|log| log.data.into()));
        let decoded: Result<Vec<Entered>, _> = decoded.collect();
        decoded.map_err(|_| Error::MalformedAnswer("event"))
    }
}
