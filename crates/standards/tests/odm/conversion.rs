//! From 1.3.2 to 2.0 and back: what is carried, what is told as lost, and that the result keeps its schema.

use crate::{
    schema::by_xmllint,
    support::{checked, example, examples, has_xmllint, of_rule, published},
};
use std::fs;
use theriac_standards::odm::{
    Dialect, Limits, Reader, Record,
    clinical::{AuditRecord, Level},
    convert::{ConvertError, Losses, Target, convert},
    validate::Rule,
};

fn two() -> Target {
    Target::Two {
        form_prefix: String::new(),
    }
}

fn converted(bytes: &[u8], target: &Target) -> (Vec<u8>, Losses) {
    let mut text = Vec::new();
    let losses = convert(bytes, &mut text, target, Limits::default()).expect("it is converted");
    (text, losses)
}

/// An item with where it belongs and who entered it; places and levels of forms left out.
type Fact = (Vec<String>, String, Vec<String>, bool, Option<AuditRecord>);

fn facts(bytes: &[u8]) -> Vec<Fact> {
    let mut reader = Reader::open(bytes, Limits::default()).expect("ODM");
    let mut facts = Vec::new();
    while let Some(record) = reader.next_record().expect("well-formed") {
        if let Record::Item(item) = record {
            let containers = reader.containers();
            let path =
                containers.map(|container| format!("{} {:?}", container.key, container.repeat_key));
            let audit = item.audit.map(|audit| AuditRecord {
                place: theriac_standards::odm::Place::default(),
                id: None,
                ..audit
            });
            facts.push((path.collect(), item.oid, item.values, item.is_null, audit));
        }
    }
    facts
}

#[test]
fn items_and_their_audit_records_survive_to_two_and_back() {
    let Some(root) = published("conversion of items") else {
        return;
    };
    let mut count = 0;
    for (name, bytes) in examples(&root) {
        let is_data = name.contains("rave")
            || name.contains("openedc")
            || name.contains("openclinica")
            || name.contains("snapshot");
        if !is_data {
            continue;
        }
        let (up, _) = converted(&bytes, &two());
        let before = facts(&bytes);
        assert_eq!(facts(&up), before, "{name} in 2.0");
        let (down, _) = converted(&up, &Target::One);
        assert_eq!(facts(&down), before, "{name} and back");
        count += before.len();
    }
    assert!(count > 5_000, "{count}");
}

#[test]
fn what_is_converted_keeps_the_schema_of_its_version() {
    let Some(root) = published("schemas after conversion") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let mut files = [Vec::new(), Vec::new()];
    for (at, (name, bytes)) in examples(&root).into_iter().enumerate() {
        let report = checked(&bytes);
        let is_fragment = !of_rule(&report, Rule::Fragment).is_empty();
        if is_fragment || !report.keeps_schema() {
            continue;
        }
        let (target, schema) = match report.dialect {
            Dialect::Odm1 => (two(), 1),
            Dialect::Odm2 => (Target::One, 0),
            Dialect::Define20 | Dialect::Define21 => continue,
        };
        let (text, losses) = converted(&bytes, &target);
        let told = checked(&text);
        assert!(
            told.keeps_schema(),
            "{name}: {:#?}\n{:#?}",
            told.problems,
            losses.kinds
        );
        let file = format!("{at}.xml");
        fs::write(folder.path().join(&file), &text).expect("a file");
        files[schema].push(file);
    }
    if !has_xmllint("schemas after conversion") {
        return;
    }
    for (files, schema) in files
        .iter()
        .zip(["odm/schema-1.3.2/ODM1-3-2.xsd", "odm/schema-2.0/ODM.xsd"])
    {
        assert!(files.len() > 3, "{schema}");
        let verdicts = by_xmllint(&root.join(schema), files, folder.path());
        assert_eq!(verdicts.len(), files.len());
        let refused: Vec<_> = verdicts.iter().filter(|(_, keeps)| !**keeps).collect();
        assert!(refused.is_empty(), "{schema}: {refused:?}");
    }
}

#[test]
fn what_the_other_version_has_no_word_for_is_told() {
    let text = br#"<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Snapshot" FileOID="F" CreationDateTime="2026-11-30T10:00:00"><ClinicalData StudyOID="S" MetaDataVersionOID="V"><SubjectData SubjectKey="1">
<Signature><UserRef UserOID="U"/><LocationRef LocationOID="L"/><SignatureRef SignatureOID="D"/><DateTimeStamp>2026-01-01T00:00:00</DateTimeStamp><CryptoBindingManifest>bound</CryptoBindingManifest></Signature>
<StudyEventData StudyEventOID="E"><FormData FormOID="F"><ItemGroupData ItemGroupOID="G"><ItemData ItemOID="I" Value="1"><MeasurementUnitRef MeasurementUnitOID="MU"/></ItemData></ItemGroupData></FormData></StudyEventData></SubjectData></ClinicalData></ODM>"#;
    let (text, losses) = converted(text, &two());
    let told: Vec<_> = losses
        .kinds
        .iter()
        .map(|loss| (loss.path.as_str(), loss.what.to_string()))
        .collect();
    let expected = [
        (
            "/ODM/ClinicalData/SubjectData/Signature",
            "element CryptoBindingManifest",
        ),
        (
            "/ODM/ClinicalData/SubjectData/StudyEventData/FormData/ItemGroupData/ItemData",
            "element MeasurementUnitRef",
        ),
    ];
    assert_eq!(told, expected.map(|(path, what)| (path, what.to_owned())));
    let text = String::from_utf8(text).expect("UTF-8");
    assert!(!text.contains("bound"), "{text}");
    let order = ["<StudyEventData", "<Signature"].map(|tag| text.find(tag));
    assert!(order[0].is_some() && order[0] < order[1], "{text}");
    let report = checked(text.as_bytes());
    assert!(report.keeps_schema(), "{:#?}", report.problems);
}

#[test]
fn forms_get_their_prefix_so_that_no_group_has_their_oid() {
    let Some(root) = published("forms with a prefix") else {
        return;
    };
    let target = Target::Two {
        form_prefix: "FORM.".to_owned(),
    };
    let (text, _) = converted(&example(&root, "openedc/clinicaldata.xml"), &target);
    let mut reader = Reader::open(&*text, Limits::default()).expect("ODM");
    let mut forms = 0;
    while let Some(record) = reader.next_record().expect("well-formed") {
        if let Record::Begin(container) = record {
            assert_ne!(container.level, Level::Form);
            forms += usize::from(container.key.starts_with("FORM."));
        }
    }
    assert!(forms > 90, "{forms}");
}

#[test]
fn a_file_of_the_target_itself_or_a_define_is_refused() {
    let Some(root) = published("nothing to convert") else {
        return;
    };
    for (name, target) in [
        ("openedc/metadata.xml", Target::One),
        ("odm/examples/FHIR/fhir-example.xml", two()),
        ("odmlib/defineV21-SDTM.xml", two()),
    ] {
        let error = convert(
            &*example(&root, name),
            std::io::sink(),
            &target,
            Limits::default(),
        );
        assert!(matches!(error, Err(ConvertError::Dialect(_))), "{name}");
    }
}
