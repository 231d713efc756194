//! How much of a registry's record or a table is read before it is refused.

use crate::epcis;

/// The bounds of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Values or elements of the text.
    pub nodes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Outcomes of one list: two lists are compared each with each.
    pub outcomes: usize,
}

impl Default for Limits {
    /// 32 MiB, four million values, 40 levels, a thousand outcomes.
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            nodes: 4_000_000,
            depth: 40,
            outcomes: 1_000,
        }
    }
}

impl Limits {
    pub(super) fn of_text(&self) -> epcis::Limits {
        epcis::Limits {
            event_bytes: self.bytes,
            header_bytes: self.bytes,
            depth: self.depth,
            nodes: self.nodes,
            ..epcis::Limits::default()
        }
    }
}
