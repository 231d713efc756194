//! A node's own votes on its disk: what it can show when it is accused.
//!
//! A vote is sent before it is written here: the log may lack the last votes before a crash, and slows none.

use super::Signed;
use commonware_runtime::{Clock, ReadOptions, buffer::paged::CacheRef};
use commonware_storage::{
    Context,
    journal::segmented::fixed::{Config, Journal as Storage},
};
use futures::{StreamExt as _, channel::mpsc};
use std::num::NonZeroUsize;

/// Epochs whose votes are kept, besides the running one.
const EPOCHS_KEPT: u64 = 8;
/// Votes after which the log is brought to disk.
const SYNC_EVERY: u64 = 64;

/// Writes votes as they come.
pub struct Journal<E: Context> {
    storage: Storage<E, Signed>,
    unsynced: u64,
}

impl<E: Context + Clock> Journal<E> {
    /// Opens the log under `prefix`.
    ///
    /// # Panics
    /// Where it cannot be opened.
    pub async fn init(
        context: E,
        prefix: &str,
        page_cache: CacheRef,
        write_buffer: NonZeroUsize,
    ) -> Self {
        let config = Config {
            partition: format!("{prefix}-votes"),
            page_cache,
            write_buffer,
        };
        let storage = Storage::init(context, config)
            .await
            .expect("the log of votes opens");
        // Only what was read to its end may be continued: a crash can leave a torn page.
        let mut replay = storage
            .replay(0, 0, write_buffer, ReadOptions::DONT_CACHE)
            .await
            .expect("the log of votes can be read");
        while let Some(vote) = replay.next().await {
            vote.expect("the log of votes can be read");
        }
        let storage = replay.finish().expect("the log of votes can be read");
        Self {
            storage,
            unsynced: 0,
        }
    }

    /// Writes `votes` until there are no more; at the beginning of an epoch, what is too old goes.
    ///
    /// # Panics
    /// Where the disk refuses: a node whose disk fails stops.
    pub(crate) async fn run(mut self, mut votes: mpsc::UnboundedReceiver<Signed>) {
        while let Some(vote) = votes.next().await {
            self = self.append(&vote).await;
        }
    }

    /// Writes one vote.
    ///
    /// # Panics
    /// Where the disk refuses.
    pub async fn append(mut self, vote: &Signed) -> Self {
        let epoch = vote.statement.epoch;
        let oldest = epoch.saturating_sub(EPOCHS_KEPT);
        if self.storage.pruned(epoch) {
            return self;
        }
        if self
            .storage
            .oldest_section()
            .is_some_and(|section| section < oldest)
        {
            (self.storage, _) = self
                .storage
                .prune(oldest)
                .await
                .expect("old votes can be removed");
        }
        (self.storage, _) = self
            .storage
            .append(epoch, vote)
            .await
            .expect("a vote can be written");
        self.unsynced += 1;
        if self.unsynced == SYNC_EVERY {
            self.unsynced = 0;
            self.storage = self
                .storage
                .sync_all()
                .await
                .expect("votes can be brought to disk");
        }
        self
    }

    /// The epochs of which votes are held, in order.
    pub fn epochs(&self) -> Vec<u64> {
        self.storage.sections().collect()
    }

    /// The votes of `epoch`, in the order in which they were cast.
    ///
    /// # Panics
    /// Where they cannot be read.
    pub async fn votes(&self, epoch: u64) -> Vec<Signed> {
        let length = self.storage.section_len(epoch).unwrap_or_default();
        let mut votes = Vec::new();
        for position in 0..length {
            let vote = self.storage.get(epoch, position).await;
            votes.push(vote.expect("a vote can be read"));
        }
        votes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::votes::{Kind, Statement, namespace};
    use alloy_primitives::B256;
    use commonware_cryptography::{Signer as _, ed25519};
    use commonware_runtime::{Runner as _, Supervisor as _, deterministic};
    use commonware_utils::{NZU16, NZUsize};

    fn vote(epoch: u64, view: u64) -> Signed {
        let statement = Statement {
            epoch,
            view,
            kind: Kind::Notarize,
            block: B256::repeat_byte(1),
        };
        Signed::new(&ed25519::PrivateKey::from_seed(1), &namespace(1), statement)
    }

    async fn open(context: &deterministic::Context) -> Journal<deterministic::Context> {
        let cache = CacheRef::new(NZU16!(1_024), NZUsize!(16));
        Journal::init(context.child("votes"), "test", cache, NZUsize!(4_096)).await
    }

    #[test]
    fn votes_are_there_after_a_restart_and_go_after_some_epochs() {
        deterministic::Runner::default().start(|context| async move {
            let mut journal = open(&context).await;
            for epoch in 0..EPOCHS_KEPT + 3 {
                for view in 0..SYNC_EVERY {
                    journal = journal.append(&vote(epoch, view)).await;
                }
            }
            drop(journal);
            let journal = open(&context).await;
            let expected: Vec<u64> = (2..EPOCHS_KEPT + 3).collect();
            assert_eq!(journal.epochs(), expected);
            let read = journal.votes(5).await;
            assert_eq!(read.len() as u64, SYNC_EVERY);
            assert!(
                read.iter()
                    .zip(0..)
                    .all(|(read, view)| *read == vote(5, view))
            );
            let newest = EPOCHS_KEPT + 2;
            let journal = journal.append(&vote(newest, SYNC_EVERY)).await;
            assert_eq!(journal.votes(newest).await.len() as u64, SYNC_EVERY + 1);
        });
    }
}
