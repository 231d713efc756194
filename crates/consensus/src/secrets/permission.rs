//! The guard as the scheme table asks it.

use commonware_consensus::types::Epoch;

use super::{JournalGuard, Vote};
use crate::schemes::Permission;

/// A guard that cannot read or write its marks gives no permission: a vote on a guess could be the second one.
impl Permission for JournalGuard {
    fn may_vote(&self, epoch: u64) -> bool {
        match self.enter(Epoch::new(epoch)) {
            Ok(Vote::May) => true,
            Ok(Vote::MayNotThisEpoch) => false,
            Err(error) => {
                tracing::error!(epoch, %error, "following without a vote");
                false
            }
        }
    }
}
