//! `theriac odm`: files of clinical trials, with no node.

mod command;

use command::{json, stderr, theriac};
use serde_json::Value;
use std::fs;

const EXPORT: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:v="urn:vendor" FileType="Transactional" FileOID="F.1" CreationDateTime="2026-11-30T10:00:00Z" ODMVersion="1.3.2">
  <ClinicalData StudyOID="S.1" MetaDataVersionOID="V.1">
    <SubjectData SubjectKey="001" v:status="open">
      <StudyEventData StudyEventOID="SE.1" StudyEventRepeatKey="1">
        <FormData FormOID="DM">
          <ItemGroupData ItemGroupOID="DM">
            <ItemData ItemOID="IT.SEX" TransactionType="Insert" Value="F">
              <AuditRecord><UserRef UserOID="U.1"/><LocationRef LocationOID="L.1"/><DateTimeStamp>2026-11-30T09:00:00Z</DateTimeStamp></AuditRecord>
              <MeasurementUnitRef MeasurementUnitOID="MU.1"/>
            </ItemData>
          </ItemGroupData>
        </FormData>
      </StudyEventData>
    </SubjectData>
  </ClinicalData>
</ODM>
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("export.xml"), EXPORT).expect("a file");
    folder
}

#[test]
fn an_export_with_additions_of_a_vendor_is_accepted_unless_all_must_be_kept() {
    let folder = folder();
    let accepted = theriac(folder.path(), &["odm", "validate", "export.xml", "--json"]);
    assert_eq!(accepted.status.code(), Some(0), "{}", stderr(&accepted));
    let report = json(&accepted);
    assert_eq!(report["accepted"], true, "{report}");
    assert_eq!(report["standard"], "ODM 1.3");
    assert_eq!(report["keepsSchema"], false);
    assert_eq!(
        [
            &report["subjects"],
            &report["items"],
            &report["auditRecords"]
        ],
        [1, 1, 1]
    );
    let problem = &report["problems"][0];
    assert_eq!(problem["code"], "foreign-attribute");
    assert_eq!(problem["path"], "/ODM/ClinicalData/SubjectData");
    assert_eq!([&problem["line"], &problem["column"]], [4, 5]);
    let strict = theriac(
        folder.path(),
        &["odm", "validate", "export.xml", "--strict"],
    );
    assert_eq!(strict.status.code(), Some(4), "{}", stderr(&strict));
}

#[test]
fn a_change_without_its_audit_record_refuses_the_file() {
    let folder = folder();
    let begin = EXPORT.find("<AuditRecord>").expect("it is there");
    let end = EXPORT.find("</AuditRecord>").expect("it is there") + "</AuditRecord>".len();
    let without = format!("{}{}", &EXPORT[..begin], &EXPORT[end..]);
    fs::write(folder.path().join("without.xml"), without).expect("a file");
    let refused = theriac(folder.path(), &["odm", "validate", "without.xml"]);
    assert_eq!(refused.status.code(), Some(4), "{}", stderr(&refused));
    let told = String::from_utf8(refused.stdout).expect("UTF-8");
    assert!(told.contains("error    line 8, column 13"), "{told}");
    assert!(told.contains("IT.SEX"), "{told}");
}

#[test]
fn a_file_goes_to_two_and_back_and_what_was_lost_is_told() {
    let folder = folder();
    let path = folder.path();
    let up = theriac(
        path,
        &[
            "odm",
            "convert",
            "export.xml",
            "--to",
            "odm-2.0",
            "--form-prefix",
            "F.",
            "--out",
            "two.xml",
            "--json",
        ],
    );
    assert_eq!(up.status.code(), Some(0), "{}", stderr(&up));
    let told = json(&up);
    assert_eq!(told["lost"], 1, "{told}");
    assert_eq!(told["losses"][0]["what"], "element MeasurementUnitRef");
    let report = json(&theriac(path, &["odm", "validate", "two.xml", "--json"]));
    assert_eq!(
        [&report["accepted"], &report["standard"]],
        [&Value::from(true), &Value::from("ODM 2.0")],
        "{report}"
    );
    let text = fs::read_to_string(path.join("two.xml")).expect("it was written");
    assert!(
        text.contains(r#"<ItemGroupData ItemGroupOID="F.DM">"#)
            && text.contains("<Value>F</Value>"),
        "{text}"
    );
    assert!(text.contains(r#"v:status="open""#), "{text}");
    let down = theriac(path, &["odm", "convert", "two.xml", "--to", "odm-1.3.2"]);
    assert_eq!(down.status.code(), Some(0), "{}", stderr(&down));
    let text = String::from_utf8(down.stdout).expect("UTF-8");
    assert!(
        text.contains(r#"<FormData FormOID="F.DM">"#) && text.contains(r#"Value="F""#),
        "{text}"
    );
}

#[test]
fn what_cannot_be_read_leaves_no_file() {
    let folder = folder();
    let path = folder.path();
    for (file, text, said) in [
        (
            "bomb.xml",
            "<!DOCTYPE ODM [<!ENTITY b \"c\">]><ODM>&b;</ODM>",
            "document type",
        ),
        ("cut.xml", &EXPORT[..EXPORT.len() - 10], "cannot convert"),
        ("other.xml", "<Html/>", "expected ODM"),
    ] {
        fs::write(path.join(file), text).expect("a file");
        let refused = theriac(
            path,
            &[
                "odm", "convert", file, "--to", "odm-2.0", "--out", "out.xml",
            ],
        );
        assert_eq!(refused.status.code(), Some(1), "{file}");
        assert!(
            stderr(&refused).contains(said),
            "{file}: {}",
            stderr(&refused)
        );
    }
    let left: Vec<_> = fs::read_dir(path)
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert!(
        !left
            .iter()
            .any(|name| name.to_string_lossy().contains("out")),
        "{left:?}"
    );
}
