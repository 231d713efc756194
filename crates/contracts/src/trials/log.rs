//! The log of a study: an RFC 9162 tree over its entries, of which the peaks are kept.

use std::collections::BTreeMap;

use alloy_primitives::B256;

use super::{
    digest::charged,
    state::{self, PEAKS},
};
use crate::host::{Halt, Host};

/// The peaks of a log while entries are appended to it.
pub(super) struct Frontier {
    study: B256,
    size: u64,
    peaks: BTreeMap<u8, B256>,
    changed: BTreeMap<u8, B256>,
}

impl Frontier {
    /// The log as it stands with `size` entries.
    pub(super) fn load(host: &mut dyn Host, study: B256, size: u64) -> Result<Self, Halt> {
        let state = &mut state::state(host);
        let place = PEAKS.at(state, study)?;
        let mut peaks = BTreeMap::new();
        for level in (0..64).filter(|level| size >> level & 1 == 1) {
            peaks.insert(level, place.at(state, level)?.load(state)?);
        }
        Ok(Self {
            study,
            size,
            peaks,
            changed: BTreeMap::new(),
        })
    }

    /// Appends an entry by its leaf.
    pub(super) fn append(&mut self, host: &mut dyn Host, leaf: B256) -> Result<(), Halt> {
        let (mut node, mut level) = (leaf, 0u8);
        while let Some(left) = self.peaks.remove(&level) {
            node = inner(host, left, node)?;
            level += 1;
        }
        self.peaks.insert(level, node);
        self.changed.retain(|changed, _| *changed > level);
        self.changed.insert(level, node);
        self.size += 1;
        Ok(())
    }

    /// The root over all entries.
    pub(super) fn root(&self, host: &mut dyn Host) -> Result<B256, Halt> {
        let mut peaks = self.peaks.values().copied();
        let mut root = peaks.next().expect("a log has an entry");
        for peak in peaks {
            root = inner(host, peak, root)?;
        }
        Ok(root)
    }

    /// Writes the peaks that are new.
    pub(super) fn save(&self, host: &mut dyn Host) -> Result<(), Halt> {
        let state = &mut state::state(host);
        let place = PEAKS.at(state, self.study)?;
        for (level, node) in &self.changed {
            place.at(state, *level)?.save(state, node)?;
        }
        Ok(())
    }
}

/// The leaf of an entry.
pub(super) fn leaf(host: &mut dyn Host, entry: &[u8]) -> Result<B256, Halt> {
    charged(host, &[&[0], entry])
}

fn inner(host: &mut dyn Host, left: B256, right: B256) -> Result<B256, Halt> {
    charged(host, &[&[1], left.as_slice(), right.as_slice()])
}
