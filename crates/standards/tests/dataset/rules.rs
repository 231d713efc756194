//! One row for each rule, with the place that is told.

use crate::support::{number, small};
use theriac_standards::dataset::{
    DataType, Dataset, DatasetErrorKind, Form, HeaderError, Json, Limits, Report, Rule,
};

fn report(text: &str) -> Report {
    let read = Dataset::read(text.as_bytes(), Limits::default());
    read.unwrap_or_else(|error| panic!("{error}: {text}")).1
}

fn text() -> String {
    let (bytes, report) = small().write(Form::Json).expect("memory");
    assert!(report.is_clean(), "{report:?}");
    String::from_utf8(bytes).expect("UTF-8")
}

fn with(from: &str, to: &str) -> String {
    let text = text();
    let changed = text.replacen(from, to, 1);
    assert_ne!(changed, text, "{from}");
    changed
}

#[test]
fn header_rules_are_told_with_their_place() {
    for (from, to, told) in [
        ("\"itemGroupOID\":\"IG.X\",", "", "itemGroupOID: missing"),
        (
            "\"label\":\"Everything\"",
            "\"label\":7",
            "label: got a number, expected a text",
        ),
        (
            "\"1.1.0\"",
            "\"1.10\"",
            "datasetJSONVersion: not a version that begins with 1.1",
        ),
        (
            "2026-01-31T09:30:00Z",
            "2026-01-31T09:30",
            "datasetJSONCreationDateTime: not a date and time with seconds, as in 2026-01-31T09:30:00Z",
        ),
        (
            "\"records\":2",
            "\"records\":3",
            "dataset: records says 3, and there are 2 rows",
        ),
        (
            "\"records\":2",
            "\"records\":-2",
            "records: got a number, expected a whole number from 0",
        ),
        (
            "\"IT.X.DAY\"",
            "\"IT.X.USUBJID\"",
            "column 2 (DAY): the same itemOID as an earlier column",
        ),
        (
            "\"name\":\"DAY\"",
            "\"name\":\"USUBJID\"",
            "column 2 (USUBJID): the same name as an earlier column",
        ),
        (
            "\"dataType\":\"float\"",
            "\"dataType\":\"real\"",
            "column 5 (RATIO): a dataType that the standard does not have",
        ),
        (
            "\"dataType\":\"date\"",
            "\"dataType\":\"string\"",
            "column 2 (DAY): a targetDataType that does not go with the dataType",
        ),
        (
            "\"keySequence\":1",
            "\"keySequence\":2",
            "columns: keySequence is not dense from 1",
        ),
        (
            "\"length\":8",
            "\"length\":0",
            "column 1 (USUBJID): got a number, expected a whole number from 1",
        ),
        (
            "\"label\":\"USUBJID\"",
            "\"lable\":\"USUBJID\"",
            "column 1 (USUBJID): missing",
        ),
    ] {
        let report = report(&with(from, to));
        let told_here: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
        assert_eq!(told_here, [told], "{to}");
    }
}

#[test]
fn values_are_told_with_row_and_column() {
    let value = |got, expected| Rule::Value { got, expected };
    for (column, cell, rule) in [
        (0, number("1"), value("a number", DataType::String)),
        (
            0,
            Json::text("longer than 8"),
            Rule::TooLong { got: 13, length: 8 },
        ),
        (1, Json::text("2026-02-30"), Rule::NotIso(DataType::Date)),
        (1, Json::text("2026-02"), Rule::Partial),
        (1, number("20260131"), value("a number", DataType::Date)),
        (2, Json::text("1e5"), Rule::NotDecimal),
        (2, number("1.5"), value("a number", DataType::Decimal)),
        (3, number("1.0"), Rule::NotWhole),
        (3, number("1e3"), Rule::NotWhole),
        (3, Json::text("1"), value("a text", DataType::Integer)),
        (4, Json::text("1.0"), value("a text", DataType::Float)),
        (5, Json::text("true"), value("a text", DataType::Boolean)),
        (
            6,
            Json::text("31.01.2026"),
            Rule::NotIso(DataType::DateTime),
        ),
        (7, Json::text("25:00"), Rule::NotIso(DataType::Time)),
        (8, Json::text("no address"), Rule::NotAnAddress),
        (8, Json::List(Vec::new()), value("an array", DataType::Uri)),
    ] {
        let mut dataset = small();
        let name = dataset.header.columns()[column].name.clone();
        dataset.rows[1][column] = cell;
        let (bytes, _) = dataset.write(Form::NdJson).expect("memory");
        let (_, report) = Dataset::read(&bytes, Limits::default()).expect("a table");
        assert_eq!(report.count, 1, "{report:?}");
        assert_eq!(report.problems[0].rule, rule, "{name}");
        let place = format!("row 2, column {} ({name})", column + 1);
        assert_eq!(report.problems[0].place.to_string(), place);
    }
}

#[test]
fn a_row_of_another_length_is_told() {
    let mut dataset = small();
    dataset.rows[0].pop();
    let (bytes, _) = dataset.write(Form::Json).expect("memory");
    let (_, report) = Dataset::read(&bytes, Limits::default()).expect("a table");
    let told: Vec<_> = report.problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, ["row 1: 8 values for 9 columns"]);
}

/// A value may be a person's, and what is told goes to logs.
#[test]
fn no_problem_repeats_a_value() {
    let secret = "Jane Q. Public, born 1970";
    for column in 0..9 {
        let mut dataset = small();
        dataset.rows[0][column] = Json::text(secret);
        let (bytes, _) = dataset.write(Form::Json).expect("memory");
        let (_, report) = Dataset::read(&bytes, Limits::default()).expect("a table");
        assert_eq!(report.count, 1, "{column}");
        let told = format!("{} {:?}", report.problems[0], report.problems[0]);
        assert!(!told.contains("Jane"), "{told}");
    }
}

#[test]
fn what_describes_no_table_is_refused() {
    let kind = |text: &str| {
        let read = Dataset::read(text.as_bytes(), Limits::default());
        read.expect_err("refused").kind
    };
    assert!(matches!(
        kind("{}"),
        DatasetErrorKind::Header(HeaderError::NoColumns)
    ));
    assert!(matches!(
        kind(r#"{"rows":[],"columns":[]}"#),
        DatasetErrorKind::RowsBeforeColumns
    ));
    assert!(matches!(
        kind(r#"{"columns":{}}"#),
        DatasetErrorKind::Header(HeaderError::Expected { .. })
    ));
    assert!(matches!(
        kind(r#"{"columns":[7]}"#),
        DatasetErrorKind::Header(HeaderError::Expected { .. })
    ));
    assert!(matches!(
        kind(r#"{"columns":[],"name":"A","name":"B"}"#),
        DatasetErrorKind::Header(HeaderError::Twice(_))
    ));
    assert!(matches!(
        kind(r#"{"columns":[],"rows":[],"rows":[]}"#),
        DatasetErrorKind::Header(HeaderError::Twice(_))
    ));
    assert!(matches!(
        kind(r#"{"columns":[],"rows":[{}]}"#),
        DatasetErrorKind::NotARow {
            got: "an object",
            line: 1
        }
    ));
    assert!(matches!(
        kind("{\"columns\":[]}\n[] []\n"),
        DatasetErrorKind::NotOneLine { line: 2 }
    ));
    assert!(matches!(
        kind("{\"columns\":[]} []\n"),
        DatasetErrorKind::NotOneLine { line: 1 }
    ));
    assert!(matches!(
        kind("{\"columns\":[]}\n[\n]\n"),
        DatasetErrorKind::NotOneLine { line: 2 }
    ));
}

#[test]
fn an_error_tells_row_and_line() {
    let text = "{\"columns\":[]}\n[]\n[tru]\n";
    let error = Dataset::read(text.as_bytes(), Limits::default()).expect_err("refused");
    assert!(
        error.to_string().starts_with("row 2: line 3, column "),
        "{error}"
    );
}
