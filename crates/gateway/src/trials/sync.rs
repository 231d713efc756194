//! Reads the log of the study into the book, and holds it against the root on the ledger.

use std::time::Duration;

use alloy_primitives::B256;
use theriac_evidence::trial::{Body, log::Frontier};
use theriac_sdk::trials::Entered;

use super::{
    Error, Party,
    book::{BookError, Logged},
};

/// How often a log that grows meanwhile is read again, and after what pause: a node has a block's entries and its state a moment apart.
const ATTEMPTS: usize = 40;
const PAUSE: Duration = Duration::from_millis(25);
/// After so many looks the book itself is doubted: which of its entries is not the ledger's is found by reading all of them, and not waited for.
const DOUBTED: usize = 3;

impl Party {
    /// Reads what was entered since, and destroys keys and datasets of subjects that were erased.
    ///
    /// # Errors
    /// `NoStudy`, `LogDiffers`, `EntryDiffers`; those of book and ledger.
    pub async fn sync(&mut self) -> Result<(), Error> {
        let study = self.study()?;
        let outcome = self.follow(study).await;
        if let Err(Error::LogDiffers | Error::Book(BookError::EntryDiffers(_))) = outcome {
            // What differs may be mended: the next look begins anew.
            self.log = Frontier::new();
        }
        if let Err(Error::LogDiffers) = outcome {
            self.check_entries(study).await?;
        }
        outcome
    }

    async fn follow(&mut self, study: B256) -> Result<(), Error> {
        for attempt in 1..=ATTEMPTS {
            let head = self.client.head().await?;
            let from = self.book.seen()? + 1;
            let entries = self.client.trial_entries(study, from).await?;
            check_dense(&entries, self.book.log_size()?)?;
            self.book.keep_entries(&entries, head.number.to())?;
            self.book.keep_beacon(head.number.to(), head.hash)?;
            if self.is_whole(study).await? {
                return self.obey_erasures();
            }
            if attempt == DOUBTED {
                self.check_entries(study).await?;
            }
            tokio::time::sleep(PAUSE).await;
        }
        Err(Error::LogDiffers)
    }

    /// Whether the book's log leads to the root on the ledger; false where the ledger has more by now.
    ///
    /// Entries that led there once are not read again, or each entry would cost as much as all before it.
    async fn is_whole(&mut self, study: B256) -> Result<bool, Error> {
        let told = self.client.trial(study).await?;
        let size = self.book.log_size()?;
        if told.size != size {
            return Ok(false);
        }
        for logged in self.book.log_from(self.log.size(), u32::MAX)? {
            self.log.append(logged.entry.leaf());
        }
        match self.log.root() == told.root {
            true => Ok(true),
            false => Err(Error::LogDiffers),
        }
    }

    /// Holds each entry of the book against the ledger's. Passes where the node's own entries do not lead to the root, or where one of both is only newer.
    ///
    /// # Errors
    /// `EntryDiffers` with the first that is not the ledger's; those of book and ledger.
    async fn check_entries(&self, study: B256) -> Result<(), Error> {
        let before = self.client.head().await?.number;
        let told = self.client.trial_entries(study, 0).await?;
        let (own, told) = (self.book.log_size()?, Self::logged(&told)?);
        let head = self.client.trial(study).await?;
        if (head.size, head.root) != (told.len() as u64, log_root(&told)) {
            return Ok(());
        }
        let seen = self.book.seen()?;
        for logged in told.iter().filter(|logged| logged.entry.height <= seen) {
            let number = logged.entry.number;
            if self.book.logged(number)?.as_ref() != Some(logged) {
                return Err(BookError::EntryDiffers(number).into());
            }
        }
        // A node that is behind has not yet what another told.
        let reached: u64 = self.client.head().await?.number.min(before).to();
        let is_newer = |one: Logged| one.entry.height > reached;
        match own > head.size && !self.book.logged(head.size)?.is_some_and(is_newer) {
            true => Err(BookError::EntryDiffers(head.size).into()),
            false => Ok(()),
        }
    }

    fn obey_erasures(&mut self) -> Result<(), Error> {
        const ERASED: u8 = 23;
        for erased in self.book.log_of_kind(ERASED)? {
            let slot = erased.entry.slot;
            if !self.book.key_wraps(slot)?.is_empty() {
                self.book.destroy_key(slot)?;
                self.forget_key(slot);
            }
            let is_of_others = self.book.subject(slot)?.is_none();
            if is_of_others && !self.book.texts(slot)?.is_empty() {
                self.book.destroy_texts(slot)?;
            }
        }
        self.forget_datasets()
    }

    /// Entries that a transaction made, as the log has them.
    pub(super) fn logged(entries: &[Entered]) -> Result<Vec<Logged>, Error> {
        let read = |one: &Entered| {
            Ok(Logged {
                entry: theriac_evidence::trial::Entry::decode(&one.entry)?,
                body: one.body.clone(),
            })
        };
        entries.iter().map(read).collect()
    }

    /// The newest body of its kind that passes, and what it says of it.
    pub(super) fn newest<T>(
        &self,
        kind: u8,
        pick: impl Fn(Body) -> Option<T>,
    ) -> Result<Option<T>, BookError> {
        let mut found = None;
        for logged in self.book.log_of_kind(kind)? {
            found = pick(logged.body()?).or(found);
        }
        Ok(found)
    }
}

/// Root of a log.
pub(super) fn log_root(log: &[Logged]) -> B256 {
    let mut tree = Frontier::new();
    log.iter()
        .for_each(|logged| tree.append(logged.entry.leaf()));
    tree.root()
}

/// A node that leaves an entry out is not believed.
fn check_dense(entries: &[Entered], size: u64) -> Result<(), Error> {
    let new = entries.iter().filter(|entry| entry.number >= size);
    let is_dense = (size..)
        .zip(new)
        .all(|(number, entry)| entry.number == number);
    match is_dense {
        true => Ok(()),
        false => Err(Error::LogDiffers),
    }
}
