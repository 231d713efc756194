//! Whether a file keeps its schema: frozen for every example, and beside xmllint where it is there.

use crate::support::{checked, examples, has_xmllint, published};
use std::{collections::BTreeMap, path::Path, process::Command};
use theriac_standards::odm::Dialect;

/// Examples that do not keep their schema, as xmllint 2.9.14 says with the schemas of CDISC. Those of ODM 1.1 have no schema.
const REFUSED: [&str; 10] = [
    "dataset-json/sdtm/define.xml",
    "odm/archive-examples/ODM1-1/odm1_1_0_example.xml",
    "odm/archive-examples/ODM1-1/odm_md_uc/MetadataUC1.xml",
    "odm/archive-examples/ODM1-1/odm_md_uc/MetadataUC3.xml",
    "odm/examples/Matrix_CRF_From_TAUG_Dyslipidemia_1_0/Hypercholesterolemia_CV_Risk_factors_FH_CRF_1_3_2.xml",
    "odmlib/ae.xml",
    "odmlib/cdash-odm-test-invalid.xml",
    "odmlib/lb.xml",
    "openedc/clinicaldata.xml",
    "rave/car_message.xml",
];

#[test]
fn every_example_keeps_its_schema_or_not_as_is_known() {
    let Some(root) = published("schemas of all examples") else {
        return;
    };
    for (name, bytes) in examples(&root) {
        let report = checked(&bytes);
        let is_refused = REFUSED.contains(&name.as_str()) || name.starts_with("openclinica/");
        if name.contains("ODM1-1") {
            continue;
        }
        assert_eq!(
            report.keeps_schema(),
            !is_refused,
            "{name}: {:#?}",
            report.problems
        );
    }
}

/// What xmllint says of many files at once.
pub(crate) fn by_xmllint(schema: &Path, files: &[String], folder: &Path) -> BTreeMap<String, bool> {
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(files)
        .current_dir(folder)
        .output()
        .expect("xmllint runs");
    let told = String::from_utf8_lossy(&output.stderr);
    let mut verdicts = BTreeMap::new();
    for line in told.lines() {
        for (ending, keeps) in [(" validates", true), (" fails to validate", false)] {
            if let Some(file) = line.strip_suffix(ending) {
                verdicts.insert(file.to_owned(), keeps);
            }
        }
    }
    verdicts
}

#[test]
fn every_example_of_odm_keeps_its_schema_or_not_as_xmllint_says() {
    let test = "schemas by xmllint";
    let Some(root) = published(test).filter(|_| has_xmllint(test)) else {
        return;
    };
    for (dialect, schema) in [
        (Dialect::Odm1, "odm/schema-1.3.2/ODM1-3-2.xsd"),
        (Dialect::Odm2, "odm/schema-2.0/ODM.xsd"),
    ] {
        let mut ours = BTreeMap::new();
        for (name, bytes) in examples(&root) {
            let report = checked(&bytes);
            if report.dialect == dialect && !name.contains("ODM1-1") {
                ours.insert(name, report.keeps_schema());
            }
        }
        let files: Vec<_> = ours.keys().cloned().collect();
        assert!(files.len() > 8, "{dialect}");
        assert_eq!(
            ours,
            by_xmllint(&root.join(schema), &files, &root),
            "{dialect}"
        );
    }
}
