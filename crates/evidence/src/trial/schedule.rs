//! The schedule: how many forms each visit has.

use alloy_primitives::B256;

/// Most visits.
pub const MAX_VISITS: usize = 64;
/// Most forms of all visits.
pub const MAX_CELLS: u32 = 1_024;
/// The first number of a form outside the schedule.
pub const FIRST_EXTRA: u32 = 1 << 31;

/// A schedule as it stands in an entry.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Schedule {
    /// S of the schedule's document.
    pub root: B256,
    /// Forms of each visit.
    pub cells: Vec<u8>,
}

impl Schedule {
    /// Whether the entry leaves the schedule as it was.
    pub fn is_unchanged(&self) -> bool {
        self.cells.is_empty()
    }

    /// Whether it keeps to the bounds.
    pub fn is_within_bounds(&self) -> bool {
        self.cells.len() <= MAX_VISITS && self.cell_count() <= MAX_CELLS
    }

    /// Forms of all visits.
    pub fn cell_count(&self) -> u32 {
        self.cells.iter().map(|forms| u32::from(*forms)).sum()
    }

    /// The cells of the visits in `due`, bit 0 being visit 0.
    pub fn due_cells(&self, due: u64) -> impl Iterator<Item = u32> + '_ {
        let mut first = 0;
        self.cells
            .iter()
            .enumerate()
            .flat_map(move |(visit, forms)| {
                let cells = first..first + u32::from(*forms);
                first = cells.end;
                let is_due = visit < MAX_VISITS && due >> visit & 1 == 1;
                cells.filter(move |_| is_due)
            })
    }
}
