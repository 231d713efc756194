//! The bounds of one event or of a header, and what was taken of them.

use crate::epcis::limits::Limits;

/// What one value may take of each bound.
#[derive(Clone, Copy)]
pub(crate) struct Unit {
    pub(super) bytes: usize,
    pub(super) nodes: usize,
    pub(super) depth: usize,
}

impl Unit {
    /// A value of something other than EPCIS.
    pub(crate) fn new(bytes: usize, nodes: usize, depth: usize) -> Self {
        Self {
            bytes,
            nodes,
            depth,
        }
    }

    pub(crate) fn event(limits: &Limits) -> Self {
        Self {
            bytes: limits.event_bytes,
            nodes: limits.nodes,
            depth: limits.depth,
        }
    }

    pub(crate) fn header(limits: &Limits) -> Self {
        Self {
            bytes: limits.header_bytes,
            ..Self::event(limits)
        }
    }
}

/// What a unit has taken.
#[derive(Clone, Copy, Default)]
pub(crate) struct Spent {
    pub(super) bytes: usize,
    pub(super) nodes: usize,
}
