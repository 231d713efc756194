//! How much of a study's definition is read before it is refused.

/// The bounds of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the text.
    pub bytes: usize,
    /// Values of the text.
    pub nodes: usize,
    /// Levels of nesting.
    pub depth: usize,
    /// Scheduled instances of one timeline.
    pub instances: usize,
    /// Cells of one design's matrix.
    pub cells: usize,
    /// Problems that are listed.
    pub problems: usize,
}

impl Default for Limits {
    /// 32 MiB, two million values, 40 levels, 2,000 instances, 200,000 cells, a thousand problems.
    fn default() -> Self {
        Self {
            bytes: 32 << 20,
            nodes: 2_000_000,
            depth: 40,
            instances: 2_000,
            cells: 200_000,
            problems: 1_000,
        }
    }
}
