//! A dataset read row by row.
//!
//! ```text
//! members before the rows --> rows, one at a time --> members after them --> end
//! header line of NDJSON   --> rows, a line each                          --> end
//! ```

use super::{
    Checker, DatasetError, DatasetErrorKind as Kind, Form, Header, HeaderError, Json, Limits,
    Report, header::ROWS, inflate::Inflated,
};
use crate::epcis::json::{JsonError, JsonErrorKind, Scanner, Unit};
use std::io::Read;

/// The values of a row, in the order of the columns.
pub type Row = Vec<Json>;

/// Reads a dataset in any form within bounds; only one row is in memory at a time.
pub struct Reader<R> {
    scanner: Scanner<Inflated<R>>,
    limits: Limits,
    header: Header,
    checker: Checker,
    state: State,
    form: Form,
}

#[derive(Clone, Copy)]
enum State {
    Array { first: bool },
    Lines { last: u64 },
    Done,
}

impl<R: Read> Reader<R> {
    /// Reads up to the first row.
    ///
    /// # Errors
    /// The text is no JSON or passes a limit, or what stands there describes no table.
    pub fn open(reader: R, limits: Limits) -> Result<Self, DatasetError> {
        let (scanner, parts) = start(reader, &limits).map_err(in_header)?;
        let header = Header::from_members(parts.members, &limits);
        let header = header.map_err(|error| match error {
            HeaderError::NoColumns if parts.rows_found => in_header(Kind::RowsBeforeColumns),
            other => in_header(other.into()),
        })?;
        let checker = Checker::new(&header, &limits);
        let mut opened = Self {
            state: State::Lines {
                last: scanner.line(),
            },
            scanner,
            limits,
            header,
            checker,
            form: match (parts.rows_found, parts.is_compressed) {
                (_, true) => Form::Dsjc,
                (true, false) => Form::Json,
                (false, false) => Form::NdJson,
            },
        };
        if parts.rows_found {
            opened.state = State::Array { first: true };
            let require = opened.scanner.require(b'[', "an array of rows");
            require.map_err(|error| in_header(error.into()))?;
        } else if opened.is_one_object().map_err(in_header)? {
            opened.form = match parts.is_compressed {
                true => Form::Dsjc,
                false => Form::Json,
            };
        }
        Ok(opened)
    }

    /// What stands around the rows; complete when the last row was read.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How the dataset is written. A JSON object without rows is of [`Form::Json`].
    pub fn form(&self) -> Form {
        self.form
    }

    /// The problems so far; complete when the last row was read.
    pub fn report(&self) -> &Report {
        self.checker.report()
    }

    /// How many rows were read so far.
    pub fn rows(&self) -> u64 {
        self.checker.rows()
    }

    /// Gives up the header and the report.
    pub fn into_parts(self) -> (Header, Report) {
        (self.header, self.checker.into_report())
    }

    /// The next row; `None` at the end. What breaks the standard in it is in the report.
    ///
    /// # Errors
    /// The text is no JSON or passes a limit; nothing more can then be read.
    pub fn next_row(&mut self) -> Result<Option<Row>, DatasetError> {
        let row = self.checker.rows() + 1;
        let state = std::mem::replace(&mut self.state, State::Done);
        let read = self.advance(state);
        read.map_err(|kind| DatasetError {
            kind,
            row: Some(row),
        })
    }

    fn advance(&mut self, state: State) -> Result<Option<Row>, Kind> {
        if matches!(state, State::Done) {
            return Ok(None);
        }
        self.scanner.begin_unit(Unit::new(
            self.limits.row_bytes,
            self.limits.columns.saturating_add(1),
            self.limits.depth,
        ));
        match state {
            State::Done => Ok(None),
            State::Array { first } => {
                if !self.scanner.item(first)? {
                    return self.members_after().map(|()| None);
                }
                self.row(State::Array { first: false })
            }
            State::Lines { last } => {
                if self.scanner.peek()?.is_none() {
                    self.checker.end(&self.header);
                    return Ok(None);
                }
                let line = self.scanner.line();
                let row = self.row(State::Lines { last: line })?;
                if line == last || self.scanner.line() != line {
                    return Err(Kind::NotOneLine { line });
                }
                Ok(row)
            }
        }
    }

    fn row(&mut self, next: State) -> Result<Option<Row>, Kind> {
        let line = self.scanner.line();
        let row = match self.scanner.value()? {
            Json::List(row) => row,
            other => {
                return Err(Kind::NotARow {
                    got: other.kind(),
                    line,
                });
            }
        };
        if self.checker.rows() >= self.limits.rows {
            return Err(Kind::TooManyRows(self.limits.rows));
        }
        self.checker.row(&self.header, &row);
        self.state = next;
        Ok(Some(row))
    }

    fn members_after(&mut self) -> Result<(), Kind> {
        self.scanner.begin_unit(header_unit(&self.limits));
        while let Some(name) = self.scanner.member(false)? {
            let value = self.scanner.value()?;
            self.header.append(name, value)?;
        }
        self.scanner.end_of_text()?;
        self.checker.end(&self.header);
        Ok(())
    }

    /// Whether a header without rows is all there is.
    fn is_one_object(&mut self) -> Result<bool, Kind> {
        Ok(self.scanner.peek()?.is_none())
    }
}

/// What stands before the rows.
struct Parts {
    members: Vec<(String, Json)>,
    rows_found: bool,
    is_compressed: bool,
}

fn start<R: Read>(reader: R, limits: &Limits) -> Result<(Scanner<Inflated<R>>, Parts), Kind> {
    let inflated = Inflated::new(reader, limits).map_err(|error| JsonError {
        kind: JsonErrorKind::Io(error),
        line: 1,
        column: 1,
    })?;
    let is_compressed = inflated.is_compressed();
    let mut scanner = Scanner::new(inflated);
    scanner.begin_unit(header_unit(limits));
    scanner.require(b'{', "an object")?;
    let mut members = Vec::new();
    let mut rows_found = false;
    while let Some(name) = scanner.member(members.is_empty())? {
        rows_found = name == ROWS;
        if rows_found {
            break;
        }
        let value = scanner.value()?;
        members.push((name, value));
        if members.len() > MOST_MEMBERS {
            return Err(scanner.error(JsonErrorKind::TooMany(MOST_MEMBERS)).into());
        }
    }
    let parts = Parts {
        members,
        rows_found,
        is_compressed,
    };
    Ok((scanner, parts))
}

/// Members of a header: the standard has 14.
const MOST_MEMBERS: usize = 1_000;

/// A column has nine values.
fn header_unit(limits: &Limits) -> Unit {
    let nodes = limits.columns.saturating_mul(16).saturating_add(10_000);
    Unit::new(limits.header_bytes, nodes, limits.depth)
}

fn in_header(kind: Kind) -> DatasetError {
    DatasetError { kind, row: None }
}
