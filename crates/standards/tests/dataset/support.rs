//! What the tests share: published files read in place, and a small dataset of our own.

use std::path::{Path, PathBuf};
use theriac_standards::dataset::{
    Column, DataType, Dataset, Header, HeaderFields, Json, Limits, Number, TargetType,
};

/// The folder of published datasets, or `None` where it is absent.
pub(crate) fn published(test: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("../../../shared/data/trials/dataset-json");
    if root.is_dir() {
        return Some(root);
    }
    if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        panic!("{test}: ../shared/data/trials/dataset-json is absent");
    }
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}

/// All datasets with one of these endings, by name.
pub(crate) fn files(root: &Path, endings: &[&str]) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for folder in ["adam", "extensions", "i18n", "sdtm", "send"] {
        for entry in std::fs::read_dir(root.join(folder)).expect("the folder is there") {
            let path = entry.expect("readable").path();
            let name = name(&path);
            let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
            if endings.contains(&ending) && !name.ends_with("schema.json") {
                found.push(path);
            }
        }
    }
    found.sort();
    assert!(!found.is_empty(), "{}", root.display());
    found
}

/// The file's name.
pub(crate) fn name(file: &Path) -> String {
    let name = file.file_name().and_then(|name| name.to_str());
    name.expect("a name in UTF-8").to_owned()
}

/// Reads a published dataset, which is known to read.
pub(crate) fn read(file: &Path) -> Dataset {
    let bytes = std::fs::read(file).expect("readable");
    let read = Dataset::read(&bytes, Limits::default());
    read.unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        .0
}

/// A number of JSON.
pub(crate) fn number(text: &str) -> Json {
    Json::Number(Number::parse(text).expect("a number"))
}

/// A dataset with a column of each kind and two rows, which keeps the standard.
pub(crate) fn small() -> Dataset {
    let column = |name: &str, kind| Column::new(&format!("IT.X.{name}"), name, name, kind);
    let mut key = column("USUBJID", DataType::String);
    key.key_sequence = Some(1);
    key.length = Some(8);
    let mut day = column("DAY", DataType::Date);
    day.target_data_type = Some(TargetType::Integer);
    day.display_format = Some("DATE9.".to_owned());
    let mut amount = column("AMOUNT", DataType::Decimal);
    amount.target_data_type = Some(TargetType::Decimal);
    let columns = vec![
        key,
        day,
        amount,
        column("COUNT", DataType::Integer),
        column("RATIO", DataType::Float),
        column("TRUE", DataType::Boolean),
        column("AT", DataType::DateTime),
        column("CLOCK", DataType::Time),
        column("PAGE", DataType::Uri),
    ];
    let fields = HeaderFields {
        created: "2026-01-31T09:30:00Z",
        modified: None,
        study_oid: Some("ST.1"),
        metadata_version_oid: Some("MDV.1"),
        originator: None,
        item_group_oid: "IG.X",
        name: "X",
        label: "Everything",
        records: 2,
    };
    let rows = vec![
        vec![
            Json::text("001"),
            Json::text("2026-01-31"),
            Json::text("0.100000000000000000000000000000000000001"),
            number("-3"),
            number("26.0"),
            Json::Bool(true),
            Json::text("2026-01"),
            Json::text("09:30"),
            Json::text("https://example.org/a"),
        ],
        vec![
            Json::text("002"),
            Json::Null,
            Json::text(""),
            Json::Null,
            number("1.5e-7"),
            Json::Null,
            Json::text(""),
            Json::Null,
            Json::Null,
        ],
    ];
    Dataset {
        header: Header::new(&fields, columns),
        rows,
    }
}
