//! Why a symbol cannot be written or read.

/// Why a symbol is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DataMatrixError {
    /// The elements do not fit into the largest symbol.
    #[error("{got} bytes do not fit into a Data Matrix")]
    TooLong {
        /// Bytes of the raw element string.
        got: usize,
    },
    /// The picture's size does not fit its bytes, or is beyond what is read or drawn.
    #[error("a picture of {width} by {height} with {got} bytes is not read")]
    Picture {
        /// Columns.
        width: usize,
        /// Rows.
        height: usize,
        /// Bytes given.
        got: usize,
    },
    /// There is no symbol that can be read.
    #[error("no Data Matrix found")]
    NotFound,
}
