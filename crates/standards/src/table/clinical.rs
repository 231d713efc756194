//! Clinical data in the long form: a row for each value.

use super::{NullFlavour, Table, TableError, TableErrorKind as Kind, TableLimits, TableRow};
use crate::dataset::date;
use serde::Serialize;
use std::io::Read;

const COLUMNS: [&str; 9] = [
    "subject",
    "visit",
    "form",
    "item",
    "value",
    "unit",
    "null_flavour",
    "reason",
    "observed_at",
];
const REQUIRED: usize = 5;

/// A value of a subject, as it was written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClinicalRow {
    /// The line on which its row begins, from 1.
    pub line: u64,
    /// Who.
    pub subject: String,
    /// At which visit.
    pub visit: String,
    /// On which form.
    pub form: String,
    /// What.
    pub item: String,
    /// The value; `None` where a null flavour says why there is none.
    pub value: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Why there is no value.
    pub null_flavour: Option<NullFlavour>,
    /// Why, in words.
    pub reason: Option<String>,
    /// When it was observed: a date or time of ISO 8601, perhaps partial.
    pub observed_at: Option<String>,
}

/// Reads the long form.
pub struct LongReader<R> {
    table: Table<R>,
    places: Vec<Option<usize>>,
}

impl<R: Read> LongReader<R> {
    /// Reads the header.
    ///
    /// # Errors
    /// A column is missing or not known, or the header is none.
    pub fn open(reader: R, limits: TableLimits) -> Result<Self, TableError> {
        let table = Table::open(reader, limits)?;
        let places = table.columns(&COLUMNS, REQUIRED)?;
        Ok(Self { table, places })
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// A field is empty or not as its column has it, or the table passes a limit.
    pub fn next_value(&mut self) -> Result<Option<ClinicalRow>, TableError> {
        let Some(row) = self.table.next_row()? else {
            return Ok(None);
        };
        let fields = Fields {
            row,
            places: &self.places,
        };
        fields.read().map(Some)
    }
}

struct Fields<'a> {
    row: TableRow<'a>,
    places: &'a [Option<usize>],
}

impl Fields<'_> {
    fn read(&self) -> Result<ClinicalRow, TableError> {
        let value = self.maybe(4);
        let null_flavour = self.checked(6, Kind::NullFlavour, NullFlavour::parse)?;
        if value.is_some() == null_flavour.is_some() {
            return Err(self.error(4, Kind::ValueOrNull));
        }
        Ok(ClinicalRow {
            line: self.row.line(),
            subject: self.required(0, "a subject")?,
            visit: self.required(1, "a visit")?,
            form: self.required(2, "a form")?,
            item: self.required(3, "an item")?,
            value,
            unit: self.maybe(5),
            null_flavour,
            reason: self.maybe(7),
            observed_at: self.checked(8, Kind::NotIso, iso)?,
        })
    }

    fn error(&self, column: usize, kind: Kind) -> TableError {
        self.row.error(self.places[column].unwrap_or(0), kind)
    }

    /// The text of a column; an empty one counts as none.
    fn maybe(&self, column: usize) -> Option<String> {
        let text = self.row.cell(self.places[column]?)?;
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn required(&self, column: usize, expected: &'static str) -> Result<String, TableError> {
        let text = self.maybe(column).filter(|text| !text.trim().is_empty());
        text.ok_or_else(|| self.error(column, Kind::Blank(expected)))
    }

    fn checked<T>(
        &self,
        column: usize,
        kind: Kind,
        read: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, TableError> {
        let Some(text) = self.maybe(column) else {
            return Ok(None);
        };
        match read(&text) {
            Some(value) => Ok(Some(value)),
            None => Err(self.error(column, kind)),
        }
    }
}

/// The text where it is a date or time of ISO 8601.
pub(super) fn iso(text: &str) -> Option<String> {
    date::date_time(text).map(|_| text.to_owned())
}
