//! A record in the storage of the contract `records`.

use super::mapping_slot;
use crate::hexadecimal;
use alloy_primitives::{Address, B256, U256};
use serde::{Deserialize, Serialize};

/// Slots of `records.records[record]`, a struct of six slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordSlots(U256);

impl RecordSlots {
    /// The slots of `record`.
    pub fn of(record: B256) -> Self {
        Self(mapping_slot(U256::ZERO, record))
    }

    /// The slot at `offset` of the struct, 0 to 5.
    pub fn at(&self, offset: u64) -> U256 {
        self.0.wrapping_add(U256::from(offset))
    }

    /// `bytes32 commitment`.
    pub fn commitment(&self) -> U256 {
        self.at(0)
    }

    /// `bytes32 contentId`.
    pub fn content_id(&self) -> U256 {
        self.at(1)
    }

    /// `bytes32 wrapId`.
    pub fn wrap_id(&self) -> U256 {
        self.at(2)
    }

    /// `bytes32 chart`.
    pub fn chart(&self) -> U256 {
        self.at(3)
    }

    /// `address author; uint8 kind; uint8 protection; uint8 status; uint32 version`.
    pub fn author(&self) -> U256 {
        self.at(4)
    }

    /// `uint64 registeredHeight, registeredTimeMs, changedHeight, changedTimeMs`.
    pub fn times(&self) -> U256 {
        self.at(5)
    }
}

/// A record as the contract `records` stores it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RecordState {
    /// `sha256("theriac/commitment/v1" || salt || content id)`.
    #[serde(with = "hexadecimal")]
    pub commitment: B256,
    /// Merkle root of the ciphertext.
    #[serde(with = "hexadecimal")]
    pub content_id: B256,
    /// Content id of the key wrapped to the patient.
    #[serde(with = "hexadecimal")]
    pub wrap_id: B256,
    /// The chart that the record belongs to.
    #[serde(with = "hexadecimal")]
    pub chart: B256,
    /// Who registered it.
    #[serde(with = "hexadecimal")]
    pub author: Address,
    /// Index in the closed list of kinds.
    pub kind: u8,
    /// As the contract numbers it: 1 direct, 2 sealed.
    pub protection: u8,
    /// As the contract numbers it: 1 current, 2 withdrawn, 3 erased.
    pub status: u8,
    /// Starts at 1.
    pub version: u32,
    /// Height of the block that registered it.
    pub registered_height: u64,
    /// Time of that block, milliseconds since 1970.
    pub registered_time_ms: u64,
    /// Height of the last change.
    pub changed_height: u64,
    /// Time of the last change, milliseconds since 1970.
    pub changed_time_ms: u64,
}

impl RecordState {
    /// The six words in the order of their slots.
    pub fn to_words(&self) -> [U256; 6] {
        let mut author = U256::from_be_slice(self.author.as_slice());
        author |= U256::from(self.kind) << 160;
        author |= U256::from(self.protection) << 168;
        author |= U256::from(self.status) << 176;
        author |= U256::from(self.version) << 184;
        let times = U256::from_limbs([
            self.registered_height,
            self.registered_time_ms,
            self.changed_height,
            self.changed_time_ms,
        ]);
        [
            self.commitment.into(),
            self.content_id.into(),
            self.wrap_id.into(),
            self.chart.into(),
            author,
            times,
        ]
    }

    /// Reads the six words in the order of their slots; bits above the packed fields are ignored.
    pub fn from_words(words: [U256; 6]) -> Self {
        let author: [u8; 32] = words[4].to_be_bytes();
        let [
            registered_height,
            registered_time_ms,
            changed_height,
            changed_time_ms,
        ] = words[5].into_limbs();
        Self {
            commitment: words[0].into(),
            content_id: words[1].into(),
            wrap_id: words[2].into(),
            chart: words[3].into(),
            author: Address::from_slice(&author[12..]),
            kind: author[11],
            protection: author[10],
            status: author[9],
            version: u32::from_be_bytes([author[5], author[6], author[7], author[8]]),
            registered_height,
            registered_time_ms,
            changed_height,
            changed_time_ms,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn record_survives_its_words() {
        let record = RecordState {
            commitment: B256::repeat_byte(1),
            content_id: B256::repeat_byte(2),
            wrap_id: B256::repeat_byte(3),
            chart: B256::repeat_byte(4),
            author: Address::repeat_byte(5),
            kind: 6,
            protection: 7,
            status: 8,
            version: 0x0102_0304,
            registered_height: 9,
            registered_time_ms: 10,
            changed_height: 11,
            changed_time_ms: u64::MAX,
        };
        assert_eq!(RecordState::from_words(record.to_words()), record);
        assert_eq!(
            format!("{:064x}", record.to_words()[4]),
            "0000000000010203040807060505050505050505050505050505050505050505"
        );
    }
}
