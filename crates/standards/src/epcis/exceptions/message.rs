//! What reports and responses share, and how they are read and printed.

use super::{ExceptionReport, ExceptionResponse, Maybe};
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The largest message that is read, in bytes.
pub const MAX_MESSAGE_BYTES: usize = 4 << 20;

/// A message that could not be read.
#[derive(Debug, Error)]
pub enum ExceptionError {
    /// Larger than [`MAX_MESSAGE_BYTES`].
    #[error("larger than {MAX_MESSAGE_BYTES} bytes")]
    TooLarge,
    /// Not the JSON of such a message; line and column count from 1.
    #[error("line {line}, column {column}: not a message of this kind")]
    Shape {
        /// The line.
        line: usize,
        /// The column.
        column: usize,
    },
}

/// Who sent a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// A verifiable presentation that the sender is an authorised trading partner.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub vp: Maybe<String>,
    /// The sender's Global Location Number.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub gln: Maybe<String>,
    /// Where to write.
    pub email: String,
    /// Where to call.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub phone: Maybe<String>,
}

/// What the buyer wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Resolution {
    /// Data again.
    #[serde(rename = "Send new data")]
    SendNewData,
    /// The product that is missing.
    #[serde(rename = "Send product")]
    SendProduct,
    /// To send product back.
    #[serde(rename = "Return product")]
    ReturnProduct,
    /// The product back.
    #[serde(rename = "Send back product")]
    SendBackProduct,
    /// Money back.
    #[serde(rename = "Credit account")]
    CreditAccount,
    /// To pay for what is kept.
    #[serde(rename = "Debit account")]
    DebitAccount,
}

/// Reads a report.
///
/// # Errors
/// The text is too large or no report.
pub fn read_report(bytes: &[u8]) -> Result<ExceptionReport, ExceptionError> {
    read(bytes)
}

/// Reads a response.
///
/// # Errors
/// The text is too large or no response.
pub fn read_response(bytes: &[u8]) -> Result<ExceptionResponse, ExceptionError> {
    read(bytes)
}

/// The JSON of a report or response.
pub fn write<T: Serialize>(message: &T) -> String {
    serde_json::to_string(message).expect("messages have only names that are texts")
}

fn read<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, ExceptionError> {
    if bytes.len() > MAX_MESSAGE_BYTES {
        return Err(ExceptionError::TooLarge);
    }
    serde_json::from_slice(bytes).map_err(|error| ExceptionError::Shape {
        line: error.line(),
        column: error.column(),
    })
}
