//! Rows of a dataset become values of forms, or are told with their place.

use super::*;

const TABLE: &str = r#"{"datasetJSONCreationDateTime":"2026-01-01T00:00:00","datasetJSONVersion":"1.1.0","itemGroupOID":"IG.VS","records":3,"name":"VS","label":"Vital signs","columns":[{"itemOID":"1","name":"SUBJID","label":"a","dataType":"string"},{"itemOID":"2","name":"VISIT","label":"b","dataType":"string"},{"itemOID":"3","name":"SYSBP","label":"c","dataType":"float"},{"itemOID":"4","name":"DTC","label":"d","dataType":"string"}],"rows":[["01","BASELINE",118.50,"2026-01-01T00:00:01Z"],["01","WEEK 8",null,""],[null,"WEEK 8",1,""]]}"#;

fn mapping(items: &[&str]) -> DatasetMapping {
    DatasetMapping {
        subject: "SUBJID".to_owned(),
        visit: NameFrom::Column("VISIT".to_owned()),
        form: NameFrom::Name("VS".to_owned()),
        observed: Some("DTC".to_owned()),
        items: items.iter().map(|item| (*item).to_owned()).collect(),
    }
}

#[test]
fn rows_are_forms_and_a_number_keeps_its_text() {
    let source = read_dataset(TABLE.as_bytes(), &mapping(&[]), Limits::default()).unwrap();
    let told: Vec<_> = source
        .changes
        .iter()
        .map(|change| {
            (
                change.whose.visit[0].as_str(),
                change.item.as_str(),
                change.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [("BASELINE", "SYSBP", "118.50"), ("WEEK 8", "SYSBP", "NI ")]
    );
    assert_eq!(source.changes[0].observed, 1_767_225_601_000);
    assert_eq!(source.changes[1].kind, ItemKind::Null);
    let (at, misfit) = &source.misfits.first[0];
    assert_eq!(
        (at.to_string().as_str(), *misfit),
        ("row 3", Misfit::NameAbsent)
    );
}

#[test]
fn a_column_that_is_not_there_is_named() {
    let refused = read_dataset(TABLE.as_bytes(), &mapping(&["PULSE"]), Limits::default());
    assert_eq!(
        refused.unwrap_err().to_string(),
        "the dataset has no column PULSE"
    );
}

#[test]
fn a_mapping_is_a_small_file() {
    let text =
        r#"{"subject":"SUBJID","visit":{"column":"VISIT"},"form":{"name":"VS"},"observed":"DTC"}"#;
    assert_eq!(DatasetMapping::read(text.as_bytes()).unwrap(), mapping(&[]));
    assert!(DatasetMapping::read(b"{\"subject\":1}").is_err());
}
