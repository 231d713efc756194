//! A dataset against the rules of the standard, row by row.

use super::{
    Column, DataType, Header, Json, Limits, Place, Report, Rule, TargetType, date, date::Extent,
};

/// Members that the schema requires.
const REQUIRED: [&str; 7] = [
    "datasetJSONCreationDateTime",
    "datasetJSONVersion",
    "itemGroupOID",
    "records",
    "name",
    "label",
    "columns",
];
/// Members that are texts where they are there.
const TEXTS: [&str; 11] = [
    "datasetJSONCreationDateTime",
    "datasetJSONVersion",
    "fileOID",
    "dbLastModifiedDateTime",
    "originator",
    "studyOID",
    "metaDataVersionOID",
    "metaDataRef",
    "itemGroupOID",
    "name",
    "label",
];
const TIMES: [&str; 2] = ["datasetJSONCreationDateTime", "dbLastModifiedDateTime"];

/// Checks a dataset as its rows come.
pub struct Checker {
    report: Report,
    most: usize,
    rows: u64,
}

impl Checker {
    /// Begins, with what is known before the rows.
    pub fn new(header: &Header, limits: &Limits) -> Self {
        let mut checker = Self {
            report: Report::default(),
            most: limits.problems,
            rows: 0,
        };
        checker.columns(header);
        checker
    }

    /// The problems so far.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// How many rows were checked.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// Checks the next row.
    pub fn row(&mut self, header: &Header, row: &[Json]) {
        self.rows += 1;
        let columns = header.columns();
        if row.len() != columns.len() {
            let rule = Rule::RowLength {
                got: row.len(),
                expected: columns.len(),
            };
            self.push(Place::Row(self.rows), rule);
        }
        for (at, (value, column)) in row.iter().zip(columns).enumerate() {
            let Err(rule) = cell(value, column) else {
                continue;
            };
            let place = Place::Cell {
                row: self.rows,
                column: at + 1,
                name: column.name.clone(),
            };
            self.push(place, rule);
        }
    }

    /// Checks what is known after the last row.
    pub fn end(&mut self, header: &Header) {
        self.members(header);
        let Some(declared) = header.records() else {
            return;
        };
        if declared != self.rows {
            let rule = Rule::Records {
                declared,
                counted: self.rows,
            };
            self.push(Place::Dataset, rule);
        }
    }

    /// Gives up what was found.
    pub fn into_report(self) -> Report {
        self.report
    }

    fn push(&mut self, place: Place, rule: Rule) {
        self.report.push(self.most, place, rule);
    }

    fn members(&mut self, header: &Header) {
        for name in REQUIRED {
            if header.member(name).is_none() {
                self.push(Place::Header(name), Rule::Missing);
            }
        }
        for name in TEXTS {
            let Some(value) = header.member(name) else {
                continue;
            };
            let Some(text) = value.as_str() else {
                self.push(Place::Header(name), kind(value, "a text"));
                continue;
            };
            if TIMES.contains(&name) && date::date_time(text) != Some(Extent::Whole) {
                self.push(Place::Header(name), Rule::HeaderTime);
            }
            if name == "datasetJSONVersion" && !is_version(text) {
                self.push(Place::Header(name), Rule::Version);
            }
        }
        match header.member("records") {
            Some(value) if header.records().is_none() => {
                self.push(
                    Place::Header("records"),
                    kind(value, "a whole number from 0"),
                );
            }
            Some(_) | None => {}
        }
        self.source_system(header);
    }

    fn source_system(&mut self, header: &Header) {
        let Some(system) = header.member("sourceSystem") else {
            return;
        };
        let place = Place::Header("sourceSystem");
        if !matches!(system, Json::Object(_)) {
            return self.push(place, kind(system, "an object"));
        }
        let is_text = |name| system.get(name).and_then(Json::as_str).is_some();
        if !is_text("name") || !is_text("version") {
            self.push(place, Rule::Missing);
        }
    }

    fn columns(&mut self, header: &Header) {
        let Some(Json::List(described)) = header.member("columns") else {
            return;
        };
        let columns = header.columns();
        for (at, (column, value)) in columns.iter().zip(described).enumerate() {
            for rule in of_column(column, value, &columns[..at]) {
                let place = Place::Column {
                    column: at + 1,
                    name: column.name.clone(),
                };
                self.push(place, rule);
            }
        }
        let mut keys: Vec<u64> = columns.iter().filter_map(|one| one.key_sequence).collect();
        keys.sort_unstable();
        if keys.iter().zip(1..).any(|(key, expected)| *key != expected) {
            self.push(Place::Header("columns"), Rule::KeySequence);
        }
    }
}

fn of_column(column: &Column, value: &Json, earlier: &[Column]) -> Vec<Rule> {
    let mut rules = Vec::new();
    for name in ["itemOID", "name", "label", "dataType"] {
        match value.get(name) {
            None => rules.push(Rule::Missing),
            Some(Json::Text(_)) => {}
            Some(other) => rules.push(kind(other, "a text")),
        }
    }
    if !column.item_oid.is_empty() && earlier.iter().any(|one| one.item_oid == column.item_oid) {
        rules.push(Rule::Twice("itemOID"));
    }
    if !column.name.is_empty() && earlier.iter().any(|one| one.name == column.name) {
        rules.push(Rule::Twice("name"));
    }
    if column.data_type.is_none() && value.get("dataType").and_then(Json::as_str).is_some() {
        rules.push(Rule::DataType);
    }
    if value.get("targetDataType").is_some() && !target_fits(column) {
        rules.push(Rule::TargetDataType);
    }
    for (name, typed) in [
        ("length", column.length),
        ("keySequence", column.key_sequence),
    ] {
        match value.get(name) {
            Some(other) if typed.is_none() => rules.push(kind(other, "a whole number from 1")),
            Some(_) | None => {}
        }
    }
    if let Some(other) = value.get("displayFormat")
        && other.as_str().is_none()
    {
        rules.push(kind(other, "a text"));
    }
    rules
}

/// Dates and times may become whole numbers, decimals decimals.
fn target_fits(column: &Column) -> bool {
    match (column.data_type, column.target_data_type) {
        (Some(DataType::Date | DataType::DateTime | DataType::Time), Some(TargetType::Integer))
        | (Some(DataType::Decimal), Some(TargetType::Decimal))
        | (None, Some(_)) => true,
        (_, Some(_) | None) => false,
    }
}

fn kind(value: &Json, expected: &'static str) -> Rule {
    Rule::Kind {
        got: value.kind(),
        expected,
    }
}

/// `1.1`, `1.1.0`, `1.1.12`.
fn is_version(text: &str) -> bool {
    match text.strip_prefix("1.1") {
        Some("") => true,
        Some(rest) => rest.strip_prefix('.').is_some_and(|release| {
            let digits = !release.is_empty() && release.bytes().all(|byte| byte.is_ascii_digit());
            digits && (release == "0" || !release.starts_with('0'))
        }),
        None => false,
    }
}

/// `null` and the empty text are missing values in any column that is written as a text; `null` in any other.
fn cell(value: &Json, column: &Column) -> Result<(), Rule> {
    let Some(data_type) = column.data_type else {
        return Ok(());
    };
    let wrong = || {
        Err(Rule::Value {
            got: value.kind(),
            expected: data_type,
        })
    };
    match (data_type, value) {
        (_, Json::Null) => Ok(()),
        (DataType::String, Json::Text(text)) => fits(text, column.length),
        (DataType::Uri, Json::Text(text)) => match text.contains(char::is_whitespace) {
            true => Err(Rule::NotAnAddress),
            false => Ok(()),
        },
        (
            DataType::Decimal | DataType::Date | DataType::DateTime | DataType::Time,
            Json::Text(text),
        ) => of_text(data_type, text, column),
        (DataType::Integer, Json::Number(number)) => {
            let digits = number.as_str().trim_start_matches('-');
            match digits.bytes().all(|byte| byte.is_ascii_digit()) {
                true => Ok(()),
                false => Err(Rule::NotWhole),
            }
        }
        (DataType::Float | DataType::Double, Json::Number(_))
        | (DataType::Boolean, Json::Bool(_)) => Ok(()),
        (_, Json::Bool(_) | Json::Number(_) | Json::Text(_) | Json::List(_) | Json::Object(_)) => {
            wrong()
        }
    }
}

fn fits(text: &str, length: Option<u64>) -> Result<(), Rule> {
    let Some(length) = length else {
        return Ok(());
    };
    if text.len() as u64 <= length {
        return Ok(());
    }
    match text.chars().count() as u64 {
        got if got > length => Err(Rule::TooLong { got, length }),
        _ => Ok(()),
    }
}

fn of_text(data_type: DataType, text: &str, column: &Column) -> Result<(), Rule> {
    if text.is_empty() {
        return Ok(());
    }
    let extent = match data_type {
        DataType::Decimal => {
            return match is_decimal(text) {
                true => Ok(()),
                false => Err(Rule::NotDecimal),
            };
        }
        DataType::Time => date::time(text),
        DataType::DateTime => date::date_time(text),
        DataType::Date
        | DataType::String
        | DataType::Integer
        | DataType::Float
        | DataType::Double
        | DataType::Boolean
        | DataType::Uri => date::date(text),
    };
    match (extent, column.target_data_type) {
        (None, _) => Err(Rule::NotIso(data_type)),
        (Some(Extent::Partial), Some(TargetType::Integer)) => Err(Rule::Partial),
        (Some(_), _) => Ok(()),
    }
}

/// The lexical form of `xs:decimal`.
fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let all = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !(whole.is_empty() && fraction.is_empty()) && all(whole) && all(fraction)
}
