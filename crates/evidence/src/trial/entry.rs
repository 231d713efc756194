//! One entry of a study: 168 bytes.

use super::{Cursor, Malformed, log};
use crate::digest::sha256;
use alloy_primitives::{Address, B256};

/// Bytes of an entry.
pub const ENTRY_BYTES: usize = 168;
const VERSION: u8 = 1;

/// One event of a study as it stands in the log.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Entry {
    /// What happened: 1 to 24.
    pub kind: u8,
    /// The study.
    pub study: B256,
    /// Number in the study, from 0.
    pub number: u64,
    /// The subject, 0 for none.
    pub slot: u32,
    /// Entries of this slot before this one.
    pub subject_number: u32,
    /// The site, 0 for none.
    pub site: u16,
    /// Who sent it.
    pub actor: Address,
    /// Height of its block.
    pub height: u64,
    /// Time of its block, milliseconds since 1970.
    pub time_ms: u64,
    /// The claimed time of the observation, 0 for none.
    pub observed_ms: u64,
    /// Height of the block that the entering device knew, 0 for none.
    pub beacon_height: u64,
    /// Hash of that block.
    pub beacon_hash: B256,
    /// S(body).
    pub body: B256,
}

impl Entry {
    /// The bytes that the log holds.
    pub fn encode(&self) -> [u8; ENTRY_BYTES] {
        let parts: [&[u8]; 14] = [
            &[VERSION],
            &[self.kind],
            self.study.as_slice(),
            &self.number.to_be_bytes(),
            &self.slot.to_be_bytes(),
            &self.subject_number.to_be_bytes(),
            &self.site.to_be_bytes(),
            self.actor.as_slice(),
            &self.height.to_be_bytes(),
            &self.time_ms.to_be_bytes(),
            &self.observed_ms.to_be_bytes(),
            &self.beacon_height.to_be_bytes(),
            self.beacon_hash.as_slice(),
            self.body.as_slice(),
        ];
        parts
            .concat()
            .try_into()
            .expect("the fields have 168 bytes together")
    }

    /// Reads what [`Self::encode`] wrote.
    ///
    /// # Errors
    /// Another length or version.
    pub fn decode(bytes: &[u8]) -> Result<Self, Malformed> {
        let mut fields = Cursor::new("entry", bytes);
        let version = fields.u8()?;
        if version != VERSION {
            return Err(Malformed::new(
                "entry.version",
                format!("got {version}, expected 1"),
            ));
        }
        let entry = Self {
            kind: fields.u8()?,
            study: fields.hash()?,
            number: fields.u64()?,
            slot: fields.u32()?,
            subject_number: fields.u32()?,
            site: fields.u16()?,
            actor: fields.address()?,
            height: fields.u64()?,
            time_ms: fields.u64()?,
            observed_ms: fields.u64()?,
            beacon_height: fields.u64()?,
            beacon_hash: fields.hash()?,
            body: fields.hash()?,
        };
        fields.close()?;
        Ok(entry)
    }

    /// Its leaf in the log.
    pub fn leaf(&self) -> B256 {
        log::leaf(&self.encode())
    }
}

/// The id of the sponsor's study with this number.
pub fn study_id(chain_id: u64, organisation: u32, number: u32) -> B256 {
    sha256(&[
        b"theriac/trial/study/v1",
        &chain_id.to_be_bytes(),
        &organisation.to_be_bytes(),
        &number.to_be_bytes(),
    ])
}

/// The subject's chain after another leaf.
pub fn next_tip(tip: &B256, leaf: &B256) -> B256 {
    sha256(&[&[4], tip.as_slice(), leaf.as_slice()])
}
