//! The record of a slot: 82 bytes, a leaf of the sum tree.

use super::{Cursor, Malformed, Sums};
use alloy_primitives::B256;

/// Bytes of a record.
pub const SUBJECT_BYTES: usize = 82;

/// What the contract knows of one subject.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subject {
    /// From 1.
    pub slot: u32,
    /// The site.
    pub site: u16,
    /// 1 consented, 2 randomised, 3 withdrawn, 4 withdrawn with no further capture, 5 completed, 6 screen failure, 7 erased.
    pub status: u8,
    /// Version of the schedule that holds for the slot.
    pub schedule_version: u16,
    /// Entries of the slot.
    pub entries: u32,
    /// Items captured.
    pub items: u64,
    /// Nulls among them.
    pub nulls: u64,
    /// Forms of due visits that were neither captured nor declared missed.
    pub missing: u32,
    /// Open queries.
    pub open_queries: u32,
    /// 1 where an investigator's signature is due.
    pub unsigned: u8,
    /// Mask of due visits.
    pub due_visits: u64,
    /// Version of the consent's document.
    pub consent_version: u32,
    /// The subject's chain.
    pub tip: B256,
}

impl Subject {
    /// The bytes of the leaf.
    pub fn encode(&self) -> [u8; SUBJECT_BYTES] {
        let parts: [&[u8]; 13] = [
            &self.slot.to_be_bytes(),
            &self.site.to_be_bytes(),
            &[self.status],
            &self.schedule_version.to_be_bytes(),
            &self.entries.to_be_bytes(),
            &self.items.to_be_bytes(),
            &self.nulls.to_be_bytes(),
            &self.missing.to_be_bytes(),
            &self.open_queries.to_be_bytes(),
            &[self.unsigned],
            &self.due_visits.to_be_bytes(),
            &self.consent_version.to_be_bytes(),
            self.tip.as_slice(),
        ];
        parts
            .concat()
            .try_into()
            .expect("the fields have 82 bytes together")
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// Another length.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Cursor::new("subject", bytes);
        let subject = Self {
            slot: fields.u32()?,
            site: fields.u16()?,
            status: fields.u8()?,
            schedule_version: fields.u16()?,
            entries: fields.u32()?,
            items: fields.u64()?,
            nulls: fields.u64()?,
            missing: fields.u32()?,
            open_queries: fields.u32()?,
            unsigned: fields.u8()?,
            due_visits: fields.u64()?,
            consent_version: fields.u32()?,
            tip: fields.hash()?,
        };
        fields.close()?;
        Ok(subject)
    }

    /// What it adds to the sums.
    pub fn sums(&self) -> Sums {
        Sums {
            subjects: 1,
            entries: u64::from(self.entries),
            items: self.items,
            nulls: self.nulls,
            missing: u64::from(self.missing),
            open_queries: u64::from(self.open_queries),
            unsigned: u32::from(self.unsigned),
        }
    }
}
