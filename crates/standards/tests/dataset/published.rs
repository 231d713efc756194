//! The published datasets read, and what breaks the standard in them is known.

use crate::support::{files, name, published};
use std::collections::BTreeMap;
use theriac_standards::dataset::{DataType, Form, Limits, Reader, Rule};

#[test]
fn every_published_dataset_reads_in_its_form() {
    let Some(root) = published("every_published_dataset_reads_in_its_form") else {
        return;
    };
    let (mut datasets, mut rows) = (0, 0);
    for file in files(&root, &["json", "ndjson", "dsjc"]) {
        let bytes = std::fs::read(&file).expect("readable");
        let mut reader = Reader::open(&bytes[..], Limits::default()).expect("a dataset");
        assert_eq!(Form::of_name(&name(&file)), Some(reader.form()), "{file:?}");
        while reader
            .next_row()
            .unwrap_or_else(|error| panic!("{file:?}: {error}"))
            .is_some()
        {}
        datasets += 1;
        rows += reader.rows();
    }
    assert_eq!(datasets, 111);
    assert!(rows > 130_000, "{rows}");
}

/// The published datasets break the standard in three ways: percentages in a column of integers, `na` for a missing number, and
/// an example that was cut to two rows without its `records`.
#[test]
fn the_mistakes_in_the_published_datasets_are_found() {
    let Some(root) = published("the_mistakes_in_the_published_datasets_are_found") else {
        return;
    };
    let mut found = BTreeMap::new();
    for file in files(&root, &["json", "ndjson", "dsjc"]) {
        let bytes = std::fs::read(&file).expect("readable");
        let limits = Limits {
            problems: 1_000_000,
            ..Limits::default()
        };
        let mut reader = Reader::open(&bytes[..], limits).expect("a dataset");
        while reader.next_row().expect("JSON").is_some() {}
        let (_, report) = reader.into_parts();
        assert_eq!(report.count, report.problems.len() as u64);
        for problem in report.problems {
            let rule = match problem.rule {
                Rule::NotWhole => "a fraction in a column of integers",
                Rule::Value {
                    got: "a text",
                    expected: DataType::Integer,
                } => "a text in a column of integers",
                Rule::Records { .. } => "records",
                other => panic!("{file:?}: {}: {other}", problem.place),
            };
            *found.entry((name(&file), rule)).or_insert(0) += 1;
        }
    }
    let found: Vec<_> = found.into_iter().collect();
    let entry = |file: &str, rule, count| ((file.to_owned(), rule), count);
    assert_eq!(
        found,
        [
            entry("adadas.dsjc", "a fraction in a column of integers", 2_158),
            entry("extended_dataset.json", "a text in a column of integers", 2),
            entry("extended_dataset.json", "records", 1),
        ]
    );
}
