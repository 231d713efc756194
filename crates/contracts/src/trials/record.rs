//! The record of a subject and the sums over subjects, as they are hashed: for clients too; no state.

use alloy_primitives::{B256, U256};

/// Bytes of a record.
pub const RECORD_BYTES: usize = 82;
/// Bytes of sums.
pub const SUMS_BYTES: usize = 48;

/// A subject as a leaf of the sum tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The slot.
    pub slot: u32,
    /// The site.
    pub site: u16,
    /// Code of the status.
    pub status: u8,
    /// Version of the schedule.
    pub schedule: u16,
    /// Entries that concern it.
    pub entries: u32,
    /// Items of captures and corrections.
    pub items: u64,
    /// Nulls of captures.
    pub nulls: u64,
    /// Forms of due visits that were neither captured nor declared missed.
    pub missing: u32,
    /// Queries that are open or answered.
    pub open_queries: u32,
    /// 1 while data lack the investigator's signature.
    pub unsigned: u8,
    /// Mask of visits that are due.
    pub due: u64,
    /// Version of the consent.
    pub consent: u32,
    /// Last link of the subject's chain.
    pub tip: B256,
}

impl Record {
    /// The bytes that are hashed.
    pub fn encode(&self) -> [u8; RECORD_BYTES] {
        let parts: [&[u8]; 13] = [
            &self.slot.to_be_bytes(),
            &self.site.to_be_bytes(),
            &[self.status],
            &self.schedule.to_be_bytes(),
            &self.entries.to_be_bytes(),
            &self.items.to_be_bytes(),
            &self.nulls.to_be_bytes(),
            &self.missing.to_be_bytes(),
            &self.open_queries.to_be_bytes(),
            &[self.unsigned],
            &self.due.to_be_bytes(),
            &self.consent.to_be_bytes(),
            self.tip.as_slice(),
        ];
        let bytes = parts.concat();
        bytes.try_into().expect("the fields make up 82 bytes")
    }

    /// What it adds to the sums.
    pub fn sums(&self) -> Sums {
        Sums {
            subjects: 1,
            entries: self.entries.into(),
            items: self.items,
            nulls: self.nulls,
            missing: self.missing.into(),
            open_queries: self.open_queries.into(),
            unsigned: self.unsigned.into(),
        }
    }
}

/// Sums over subjects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Subjects.
    pub subjects: u32,
    /// Entries that concern them.
    pub entries: u64,
    /// Items of captures and corrections.
    pub items: u64,
    /// Nulls of captures.
    pub nulls: u64,
    /// Forms that are missing.
    pub missing: u64,
    /// Queries that are open or answered.
    pub open_queries: u64,
    /// Subjects whose data lack the investigator's signature.
    pub unsigned: u32,
}

/// Widths in bits of the sums in one word, the first in the low bits: what a study of [`super::SUBJECTS_MAX`] subjects can reach.
const WIDTHS: [usize; 7] = [24, 40, 56, 56, 32, 24, 24];

impl Sums {
    /// The bytes that are hashed.
    pub fn encode(&self) -> [u8; SUMS_BYTES] {
        let parts: [&[u8]; 7] = [
            &self.subjects.to_be_bytes(),
            &self.entries.to_be_bytes(),
            &self.items.to_be_bytes(),
            &self.nulls.to_be_bytes(),
            &self.missing.to_be_bytes(),
            &self.open_queries.to_be_bytes(),
            &self.unsigned.to_be_bytes(),
        ];
        let bytes = parts.concat();
        bytes.try_into().expect("the fields make up 48 bytes")
    }

    /// The sums of two parts.
    pub fn plus(&self, other: &Self) -> Self {
        Self {
            subjects: self.subjects + other.subjects,
            entries: self.entries + other.entries,
            items: self.items + other.items,
            nulls: self.nulls + other.nulls,
            missing: self.missing + other.missing,
            open_queries: self.open_queries + other.open_queries,
            unsigned: self.unsigned + other.unsigned,
        }
    }

    /// All of them in one word of storage.
    pub(super) fn pack(&self) -> U256 {
        let fields = [
            u64::from(self.subjects),
            self.entries,
            self.items,
            self.nulls,
            self.missing,
            self.open_queries,
            u64::from(self.unsigned),
        ];
        let mut word = U256::ZERO;
        for (field, width) in fields.into_iter().zip(WIDTHS).rev() {
            debug_assert!(field >> width == 0, "a study is bounded");
            word = (word << width) | U256::from(field);
        }
        word
    }

    /// Out of one word of storage.
    pub(super) fn unpack(mut word: U256) -> Self {
        let fields = WIDTHS.map(|width| {
            let field = (word & ((U256::ONE << width) - U256::ONE)).to::<u64>();
            word >>= width;
            field
        });
        let [
            subjects,
            entries,
            items,
            nulls,
            missing,
            open_queries,
            unsigned,
        ] = fields;
        Self {
            subjects: subjects as u32,
            entries,
            items,
            nulls,
            missing,
            open_queries,
            unsigned: unsigned as u32,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_come_back_from_a_word_as_they_were() {
        let sums = Sums {
            subjects: (1 << 24) - 1,
            entries: (1 << 40) - 2,
            items: (1 << 56) - 3,
            nulls: (1 << 56) - 4,
            missing: (1 << 32) - 5,
            open_queries: (1 << 24) - 6,
            unsigned: (1 << 24) - 7,
        };
        assert_eq!(Sums::unpack(sums.pack()), sums);
        assert_eq!(Sums::unpack(U256::ZERO), Sums::default());
        assert_eq!(WIDTHS.iter().sum::<usize>(), 256);
    }
}
