//! Why a text is no Electronic Product Code, or elements do not make one.

use crate::gs1::element_string::ElementError;

/// Why a code is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EpcError {
    /// More bytes than are read.
    #[error("{got} bytes: at most {allowed} are read")]
    TooLong {
        /// Bytes found.
        got: usize,
        /// Bytes that are read.
        allowed: usize,
    },
    /// Not a URN of a kind and scheme that is read.
    #[error("no EPC URN of a known scheme")]
    UnknownScheme,
    /// Fewer parts than the scheme has.
    #[error("{expected} parts between dots expected, got {got}")]
    Parts {
        /// Parts of the scheme.
        expected: usize,
        /// Parts found.
        got: usize,
    },
    /// A company prefix of fewer than 6 or more than 12 digits.
    #[error("a company prefix has 6 to 12 digits, got {got}")]
    PrefixLength {
        /// Digits found.
        got: usize,
    },
    /// The part after the company prefix is too short or too long for it.
    #[error("{expected} digits expected after the company prefix, got {got}")]
    ReferenceLength {
        /// Digits that the company prefix leaves.
        expected: usize,
        /// Digits found.
        got: usize,
    },
    /// Nothing after the company prefix.
    #[error("nothing after the company prefix")]
    EmptyReference,
    /// A part that consists of digits has another character.
    #[error("a character is not a digit where digits are expected")]
    NotADigit,
    /// A piece and a number of pieces have two digits each.
    #[error("two digits expected for a piece and for the number of pieces")]
    Piece,
    /// A character that must be written as `%` and two hexadecimal digits.
    #[error("a character must be percent-encoded, or a percent sign has no two hexadecimal digits")]
    Escape,
    /// A pattern does not end with `*`.
    #[error("a pattern ends with *")]
    NotAPattern,
    /// No scheme is known for these elements.
    #[error("no scheme for these elements")]
    NoScheme,
    /// The extension 0 of a place means that there is none.
    #[error("the extension 0 of a place stands for none")]
    ReservedExtension,
    /// The elements are faulty.
    #[error(transparent)]
    Element(#[from] ElementError),
}
