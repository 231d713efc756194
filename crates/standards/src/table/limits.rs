//! How much of a table is read before it is refused.

/// The bounds of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableLimits {
    /// Bytes of the table.
    pub bytes: u64,
    /// Bytes of one row, give or take a buffer of eight KiB.
    pub row_bytes: u64,
    /// Columns.
    pub columns: usize,
    /// Rows after the header.
    pub rows: u64,
}

impl Default for TableLimits {
    /// Four GiB, one MiB a row, 4,096 columns, a hundred million rows.
    fn default() -> Self {
        Self {
            bytes: 4 << 30,
            row_bytes: 1 << 20,
            columns: 4_096,
            rows: 100_000_000,
        }
    }
}
