//! A block of a bundle: header, section and, where it has one of its own, certificate.

use super::{Failure, Which};
use crate::{
    certificate::{Finalization, GroupKey},
    header::Header,
    hexadecimal,
    section::Section,
};
use alloy_primitives::{B256, keccak256};
use serde::{Deserialize, Serialize};

/// A block as the bundle carries it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct BlockEvidence {
    /// RLP of the header.
    #[serde(with = "hexadecimal")]
    pub header: Vec<u8>,
    /// RLP of the consensus section.
    #[serde(with = "hexadecimal")]
    pub section: Vec<u8>,
    /// The certificate; a block that became final by a later one has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate: Option<Finalization>,
}

/// A block in few words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BlockFacts {
    /// Height.
    pub height: u64,
    /// Hash.
    pub hash: B256,
    /// Milliseconds since 1970.
    pub time_ms: u64,
}

/// A block whose header and section fit each other.
pub(super) struct OpenedBlock {
    pub(super) header: Header,
    pub(super) section: Section,
}

impl OpenedBlock {
    pub(super) fn facts(&self) -> BlockFacts {
        let time_ms = self.section.time_ms;
        BlockFacts {
            height: self.header.number,
            hash: self.header.hash,
            time_ms,
        }
    }
}

impl BlockEvidence {
    /// Decodes header and section and checks that the header commits to the section.
    pub(super) fn open(&self, which: Which) -> Result<OpenedBlock, Failure> {
        let decode = |failure| Failure::Block { which, failure };
        let header = Header::decode(&self.header).map_err(decode)?;
        let hash = keccak256(&self.section);
        let differs = |field, got: String, expected: String| {
            Err(Failure::Section {
                which,
                field,
                got,
                expected,
            })
        };
        if hash != header.section_hash {
            return differs("hash", hash.to_string(), header.section_hash.to_string());
        }
        let section = Section::decode(&self.section).map_err(decode)?;
        if section.history_size != header.number {
            let got = section.history_size.to_string();
            return differs("historySize", got, header.number.to_string());
        }
        if section.time_ms / 1_000 != header.timestamp {
            let got = format!("timeMs {}", section.time_ms);
            return differs("timeMs", got, format!("{} s", header.timestamp));
        }
        Ok(OpenedBlock { header, section })
    }

    /// Checks the certificate, where there is one; tells whether there is.
    pub(super) fn check_certificate(
        &self,
        which: Which,
        hash: &B256,
        (key, chain_id): (&GroupKey, u64),
    ) -> Result<bool, Failure> {
        let Some(certificate) = &self.certificate else {
            return Ok(false);
        };
        certificate
            .verify(key, chain_id, hash)
            .map_err(|failure| Failure::Certificate {
                which,
                hash: *hash,
                failure,
            })?;
        Ok(true)
    }
}
