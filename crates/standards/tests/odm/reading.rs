//! Every published example is read, and small texts as the standards have them.

use crate::support::{examples, published};
use theriac_standards::odm::{
    Dialect, FileType, Limits, Reader, Record,
    clinical::{Level, TransactionType},
};

fn records(bytes: &[u8]) -> Vec<Record> {
    let mut reader = Reader::open(bytes, Limits::default()).expect("ODM");
    let mut records = Vec::new();
    while let Some(record) = reader.next_record().expect("well-formed") {
        records.push(record);
    }
    records
}

#[test]
fn every_published_example_is_read_to_its_end() {
    let Some(root) = published("every example") else {
        return;
    };
    for (name, bytes) in examples(&root) {
        let mut reader = Reader::open(&*bytes, Limits::default()).expect(&name);
        let mut count = 0;
        while let Some(record) = reader
            .next_record()
            .unwrap_or_else(|error| panic!("{name}: {error}"))
        {
            if let Record::End(_) = record {
                count += 1;
            }
            count += 1;
        }
        let is_empty = name == "odmlib/test_odm_namespace.xml";
        assert!(count > 0 || is_empty, "{name}");
        assert_eq!(reader.containers().count(), 0, "{name}");
    }
}

const TWO: &str = r#"<ODM xmlns="http://www.cdisc.org/ns/odm/v2.0" FileType="Transactional" FileOID="F.1" PriorFileOID="F.0" CreationDateTime="2026-11-30T10:00:00Z" ODMVersion="2.0">
<AdminData><User OID="U.1" UserType="Investigator"><GivenName>Ada</GivenName><FamilyName>Example</FamilyName></User>
<Location OID="L.1" Name="Ward" Role="Site"><MetaDataVersionRef StudyOID="S" MetaDataVersionOID="V" EffectiveDate="2026-01-01"/></Location></AdminData>
<ClinicalData StudyOID="S" MetaDataVersionOID="V"><SubjectData SubjectKey="001" TransactionType="Update"><SiteRef LocationOID="L.1"/>
<StudyEventData StudyEventOID="E" StudyEventRepeatKey="2"><ItemGroupData ItemGroupOID="FORM"><ItemGroupData ItemGroupOID="G" ItemGroupRepeatKey="1">
<ItemData ItemOID="I.1" TransactionType="Insert"><Value>a &lt; b</Value><Value SeqNum="2"><![CDATA[c & d]]></Value>
<AuditRecord EditPoint="DataManagement" UsedMethod="Yes"><UserRef UserOID="U.1"/><LocationRef LocationOID="L.1"/><DateTimeStamp>2026-11-30T09:00:00+01:00</DateTimeStamp>
<ReasonForChange>typing error</ReasonForChange><SourceID>7</SourceID></AuditRecord>
<Annotation SeqNum="1"><Comment SponsorOrSite="Site"><TranslatedText Type="text/plain">seen twice</TranslatedText></Comment>
<Flag><FlagValue CodeListOID="CL.F">Q</FlagValue><FlagType CodeListOID="CL.T">T</FlagType></Flag></Annotation>
<Query OID="Q.1" Source="Site Monitor" Target="Site" Type="Manual" State="Answered" LastUpdateDatetime="2026-11-30T09:30:00Z"><Value>please check</Value></Query></ItemData>
<ItemData ItemOID="I.2" IsNull="Yes"/></ItemGroupData></ItemGroupData></StudyEventData></SubjectData></ClinicalData></ODM>"#;

#[test]
fn clinical_data_of_two_say_who_what_when_and_why() {
    let mut reader = Reader::open(TWO.as_bytes(), Limits::default()).expect("ODM");
    assert_eq!(reader.dialect(), Dialect::Odm2);
    assert_eq!(reader.header().file_type, Some(FileType::Transactional));
    assert_eq!(reader.header().prior_file.as_deref(), Some("F.0"));
    let mut items = Vec::new();
    let mut levels = Vec::new();
    while let Some(record) = reader.next_record().expect("well-formed") {
        if let Record::Item(item) = record {
            let keys = reader
                .containers()
                .map(|container| (container.level, container.key.clone()));
            levels.push(keys.collect::<Vec<_>>());
            items.push(item);
        }
    }
    let key = |level, key: &str| (level, key.to_owned());
    let expected = vec![
        key(Level::Clinical, "S"),
        key(Level::Subject, "001"),
        key(Level::Event, "E"),
        key(Level::Group, "FORM"),
        key(Level::Group, "G"),
    ];
    assert_eq!(levels, [expected.clone(), expected]);
    assert_eq!(items[0].values, ["a < b", "c & d"]);
    assert_eq!(items[0].transaction, Some(TransactionType::Insert));
    let audit = items[0].audit.as_ref().expect("an audit record");
    assert_eq!(audit.user.as_deref(), Some("U.1"));
    assert_eq!(audit.at.as_deref(), Some("2026-11-30T09:00:00+01:00"));
    assert_eq!(audit.reason.as_deref(), Some("typing error"));
    assert_eq!(audit.source.as_deref(), Some("7"));
    assert_eq!(audit.used_method, Some(true));
    assert_eq!(audit.place.line, 7);
    let comment = items[0].annotations[0].comment.as_ref().expect("a comment");
    assert_eq!(
        (comment.text.as_str(), comment.by.as_deref()),
        ("seen twice", Some("Site"))
    );
    assert_eq!(items[0].annotations[0].flags[0].value.0, "Q");
    assert_eq!(items[0].queries[0].status.as_deref(), Some("Answered"));
    assert_eq!(items[0].queries[0].texts, ["please check"]);
    assert!(items[1].is_null && items[1].values.is_empty());
}

#[test]
fn places_name_the_line_and_column_where_a_tag_begins() {
    let text = "<!-- x -->\n<ODM xmlns='http://www.cdisc.org/ns/odm/v1.3'\n FileOID='a'>\n  <AdminData>é<User OID='U'/></AdminData></ODM>";
    let found = records(text.as_bytes())
        .into_iter()
        .find_map(|record| match record {
            Record::User(user) => Some((user.place.line, user.place.column)),
            _ => None,
        });
    assert_eq!(found, Some((4, 16)));
}

#[test]
fn typed_items_of_one_have_the_text_as_their_value() {
    let text = r#"<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3"><ClinicalData StudyOID="S"><SubjectData SubjectKey="1"><StudyEventData StudyEventOID="E"><FormData FormOID="F">
<ItemGroupData ItemGroupOID="G"><ItemDataInteger ItemOID="I" AuditRecordID="AR.1">42</ItemDataInteger><ItemDataAny ItemOID="J" IsNull="Yes"/></ItemGroupData></FormData></StudyEventData></SubjectData>
<AuditRecords><AuditRecord ID="AR.1"><UserRef UserOID="U"/><LocationRef LocationOID="L"/><DateTimeStamp>2026-01-01T00:00:00</DateTimeStamp></AuditRecord></AuditRecords></ClinicalData></ODM>"#;
    let records = records(text.as_bytes());
    let items: Vec<_> = records
        .iter()
        .filter_map(|record| match record {
            Record::Item(item) => Some(item),
            _ => None,
        })
        .collect();
    assert_eq!(items[0].values, ["42"]);
    assert_eq!(items[0].elsewhere[0].as_deref(), Some("AR.1"));
    assert!(items[1].values.is_empty());
    let audits = records.iter().filter(
        |record| matches!(record, Record::Audit(audit) if audit.id.as_deref() == Some("AR.1")),
    );
    assert_eq!(audits.count(), 1);
}
