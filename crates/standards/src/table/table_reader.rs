//! A table with a header, read row by row.

use super::{
    TableError, TableErrorKind as Kind, TableLimits,
    meter::{AHEAD, Meter, Stopped},
};
use crate::epcis::Excerpt;
use csv::{ErrorKind, Reader, ReaderBuilder, StringRecord};
use std::io::Read;

/// Reads a table within bounds; only one row is in memory at a time.
pub struct Table<R> {
    reader: Reader<Meter<R>>,
    limits: TableLimits,
    header: Vec<String>,
    record: StringRecord,
    rows: u64,
}

/// A row and where it stands.
#[derive(Clone, Copy, Debug)]
pub struct TableRow<'a> {
    record: &'a StringRecord,
    line: u64,
}

impl<'a> TableRow<'a> {
    /// The text of a field, from 0.
    pub fn cell(&self, at: usize) -> Option<&'a str> {
        self.record.get(at)
    }

    /// The line on which it begins, from 1.
    pub fn line(&self) -> u64 {
        self.line
    }

    /// The error that something is wrong with a field, from 0.
    pub(super) fn error(&self, at: usize, kind: Kind) -> TableError {
        TableError {
            kind,
            line: self.line,
            column: at + 1,
        }
    }
}

impl<R: Read> Table<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// There is none, its names are not each another, or it passes a limit.
    pub fn open(reader: R, limits: TableLimits) -> Result<Self, TableError> {
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(AHEAD as usize)
            .from_reader(Meter::new(reader, limits));
        let mut table = Self {
            reader,
            limits,
            header: Vec::new(),
            record: StringRecord::new(),
            rows: 0,
        };
        let at = |column: usize, kind| TableError {
            kind,
            line: 1,
            column,
        };
        if !table.advance()? {
            return Err(at(0, Kind::Empty));
        }
        if table.record.len() > limits.columns {
            return Err(at(0, Kind::TooManyColumns(limits.columns)));
        }
        for (place, name) in table.record.iter().enumerate() {
            let name = name.trim().to_owned();
            if name.is_empty() {
                return Err(at(place + 1, Kind::Nameless));
            }
            if table.header.iter().any(|earlier| is_name(earlier, &name)) {
                return Err(at(place + 1, Kind::Twice(Excerpt::new(&name))));
            }
            table.header.push(name);
        }
        Ok(table)
    }

    /// The names of the columns.
    pub fn header(&self) -> &[String] {
        &self.header
    }

    /// The place of each known column, where it is there. Case does not count.
    ///
    /// # Errors
    /// A column is not known, or one of the first `required` is missing.
    pub fn columns(
        &self,
        known: &[&str],
        required: usize,
    ) -> Result<Vec<Option<usize>>, TableError> {
        for (place, name) in self.header.iter().enumerate() {
            if !known.iter().any(|known| is_name(known, name)) {
                return Err(TableError {
                    kind: Kind::Unknown(Excerpt::new(name)),
                    line: 1,
                    column: place + 1,
                });
            }
        }
        let places: Vec<_> = known.iter().map(|name| self.place(name)).collect();
        match places.iter().take(required).position(Option::is_none) {
            None => Ok(places),
            Some(missing) => Err(TableError {
                kind: Kind::NoColumn(Excerpt::new(known[missing])),
                line: 1,
                column: 0,
            }),
        }
    }

    /// The place of the column of this name. Case does not count.
    pub fn place(&self, name: &str) -> Option<usize> {
        let mut header = self.header.iter();
        header.position(|column| is_name(column, name))
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// The row has another number of fields than the header, is not UTF-8, or passes a limit.
    pub fn next_row(&mut self) -> Result<Option<TableRow<'_>>, TableError> {
        if !self.advance()? {
            return Ok(None);
        }
        let line = self.line();
        let error = |kind| TableError {
            kind,
            line,
            column: 0,
        };
        if self.record.len() != self.header.len() {
            return Err(error(Kind::Fields {
                got: self.record.len(),
                expected: self.header.len(),
            }));
        }
        if self.rows == self.limits.rows {
            return Err(error(Kind::TooManyRows(self.limits.rows)));
        }
        self.rows += 1;
        Ok(Some(TableRow {
            record: &self.record,
            line,
        }))
    }

    fn advance(&mut self) -> Result<bool, TableError> {
        let start = self.reader.position().byte();
        self.reader.get_mut().begin_row(start);
        let read = self.reader.read_record(&mut self.record);
        let found = read.map_err(|error| self.error(error))?;
        if found && self.reader.get_ref().is_unclosed() {
            let line = self.line();
            return Err(TableError {
                kind: Kind::UnclosedQuote,
                line,
                column: 0,
            });
        }
        Ok(found)
    }

    /// The line on which the row begins.
    fn line(&self) -> u64 {
        let position = self.record.position().map_or(0, csv::Position::line);
        position + self.reader.get_ref().leading_lines()
    }

    fn error(&self, error: csv::Error) -> TableError {
        let position = error.position().unwrap_or(self.reader.position());
        let line = position.line() + self.reader.get_ref().leading_lines();
        let (column, kind) = match (self.reader.get_ref().stopped, error.into_kind()) {
            (Some(Stopped::ByBytes), _) => (0, Kind::TooLarge(self.limits.bytes)),
            (Some(Stopped::ByRow), _) => (0, Kind::RowTooLarge(self.limits.row_bytes)),
            (None, ErrorKind::Utf8 { err, .. }) => (err.field() + 1, Kind::NotUtf8),
            (None, ErrorKind::Io(error)) => (0, Kind::Io(error)),
            (None, other) => (0, Kind::Io(std::io::Error::other(format!("{other:?}")))),
        };
        TableError { kind, line, column }
    }
}

fn is_name(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}
