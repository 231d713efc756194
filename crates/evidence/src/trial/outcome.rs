//! A registered outcome: salted words, so that it can be sealed, opened and compared field by field.

use crate::digest::sha256;
use alloy_primitives::B256;

/// Names of the fields of an outcome, in the order of its words; the first has the number 1.
pub const FIELDS: [&str; 7] = [
    "id",
    "domain",
    "measurement",
    "metric",
    "aggregation",
    "timePoint",
    "population",
];

/// An outcome as it stands in an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// 1 primary, 2 secondary, 3 other.
    pub level: u8,
    /// id, domain, measurement, metric, aggregation, time point, population; zero where not specified.
    pub words: [B256; 7],
}

impl Outcome {
    /// What stays the same when the outcome is amended.
    pub fn id(&self) -> B256 {
        self.words[0]
    }

    /// The fields in which two outcomes of the same id differ.
    pub fn differences(&self, other: &Self) -> Vec<&'static str> {
        let level = (self.level != other.level).then_some("level");
        let fields = FIELDS.iter().zip(self.words.iter().zip(&other.words));
        let words = fields
            .filter(|(_, (own, others))| own != others)
            .map(|(field, _)| *field);
        level.into_iter().chain(words).collect()
    }
}

/// The word of field number `field` (from 1).
pub fn word(field: u8, salt: &[u8; 16], text: &str) -> B256 {
    sha256(&[b"theriac/trial/outcome/v1", &[field], salt, text.as_bytes()])
}

/// The commitment to a printed name.
pub fn name_word(salt: &[u8; 16], name: &str) -> B256 {
    sha256(&[b"theriac/trial/name/v1", salt, name.as_bytes()])
}
