//! Small files between people: JSON of one format, bounded, without other members.

use serde::{Serialize, de::DeserializeOwned};

/// The largest of these files, in bytes.
pub const MAX_FORM_BYTES: usize = 2 << 20;

/// A file of one format.
pub trait Form: Serialize + DeserializeOwned {
    /// Name and version of the format.
    const FORMAT: &'static str;

    /// The format that it says.
    fn format(&self) -> &str;

    /// Reads a file.
    ///
    /// # Errors
    /// [`FormFault`].
    fn read(text: &[u8]) -> Result<Self, FormFault> {
        if text.len() > MAX_FORM_BYTES {
            return Err(FormFault::TooLarge(text.len()));
        }
        let expected = Self::FORMAT;
        let form: Self = serde_json::from_slice(text).map_err(|error| FormFault::Malformed {
            expected,
            line: error.line(),
            column: error.column(),
        })?;
        match form.format() == expected {
            true => Ok(form),
            false => Err(FormFault::Format(expected)),
        }
    }

    /// The file as JSON.
    fn to_json(&self) -> String {
        serde_json::to_string(self).expect("a form is text, numbers and lists")
    }
}

/// Why a file is not of its format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormFault {
    /// Too long.
    #[error("the file has {0} bytes, expected at most {MAX_FORM_BYTES}")]
    TooLarge(usize),
    /// Not the JSON of this form.
    #[error("line {line}, column {column}: not json of the form {expected}")]
    Malformed {
        /// The form.
        expected: &'static str,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
    },
    /// Another format.
    #[error("the file is of another format, expected {0}")]
    Format(&'static str),
}
