//! A request that is made twice, since its answer was lost, is one exit.

use crate::packs::Refusal;

/// The most bytes of a key.
const MOST: usize = 128;

/// Names one request of one caller. Who lost the answer asks again with the same key, and is told what became of the first;
/// who means another exit takes another key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestKey(String);

impl RequestKey {
    /// The key that a caller gave, which is the caller's own: another caller's same text is another key.
    ///
    /// # Errors
    /// `RequestKeyFaulty` where the text is empty, longer than 128 bytes, or not of printable ASCII.
    pub fn new(caller: &str, text: &str) -> Result<Self, Refusal> {
        let is_plain = text.bytes().all(|byte| (b'!'..=b'~').contains(&byte));
        match is_plain && (1..=MOST).contains(&text.len()) {
            true => Ok(Self(format!("{text} {caller}"))),
            false => Err(Refusal::RequestKeyFaulty),
        }
    }

    /// As the book keeps it.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}
