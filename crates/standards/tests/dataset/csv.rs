//! A dataset as a table, and a table as a dataset.

use crate::support::{files, published, read, small};
use theriac_standards::{
    dataset::{CsvError, CsvWriter, Dataset, Form, Json, read_csv},
    table::TableLimits,
};

fn to_csv(dataset: &Dataset) -> String {
    let mut writer = CsvWriter::open(Vec::new(), &dataset.header).expect("memory");
    for row in &dataset.rows {
        writer.row(row).expect("memory");
    }
    String::from_utf8(writer.finish().expect("memory")).expect("UTF-8")
}

fn from_csv(text: &str, dataset: &Dataset) -> Result<Dataset, CsvError> {
    read_csv(
        text.as_bytes(),
        dataset.header.clone(),
        TableLimits::default(),
    )
}

/// In a table a missing value and an empty text are the same.
fn without_empty(mut dataset: Dataset) -> Dataset {
    for value in dataset.rows.iter_mut().flatten() {
        if value.as_str() == Some("") {
            *value = Json::Null;
        }
    }
    dataset
}

#[test]
fn every_published_dataset_comes_back_from_its_table_but_for_empty_texts() {
    let Some(root) = published("every_published_dataset_comes_back_from_its_table") else {
        return;
    };
    for file in files(&root, &["json", "ndjson"]) {
        let dataset = read(&file);
        let is_whole = |row: &Vec<Json>| row.len() == dataset.header.columns().len();
        if !dataset.rows.iter().all(is_whole) {
            continue;
        }
        let again = from_csv(&to_csv(&dataset), &dataset).expect("its own columns");
        let expected = without_empty(dataset);
        let rows = expected.rows.iter().zip(&again.rows);
        for (number, (one, other)) in rows.enumerate() {
            assert!(one == other, "{file:?}, row {}", number + 1);
        }
        assert_eq!(again.rows.len(), expected.rows.len(), "{file:?}");
    }
}

#[test]
fn columns_stand_in_any_order_and_each_once() {
    let dataset = small();
    let text = to_csv(&dataset);
    let lines: Vec<&str> = text.lines().collect();
    let turned = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
    let turned: Vec<String> = lines.iter().map(|line| turned(line)).collect();
    let again = from_csv(&turned.join("\n"), &dataset).expect("the same columns");
    assert!(again.rows == without_empty(dataset.clone()).rows);
    let renamed = text.replacen(&dataset.header.columns()[0].name, "OTHER", 1);
    assert!(matches!(
        from_csv(&renamed, &dataset),
        Err(CsvError::Unknown(_))
    ));
    let first = |line: &str| line.split_once(',').expect("columns").1.to_owned();
    let short: Vec<String> = lines.iter().map(|line| first(line)).collect();
    let short = from_csv(&short.join("\n"), &dataset);
    assert!(matches!(short, Err(CsvError::Missing(_))));
}

#[test]
fn a_value_of_another_type_stays_as_it_is_and_is_told() {
    let dataset = small();
    let columns = dataset.header.columns();
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    let words = vec!["word"; names.len()];
    let text = format!("{}\n{}\n", names.join(","), words.join(","));
    let taken = from_csv(&text, &dataset).expect("a table");
    assert_eq!(taken.header.records(), Some(1));
    assert!(
        taken.rows[0]
            .iter()
            .all(|value| value.as_str() == Some("word"))
    );
    let (_, report) = taken.write(Form::NdJson).expect("memory");
    assert!(report.count > 0);
}
