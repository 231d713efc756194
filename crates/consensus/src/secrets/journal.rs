//! A node that lost its journal does not vote again in that epoch.
//!
//! A vote that was cast and forgotten can be cast again for something else, so a node may sign in an epoch only on
//! the journal with which it entered that epoch. The storage directory carries a random id and the last epoch entered;
//! the secrets carry the same two. They are compared before each epoch's share is used:
//!
//! ```text
//! secrets know nothing, or an earlier epoch      -> may vote: this node never voted in this epoch
//! same id, storage entered this epoch            -> may vote: the votes of this epoch are in the journal
//! id absent or different, storage is older       -> may not vote before the next epoch
//! secrets know a later epoch                     -> may not vote: the node was rolled back
//! ```
//!
//! Not seen: a storage directory put back to an earlier moment of the same epoch, and one node directory running on
//! two machines. Where the secrets are gone too, so is the share, and the next key generation gives another.

use std::{
    io,
    path::{Path, PathBuf},
};

use commonware_consensus::types::Epoch;
use rand::Rng as _;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::durable;

const STORAGE_MARK: &str = "journal.json";
const SECRETS_MARK: &str = "participation.json";
const VERSION: u32 = 1;

/// Whether a node may sign in an epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use]
pub enum Vote {
    /// The node has every vote it cast in this epoch.
    May,
    /// The node may have voted and forgotten: it follows without its share until the next epoch.
    MayNotThisEpoch,
}

/// The marks could not be read or written.
#[derive(Debug, Error)]
pub enum JournalError {
    /// The file system refused.
    #[error("journal mark {path}: {source}")]
    Disk {
        /// The mark.
        path: PathBuf,
        /// What the file system said.
        #[source]
        source: io::Error,
    },
    /// The mark is not one: voting on it would be a guess.
    #[error(
        "journal mark {path} is not readable as one: {source}; remove the storage directory, the node then syncs again and votes from the next epoch"
    )]
    Damaged {
        /// The mark.
        path: PathBuf,
        /// Why.
        #[source]
        source: serde_json::Error,
    },
}

/// Compares a node's storage directory with what its secrets remember of it.
#[derive(Clone, Debug)]
pub struct JournalGuard {
    storage: PathBuf,
    secrets: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Mark {
    version: u32,
    /// 16 random bytes in hex, made with the storage directory.
    journal: String,
    /// The last epoch entered with that journal.
    epoch: u64,
}

impl JournalGuard {
    /// A guard over the two directories of one node; nothing is read yet.
    pub fn new(storage: impl Into<PathBuf>, secrets: impl Into<PathBuf>) -> Self {
        Self {
            storage: storage.into(),
            secrets: secrets.into(),
        }
    }

    /// Whether the node may sign in `epoch`. Changes nothing.
    ///
    /// # Errors
    /// [`JournalError`] where a mark cannot be read.
    pub fn check(&self, epoch: Epoch) -> Result<Vote, JournalError> {
        let remembered = read_mark(&self.secrets.join(SECRETS_MARK))?;
        let present = read_mark(&self.storage.join(STORAGE_MARK))?;
        Ok(decide(remembered.as_ref(), present.as_ref(), epoch.get()))
    }

    /// Checks `epoch` and, where the node may vote, records that it enters it with this journal.
    ///
    /// To be called before the first signature of each epoch, on every start: durable when it returns.
    ///
    /// # Errors
    /// [`JournalError`]: the node must then not sign.
    pub fn enter(&self, epoch: Epoch) -> Result<Vote, JournalError> {
        let remembered = read_mark(&self.secrets.join(SECRETS_MARK))?;
        let present = read_mark(&self.storage.join(STORAGE_MARK))?;
        let vote = decide(remembered.as_ref(), present.as_ref(), epoch.get());
        if vote == Vote::MayNotThisEpoch {
            return Ok(vote);
        }
        let mark = Mark {
            version: VERSION,
            journal: present.map_or_else(random_journal_id, |mark| mark.journal),
            epoch: epoch.get(),
        };
        // The storage first: a crash in between leaves storage ahead of secrets, which is no loss.
        write_mark(&self.storage, STORAGE_MARK, &mark)?;
        write_mark(&self.secrets, SECRETS_MARK, &mark)?;
        Ok(vote)
    }
}

fn decide(remembered: Option<&Mark>, present: Option<&Mark>, epoch: u64) -> Vote {
    let Some(remembered) = remembered else {
        return Vote::May;
    };
    if remembered.epoch < epoch {
        return Vote::May;
    }
    let same_journal = present.is_some_and(|present| {
        present.journal == remembered.journal && present.epoch >= remembered.epoch
    });
    if same_journal && remembered.epoch == epoch {
        Vote::May
    } else {
        Vote::MayNotThisEpoch
    }
}

fn read_mark(path: &Path) -> Result<Option<Mark>, JournalError> {
    let bytes = durable::read_private(path).map_err(|source| JournalError::Disk {
        path: path.to_owned(),
        source,
    })?;
    bytes
        .map(|bytes| serde_json::from_slice(&bytes))
        .transpose()
        .map_err(|source| JournalError::Damaged {
            path: path.to_owned(),
            source,
        })
}

fn write_mark(directory: &Path, name: &str, mark: &Mark) -> Result<(), JournalError> {
    let path = directory.join(name);
    let bytes = serde_json::to_vec(mark).expect("a mark is numbers and text");
    std::fs::create_dir_all(directory)
        .and_then(|()| durable::write_private(&path, &bytes))
        .map_err(|source| JournalError::Disk { path, source })
}

fn random_journal_id() -> String {
    let mut id = [0; 16];
    rand::rng().fill_bytes(&mut id);
    hex::encode(id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    struct Node {
        root: tempfile::TempDir,
    }

    impl Node {
        fn new() -> Self {
            Self {
                root: tempfile::tempdir().expect("a temporary directory"),
            }
        }

        fn guard(&self) -> JournalGuard {
            JournalGuard::new(
                self.root.path().join("storage"),
                self.root.path().join("secrets"),
            )
        }

        fn enter(&self, epoch: u64) -> Vote {
            self.guard()
                .enter(Epoch::new(epoch))
                .expect("readable marks")
        }

        fn wipe_storage(&self) {
            fs::remove_dir_all(self.root.path().join("storage")).expect("storage is there");
        }
    }

    #[test]
    fn a_new_node_votes_and_goes_on_voting_after_restarts() {
        let node = Node::new();
        assert_eq!(node.enter(0), Vote::May);
        assert_eq!(node.enter(0), Vote::May);
        assert_eq!(node.enter(1), Vote::May);
        assert_eq!(node.enter(1), Vote::May);
    }

    #[test]
    fn a_node_that_lost_its_storage_is_silent_until_the_next_epoch() {
        let node = Node::new();
        assert_eq!(node.enter(3), Vote::May);
        node.wipe_storage();
        assert_eq!(node.enter(3), Vote::MayNotThisEpoch);
        assert_eq!(
            node.enter(3),
            Vote::MayNotThisEpoch,
            "a restart does not help"
        );
        assert_eq!(node.enter(4), Vote::May);
        assert_eq!(node.enter(4), Vote::May);
    }

    #[test]
    fn the_storage_of_another_node_does_not_count() {
        let (node, other) = (Node::new(), Node::new());
        assert_eq!(node.enter(2), Vote::May);
        assert_eq!(other.enter(2), Vote::May);
        fs::copy(
            other.root.path().join("storage").join(STORAGE_MARK),
            node.root.path().join("storage").join(STORAGE_MARK),
        )
        .expect("copy the mark");
        assert_eq!(node.enter(2), Vote::MayNotThisEpoch);
    }

    #[test]
    fn storage_put_back_to_an_earlier_epoch_is_silent() {
        let node = Node::new();
        assert_eq!(node.enter(1), Vote::May);
        let mark = node.root.path().join("storage").join(STORAGE_MARK);
        let earlier = fs::read(&mark).expect("the mark of epoch one");
        assert_eq!(node.enter(2), Vote::May);
        fs::write(&mark, earlier).expect("roll back");
        assert_eq!(node.enter(2), Vote::MayNotThisEpoch);
        assert_eq!(
            node.enter(1),
            Vote::MayNotThisEpoch,
            "a past epoch is never signed again"
        );
        assert_eq!(node.enter(3), Vote::May);
    }

    #[test]
    fn a_crash_between_the_two_marks_costs_no_vote() {
        let node = Node::new();
        assert_eq!(node.enter(1), Vote::May);
        let mark = node.root.path().join("secrets").join(SECRETS_MARK);
        let before = fs::read(&mark).expect("the mark of epoch one");
        assert_eq!(node.enter(2), Vote::May);
        fs::write(&mark, before).expect("as if the second write had not happened");
        assert_eq!(node.enter(2), Vote::May);
    }

    #[test]
    fn checking_changes_nothing() {
        let node = Node::new();
        assert_eq!(
            node.guard().check(Epoch::new(5)).expect("readable"),
            Vote::May
        );
        assert!(!node.root.path().join("storage").exists());
        assert!(!node.root.path().join("secrets").exists());
    }

    #[test]
    fn a_damaged_mark_is_an_error_and_not_a_permission() {
        let node = Node::new();
        assert_eq!(node.enter(0), Vote::May);
        fs::write(node.root.path().join("storage").join(STORAGE_MARK), b"{}").expect("damage");
        let error = node.guard().enter(Epoch::zero()).expect_err("damaged");
        assert!(matches!(error, JournalError::Damaged { .. }));
    }
}
