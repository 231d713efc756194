//! Clinical data in ODM becomes captures and corrections, or is told with its place.

use super::*;

const HEAD: &str = r#"<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:v="urn:vendor" FileOID="F" ODMVersion="1.3.2" CreationDateTime="2026-01-01T00:00:00Z""#;

fn one(file_type: &str, body: &str) -> Source {
    let text = format!(
        r#"{HEAD} FileType="{file_type}"><ClinicalData StudyOID="S" MetaDataVersionOID="1"><SubjectData SubjectKey="01" v:StudySubjectID="01-001"><StudyEventData StudyEventOID="WEEK" StudyEventRepeatKey="2"><FormData FormOID="VS" FormRepeatKey="1">{body}</FormData></StudyEventData></SubjectData></ClinicalData></ODM>"#
    );
    read_odm(text.as_bytes(), Limits::default()).unwrap()
}

fn told(source: &Source) -> Vec<(&str, ItemKind, &str)> {
    let changes = source.changes.iter();
    changes
        .map(|change| (change.item.as_str(), change.kind, change.text.as_str()))
        .collect()
}

#[test]
fn values_nulls_and_removals_of_1_3_2_are_read_with_times_and_reasons() {
    let source = one(
        "Transactional",
        r#"<ItemGroupData ItemGroupOID="G" ItemGroupRepeatKey="3"><ItemData ItemOID="SYSBP" TransactionType="Update" Value="120"><AuditRecord><UserRef UserOID="U"/><LocationRef LocationOID="L"/><DateTimeStamp>2026-01-01T00:00:01Z</DateTimeStamp><ReasonForChange>source: sheet 2</ReasonForChange></AuditRecord></ItemData><ItemData ItemOID="PULSE" IsNull="Yes" v:ReasonForNull="UNK lost"/><ItemData ItemOID="TEMP" Value=""/><ItemData ItemOID="HR" TransactionType="Remove"/><ItemData ItemOID="HT" TransactionType="Context" Value="1"/></ItemGroupData>"#,
    );
    assert_eq!(
        told(&source),
        [
            ("SYSBP[3]", ItemKind::Value, "120"),
            ("PULSE[3]", ItemKind::Null, "UNK lost"),
            ("TEMP[3]", ItemKind::Null, "NI "),
            ("HR[3]", ItemKind::Removed, ""),
        ]
    );
    let first = &source.changes[0];
    assert_eq!(first.observed, 1_767_225_601_000);
    assert_eq!(first.reason, Some((2, "sheet 2".to_owned())));
    assert!(first.is_update && source.is_history);
    assert_eq!(first.whose.subject, ["01", "01-001"]);
    assert_eq!(first.whose.visit, ["WEEK[2]"]);
    assert_eq!(first.whose.form, ["VS[1]", "VS"]);
    assert_eq!(source.misfits.count, 0);
}

#[test]
fn groups_of_2_0_are_forms_and_its_queries_are_listed() {
    let text = r#"<ODM xmlns="http://www.cdisc.org/ns/odm/v2.0" FileType="Snapshot" FileOID="F" CreationDateTime="2026-01-01T00:00:00Z" ODMVersion="2.0">
<ClinicalData StudyOID="S" MetaDataVersionOID="1"><SubjectData SubjectKey="01"><StudyEventData StudyEventOID="WEEK">
<ItemGroupData ItemGroupOID="VS"><ItemGroupData ItemGroupOID="BP" ItemGroupRepeatKey="2"><ItemData ItemOID="SYSBP"><Value>120</Value><Query OID="Q1" Source="System" State="Open" LastUpdateDatetime="2026-01-01T00:00:00Z"><Value>why</Value></Query></ItemData></ItemGroupData>
<ItemData ItemOID="MANY"><Value>1</Value><Value>2</Value></ItemData>
<ItemData ItemOID="NONE" IsNull="Yes"><Annotation SeqNum="1"><Comment><TranslatedText>device</TranslatedText></Comment><Flag><FlagValue CodeListOID="C">NASK</FlagValue><FlagType CodeListOID="T">NullFlavor</FlagType></Flag></Annotation></ItemData></ItemGroupData>
</StudyEventData></SubjectData><ItemGroupData ItemGroupOID="X"><ItemData ItemOID="ALONE"><Value>1</Value></ItemData></ItemGroupData></ClinicalData></ODM>"#;
    let source = read_odm(text.as_bytes(), Limits::default()).unwrap();
    assert_eq!(
        told(&source),
        [
            ("SYSBP[2]", ItemKind::Value, "120"),
            ("NONE", ItemKind::Null, "NASK device"),
        ]
    );
    let query = &source.queries[0];
    assert_eq!(query.id.as_deref(), Some("Q1"));
    assert_eq!(query.item.as_deref(), Some("SYSBP[2]"));
    assert_eq!(query.whose.form, ["VS"]);
    let misfits: Vec<_> = source
        .misfits
        .first
        .iter()
        .map(|(at, misfit)| (at.to_string(), *misfit))
        .collect();
    assert_eq!(
        misfits,
        [
            ("line 4, column 1".to_owned(), Misfit::SeveralValues),
            ("line 6, column 64".to_owned(), Misfit::ItemOutside),
        ]
    );
}

#[test]
fn a_vendors_log_that_leads_to_the_value_is_its_history() {
    let log = |value: &str| {
        format!(
            r#"<ItemGroupData ItemGroupOID="G"><ItemData ItemOID="SEX" Value="{value}"><v:AuditLogs><v:AuditLog ID="2" DateTimeStamp="2026-01-02T00:00:00" ReasonForChange="misread" OldValue="F" NewValue="M"/><v:AuditLog ID="1" DateTimeStamp="2026-01-01T00:00:00" ReasonForChange="initial value" NewValue="F"/></v:AuditLogs></ItemData></ItemGroupData>"#
        )
    };
    let source = one("Snapshot", &log("M"));
    let value = |text| ("SEX", ItemKind::Value, text);
    assert_eq!(told(&source), [value("F"), value("M")]);
    assert_eq!(source.changes[1].reason, Some((6, "misread".to_owned())));
    assert!(source.changes[1].goes_on);
    assert_eq!(told(&one("Snapshot", &log("U"))), [value("U")]);
}

#[test]
fn a_group_is_not_removed_as_a_whole() {
    let body = r#"<ItemGroupData ItemGroupOID="G" TransactionType="Remove"/>"#;
    let source = one("Transactional", body);
    assert_eq!(source.misfits.first[0].1, Misfit::RemovedWhole);
    assert_eq!(one("Snapshot", body).misfits.count, 0);
}
