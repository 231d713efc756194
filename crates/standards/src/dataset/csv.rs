//! A dataset as a plain table (RFC 4180) and back.
//!
//! The table has the names of the columns and the values; types, labels and keys are in a header of their own, which is given when a table
//! becomes a dataset. A missing value is an empty field, and an empty text is too where a table is read.

use super::{DataType, Dataset, Header, Json, Number, WriteError};
use crate::{
    epcis::Excerpt,
    table::{Table, TableError, TableLimits},
};
use csv::{QuoteStyle, Writer, WriterBuilder};
use std::io::{self, Read, Write};
use thiserror::Error;

/// Why a table is no dataset of a header.
#[derive(Debug, Error)]
pub enum CsvError {
    /// It is no table, or passes a limit.
    #[error(transparent)]
    Table(#[from] TableError),
    /// A column of the table that the header does not have.
    #[error("the header has no column {0}")]
    Unknown(Excerpt),
    /// A column of the header that the table does not have.
    #[error("the table has no column {0}")]
    Missing(Excerpt),
}

/// Writes the rows of a dataset as a table; only one row is in memory at a time.
pub struct CsvWriter<W: Write> {
    writer: Writer<W>,
}

impl<W: Write> CsvWriter<W> {
    /// Writes the names of the columns.
    ///
    /// # Errors
    /// The target failed.
    pub fn open(target: W, header: &Header) -> Result<Self, WriteError> {
        let mut writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Necessary)
            .from_writer(target);
        let names = header.columns().iter().map(|column| &column.name);
        writer.write_record(names).map_err(io::Error::from)?;
        Ok(Self { writer })
    }

    /// Writes a row: numbers with the digits that they were written with.
    ///
    /// # Errors
    /// The target failed, or the row has not a value for each column.
    pub fn row(&mut self, row: &[Json]) -> Result<(), WriteError> {
        let fields = row.iter().map(|value| match value {
            Json::Null => String::new(),
            Json::Text(text) => text.clone(),
            other => other.to_string(),
        });
        Ok(self.writer.write_record(fields).map_err(io::Error::from)?)
    }

    /// Writes what is still held.
    ///
    /// # Errors
    /// The target failed.
    pub fn finish(self) -> Result<W, WriteError> {
        let finished = self.writer.into_inner();
        Ok(finished.map_err(csv::IntoInnerError::into_error)?)
    }
}

/// Reads a table as the rows of a dataset with this header, whose columns it has by name, in any order.
///
/// A value that is none of its column's type stays a text, and is told when the dataset is written or checked.
///
/// # Errors
/// It is no table, passes a limit, or has other columns.
pub fn read_csv<R: Read>(
    reader: R,
    header: Header,
    limits: TableLimits,
) -> Result<Dataset, CsvError> {
    let mut table = Table::open(reader, limits)?;
    if let Some(name) = table
        .header()
        .iter()
        .find(|name| header.column(name).is_none())
    {
        return Err(CsvError::Unknown(Excerpt::new(name)));
    }
    let mut columns = Vec::new();
    for column in header.columns() {
        let mut names = table.header().iter();
        let place = names.position(|name| *name == column.name);
        let place = place.ok_or_else(|| CsvError::Missing(Excerpt::new(&column.name)))?;
        columns.push((place, column.data_type));
    }
    let mut rows = Vec::new();
    while let Some(row) = table.next_row()? {
        let cell = |(place, data_type): &(usize, Option<DataType>)| {
            value(row.cell(*place).unwrap_or_default(), *data_type)
        };
        rows.push(columns.iter().map(cell).collect());
    }
    let header = header.with_records(rows.len() as u64);
    Ok(Dataset { header, rows })
}

fn value(text: &str, data_type: Option<DataType>) -> Json {
    if text.is_empty() {
        return Json::Null;
    }
    match (data_type, text) {
        (Some(DataType::Integer | DataType::Float | DataType::Double), _) => Number::parse(text)
            .filter(|number| number.to_json() == text)
            .map_or_else(|| Json::text(text), Json::Number),
        (Some(DataType::Boolean), "true") => Json::Bool(true),
        (Some(DataType::Boolean), "false") => Json::Bool(false),
        (Some(_) | None, _) => Json::text(text),
    }
}
