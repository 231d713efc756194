//! How much of a dataset a reader accepts before it refuses.

/// The bounds of one reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of all that stands outside the rows.
    pub header_bytes: usize,
    /// Bytes of one row.
    pub row_bytes: usize,
    /// Columns of the dataset, and values of one row.
    pub columns: usize,
    /// Rows of the dataset.
    pub rows: u64,
    /// Levels of nesting inside the header or a row.
    pub depth: usize,
    /// Bytes after decompression.
    pub inflated_bytes: u64,
    /// Bytes after decompression for each byte before it, past the first MiB. Deflate reaches 1,032; clinical tables stay below 100.
    pub inflation: u64,
    /// Problems that a report keeps; further ones are counted.
    pub problems: usize,
}

impl Default for Limits {
    /// Four MiB of header, one MiB a row, 4,096 columns, a hundred million rows, 64 GiB inflated at most two-hundredfold.
    fn default() -> Self {
        Self {
            header_bytes: 4 << 20,
            row_bytes: 1 << 20,
            columns: 4_096,
            rows: 100_000_000,
            depth: 16,
            inflated_bytes: 64 << 30,
            inflation: 200,
            problems: 1_000,
        }
    }
}
