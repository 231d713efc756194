//! The bytes of an entry, and the names that are hashes: for clients too; no state.

use alloy_primitives::{Address, B256};

use super::digest::sha256;

/// Version of the entry's format.
const VERSION: u8 = 1;
/// Bytes of an entry.
pub const ENTRY_BYTES: usize = 168;

/// One event of a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Code of its kind.
    pub kind: u8,
    /// The study.
    pub study: B256,
    /// Its number in the study, from 0.
    pub number: u64,
    /// The subject; 0 for none.
    pub slot: u32,
    /// Entries of this slot before this one.
    pub subject_number: u32,
    /// The site; 0 for none.
    pub site: u16,
    /// Who sent it.
    pub actor: Address,
    /// Its block.
    pub height: u64,
    /// Time of that block.
    pub time_ms: u64,
    /// Claimed time of the observation; 0 for none.
    pub observed: u64,
    /// Height of a block that the entering device knew; 0 for none.
    pub beacon_height: u64,
    /// Hash of that block.
    pub beacon_hash: B256,
    /// SHA-256 of the body.
    pub body: B256,
}

impl Entry {
    /// The bytes that are hashed.
    pub fn encode(&self) -> [u8; ENTRY_BYTES] {
        let parts: [&[u8]; 13] = [
            &[VERSION, self.kind],
            self.study.as_slice(),
            &self.number.to_be_bytes(),
            &self.slot.to_be_bytes(),
            &self.subject_number.to_be_bytes(),
            &self.site.to_be_bytes(),
            self.actor.as_slice(),
            &self.height.to_be_bytes(),
            &self.time_ms.to_be_bytes(),
            &self.observed.to_be_bytes(),
            &self.beacon_height.to_be_bytes(),
            self.beacon_hash.as_slice(),
            self.body.as_slice(),
        ];
        let bytes = parts.concat();
        bytes.try_into().expect("the fields make up 168 bytes")
    }
}

/// The identifier of a sponsor's study.
pub fn study_id(chain_id: u64, organisation: u32, number: u32) -> B256 {
    sha256(&[
        STUDY_DOMAIN,
        &chain_id.to_be_bytes(),
        &organisation.to_be_bytes(),
        &number.to_be_bytes(),
    ])
}

pub(super) const STUDY_DOMAIN: &[u8] = b"theriac/trial/study/v1";
