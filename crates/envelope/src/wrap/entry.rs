//! One line of a wrap set.

use super::{Suite, Wrap, WrapError};
use crate::decode::{DecodeError, Reader};

/// The wrap of one version of one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrapEntry {
    /// The record's id.
    pub record: [u8; 32],
    /// The version of the record.
    pub record_version: u32,
    /// Its secret, wrapped to the request's key.
    pub wrap: Wrap,
}

impl WrapEntry {
    pub(super) fn key(&self) -> ([u8; 32], u32) {
        (self.record, self.record_version)
    }

    /// Record, version u32, wrap length u16, wrap; integers big-endian.
    pub(super) fn write(&self, bytes: &mut Vec<u8>) {
        let wrap = self.wrap.encode();
        bytes.extend(self.record);
        bytes.extend(self.record_version.to_be_bytes());
        bytes.extend((wrap.len() as u16).to_be_bytes());
        bytes.extend(wrap);
    }

    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, WrapError> {
        let record = reader.array()?;
        let record_version = reader.u32()?;
        let length = usize::from(reader.u16()?);
        if length > Wrap::encoded_bytes(Suite::XWing) {
            return Err(DecodeError::NotCanonical {
                field: "wrap length",
            }
            .into());
        }
        let wrap = Wrap::decode(reader.bytes(length)?)?;
        Ok(Self {
            record,
            record_version,
            wrap,
        })
    }
}
