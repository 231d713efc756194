//! The wraps of one approval: its content id is what the patient signs and the ledger holds.

use super::{Wrap, WrapEntry, WrapError};
use crate::ContentId;
use crate::decode::{DecodeError, Reader};

const VERSION: u8 = 1;
/// Entries of one set at most.
pub const MAX_ENTRIES: usize = 4_096;

/// At most 4,096 wraps, sorted by record and version, one for each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapSet {
    entries: Vec<WrapEntry>,
}

impl WrapSet {
    /// Sorts entries into a set.
    ///
    /// # Errors
    /// [`WrapError::TooManyEntries`], [`WrapError::DuplicateEntry`].
    pub fn new(mut entries: Vec<WrapEntry>) -> Result<Self, WrapError> {
        if entries.len() > MAX_ENTRIES {
            return Err(WrapError::TooManyEntries {
                max: MAX_ENTRIES,
                got: entries.len(),
            });
        }
        entries.sort_by_key(WrapEntry::key);
        if entries
            .windows(2)
            .any(|pair| pair[0].key() == pair[1].key())
        {
            return Err(WrapError::DuplicateEntry);
        }
        Ok(Self { entries })
    }

    /// The entries in order.
    pub fn entries(&self) -> &[WrapEntry] {
        &self.entries
    }

    /// The wrap of one version of a record.
    pub fn find(&self, record: &[u8; 32], record_version: u32) -> Option<&Wrap> {
        let found = self
            .entries
            .binary_search_by_key(&(*record, record_version), WrapEntry::key);
        found.ok().map(|index| &self.entries[index].wrap)
    }

    /// The blob for the vault: version 1, count u16 big-endian, entries in ascending order.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![VERSION];
        bytes.extend((self.entries.len() as u16).to_be_bytes());
        self.entries
            .iter()
            .for_each(|entry| entry.write(&mut bytes));
        bytes
    }

    /// Decodes a set; only the encoding that [`WrapSet::encode`] gives is accepted.
    ///
    /// # Errors
    /// [`WrapError::TooManyEntries`], [`WrapError::DuplicateEntry`], [`WrapError::Encoding`].
    pub fn decode(bytes: &[u8]) -> Result<Self, WrapError> {
        let mut reader = Reader::new(bytes);
        reader.version(VERSION)?;
        let count = usize::from(reader.u16()?);
        if count > MAX_ENTRIES {
            return Err(WrapError::TooManyEntries {
                max: MAX_ENTRIES,
                got: count,
            });
        }
        let entries = (0..count)
            .map(|_| WrapEntry::read(&mut reader))
            .collect::<Result<Vec<_>, _>>()?;
        reader.finish()?;
        if !entries.is_sorted_by_key(WrapEntry::key) {
            return Err(DecodeError::NotCanonical {
                field: "order of entries",
            }
            .into());
        }
        Self::new(entries)
    }

    /// The name of the set.
    pub fn content_id(&self) -> ContentId {
        ContentId::of(&self.encode())
    }
}
