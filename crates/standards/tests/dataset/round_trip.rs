//! What was read is written back, in each form, and nothing is lost.

use crate::support::{files, name, number, published, read, small};
use theriac_standards::{
    dataset::{Dataset, Form, Json, Limits, Reader, Writer},
    epcis::json::parse,
};

const FORMS: [Form; 3] = [Form::Json, Form::NdJson, Form::Dsjc];

fn limits_of_a_text() -> theriac_standards::epcis::Limits {
    theriac_standards::epcis::Limits {
        event_bytes: 64 << 20,
        nodes: 10_000_000,
        ..theriac_standards::epcis::Limits::default()
    }
}

#[test]
fn every_published_dataset_is_the_same_in_each_form() {
    let Some(root) = published("every_published_dataset_is_the_same_in_each_form") else {
        return;
    };
    for file in files(&root, &["json", "ndjson", "dsjc"]) {
        let dataset = read(&file);
        for form in FORMS {
            let (bytes, written) = dataset.write(form).expect("memory");
            let (again, report) = Dataset::read(&bytes, Limits::default()).expect("a dataset");
            assert!(again == dataset, "{file:?} as {form:?}");
            assert_eq!(written, report, "{file:?} as {form:?}");
        }
    }
}

/// Not values only: names in their order, and numbers with the digits that they were written with.
#[test]
fn json_is_written_back_in_its_order_with_its_digits() {
    let Some(root) = published("json_is_written_back_in_its_order_with_its_digits") else {
        return;
    };
    for file in files(&root, &["json"]) {
        let bytes = std::fs::read(&file).expect("readable");
        let (written, _) = read(&file).write(Form::Json).expect("memory");
        let original = parse(&bytes, &limits_of_a_text())
            .expect("JSON")
            .to_string();
        let written = String::from_utf8(written).expect("UTF-8");
        assert!(written.trim_end() == original, "{file:?}");
    }
}

#[test]
fn ndjson_is_written_back_line_for_line() {
    let Some(root) = published("ndjson_is_written_back_line_for_line") else {
        return;
    };
    for file in files(&root, &["ndjson"]) {
        let text = std::fs::read_to_string(&file).expect("readable");
        let (written, _) = read(&file).write(Form::NdJson).expect("memory");
        let written = String::from_utf8(written).expect("UTF-8");
        assert_eq!(written.lines().count(), text.lines().count(), "{file:?}");
        for (line, original) in written.lines().zip(text.lines()) {
            let original = parse(original.as_bytes(), &limits_of_a_text()).expect("JSON");
            assert_eq!(line, original.to_string(), "{file:?}");
        }
    }
}

#[test]
fn published_forms_of_one_dataset_hold_the_same_rows() {
    let Some(root) = published("published_forms_of_one_dataset_hold_the_same_rows") else {
        return;
    };
    let mut compared = 0;
    for file in files(&root, &["ndjson"]) {
        let lines = read(&file);
        for ending in ["json", "dsjc"] {
            let other = file.with_extension(ending);
            let other = read(&other);
            assert!(other.rows == lines.rows, "{} {ending}", name(&file));
            let columns = other.header.columns();
            assert_eq!(columns, lines.header.columns(), "{}", name(&file));
            compared += 1;
        }
    }
    assert_eq!(compared, 68);
}

#[test]
fn extensions_and_unknown_members_survive() {
    let text = r#"{"x:own":{"b":[1.50,{"a":null}]},"datasetJSONCreationDateTime":"2026-01-31T09:30:00","datasetJSONVersion":"1.1.0","itemGroupOID":"IG.X","records":1,"name":"X","label":"X","columns":[{"x:unit":"mg","itemOID":"IT.X.A","name":"A","label":"A","dataType":"float"}],"rows":[[1.00]],"x:last":"after the rows"}"#;
    let (dataset, report) = Dataset::read(text.as_bytes(), Limits::default()).expect("a dataset");
    assert!(report.is_clean(), "{report:?}");
    let (bytes, _) = dataset.write(Form::Json).expect("memory");
    assert_eq!(String::from_utf8(bytes).expect("UTF-8").trim_end(), text);
    let (bytes, _) = dataset.write(Form::Dsjc).expect("memory");
    let (again, _) = Dataset::read(&bytes, Limits::default()).expect("a dataset");
    assert_eq!(again, dataset);
}

/// No double holds them.
#[test]
fn numbers_keep_every_digit() {
    let mut dataset = small();
    let digits = "123456789012345678901234567890.10";
    dataset.rows[0][4] = number(digits);
    for form in FORMS {
        let (bytes, report) = dataset.write(form).expect("memory");
        assert!(report.is_clean(), "{report:?}");
        let (again, _) = Dataset::read(&bytes, Limits::default()).expect("a dataset");
        let Json::Number(kept) = &again.rows[0][4] else {
            panic!("a number");
        };
        assert_eq!(kept.as_str(), digits);
        assert_eq!(again.rows[0][2], dataset.rows[0][2]);
    }
}

#[test]
fn dsjc_is_written_as_zlib() {
    let (bytes, _) = small().write(Form::Dsjc).expect("memory");
    assert_eq!(bytes[0] & 0x0f, 8);
    assert_eq!((u16::from(bytes[0]) * 256 + u16::from(bytes[1])) % 31, 0);
}

#[test]
fn rows_are_written_as_they_come() {
    let dataset = small();
    let mut target = Vec::new();
    let mut writer =
        Writer::open(&mut target, dataset.header.clone(), Form::NdJson).expect("memory");
    for row in &dataset.rows {
        writer.row(row).expect("memory");
    }
    let (_, report) = writer.finish().expect("memory");
    assert!(report.is_clean(), "{report:?}");
    let mut reader = Reader::open(&target[..], Limits::default()).expect("a dataset");
    for row in &dataset.rows {
        let read = reader.next_row().expect("JSON");
        assert_eq!(read.as_deref(), Some(&row[..]));
    }
    assert_eq!(reader.next_row().expect("JSON"), None);
    assert_eq!(reader.next_row().expect("still the end"), None);
}
