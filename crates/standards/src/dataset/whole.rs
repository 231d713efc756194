//! A small dataset as a whole.

use super::{DatasetError, Form, Header, Limits, Reader, Report, Row, WriteError, Writer};

/// A header and its rows in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Dataset {
    /// What stands around the rows.
    pub header: Header,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Dataset {
    /// Reads a dataset in any form, with what breaks the standard in it.
    ///
    /// # Errors
    /// See [`DatasetError`].
    pub fn read(bytes: &[u8], limits: Limits) -> Result<(Self, Report), DatasetError> {
        let mut reader = Reader::open(bytes, limits)?;
        let mut rows = Vec::new();
        while let Some(row) = reader.next_row()? {
            rows.push(row);
        }
        let (header, report) = reader.into_parts();
        Ok((Self { header, rows }, report))
    }

    /// Writes the dataset.
    ///
    /// # Errors
    /// See [`WriteError`].
    pub fn write(&self, form: Form) -> Result<(Vec<u8>, Report), WriteError> {
        let mut writer = Writer::open(Vec::new(), self.header.clone(), form)?;
        for row in &self.rows {
            writer.row(row)?;
        }
        writer.finish()
    }
}
