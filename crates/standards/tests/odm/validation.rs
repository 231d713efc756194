//! What is told of files: real exports are accepted with warnings, and each rule has a row.

use crate::support::{OPENCLINICA, checked, example, of_rule, published};
use theriac_standards::odm::{
    Limits,
    convert::{Target, convert},
    validate::{Rule, Severity},
};

#[test]
fn exports_of_real_systems_are_accepted_with_their_deviations_told() {
    let Some(root) = published("exports") else {
        return;
    };
    for (name, rule, subject, times) in [
        (
            "rave/car_message.xml",
            Rule::ForeignAttribute,
            "mdsol:SubjectName",
            742,
        ),
        (
            "rave/car_message.xml",
            Rule::ForeignElement,
            "mdsol:Query",
            14,
        ),
        (
            OPENCLINICA,
            Rule::ForeignElement,
            "OpenClinica:AuditLogs",
            3908,
        ),
        (
            "openedc/clinicaldata.xml",
            Rule::Misplaced,
            "AuditRecord, where StudyEventData is expected",
            90,
        ),
    ] {
        let report = checked(&example(&root, name));
        assert!(report.is_accepted(), "{name}: {:#?}", report.problems);
        let problems = of_rule(&report, rule);
        let found = problems
            .iter()
            .filter(|problem| problem.subject.to_string() == subject);
        let most = found.map(|problem| problem.times).max();
        assert_eq!(most, Some(times), "{name}: {problems:#?}");
        assert!(
            problems
                .iter()
                .all(|problem| problem.severity == Severity::Warning)
        );
    }
    let report = checked(&example(&root, "openedc/metadata.xml"));
    assert!(
        report.is_accepted() && report.keeps_schema(),
        "{:#?}",
        report.problems
    );
}

#[test]
fn the_mistakes_of_published_files_are_found_in_their_places() {
    let Some(root) = published("published mistakes") else {
        return;
    };
    for (name, rule, subject) in [
        (
            "odmlib/cdash-odm-test-invalid.xml",
            Rule::UnknownElement,
            "studyName",
        ),
        (
            "dataset-json/sdtm/define.xml",
            Rule::AttributeValue,
            "Name as def:StandardName: STDTMIG",
        ),
    ] {
        let report = checked(&example(&root, name));
        assert!(!report.is_accepted(), "{name}");
        let problems = of_rule(&report, rule);
        let found = problems
            .iter()
            .find(|problem| problem.subject.to_string() == subject);
        let found = found.unwrap_or_else(|| panic!("{name}: {problems:#?}"));
        let text = String::from_utf8(example(&root, name)).expect("UTF-8");
        let line = usize::try_from(found.place.line).expect("a line") - 1;
        let line = text.lines().nth(line).expect("the line is there");
        let column = usize::try_from(found.place.column).expect("a column") - 1;
        assert!(line[column..].starts_with('<'), "{}", found.place);
        assert!(
            line.contains(subject.rsplit(' ').next().expect("a word")),
            "{line}"
        );
    }
}

/// A snapshot of one subject with its metadata, in which `ITEMS` stands for items.
const SNAPSHOT: &str = r#"<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" FileType="Snapshot" FileOID="F" CreationDateTime="2026-11-30T10:00:00" ODMVersion="1.3.2">
<Study OID="S"><GlobalVariables><StudyName>n</StudyName><StudyDescription>d</StudyDescription><ProtocolName>p</ProtocolName></GlobalVariables>
<MetaDataVersion OID="V" Name="v"><Protocol><StudyEventRef StudyEventOID="E" Mandatory="Yes"/></Protocol>
<StudyEventDef OID="E" Name="e" Repeating="No" Type="Scheduled"><FormRef FormOID="F" Mandatory="Yes"/></StudyEventDef>
<FormDef OID="F" Name="f" Repeating="No"><ItemGroupRef ItemGroupOID="G" Mandatory="Yes"/></FormDef>
<FormDef OID="F2" Name="f2" Repeating="Yes"/>
<ItemGroupDef OID="G" Name="g" Repeating="No"><ItemRef ItemOID="I.INT" Mandatory="Yes"/><ItemRef ItemOID="I.SEX" Mandatory="No"/><ItemRef ItemOID="I.DATE" Mandatory="No"/></ItemGroupDef>
<ItemDef OID="I.INT" Name="int" DataType="integer" Length="2"/><ItemDef OID="I.SEX" Name="sex" DataType="text"><CodeListRef CodeListOID="CL"/></ItemDef>
<ItemDef OID="I.DATE" Name="date" DataType="partialDate"/><ItemDef OID="I.ELSE" Name="else" DataType="text"/>
<CodeList OID="CL" Name="sex" DataType="text"><EnumeratedItem CodedValue="F"/><EnumeratedItem CodedValue="M"/></CodeList></MetaDataVersion></Study>
<AdminData><User OID="U"/></AdminData>
<ClinicalData StudyOID="S" MetaDataVersionOID="V"><SubjectData SubjectKey="secret"><StudyEventData StudyEventOID="E"><FormData FormOID="F"><ItemGroupData ItemGroupOID="G">ITEMS</ItemGroupData></FormData></StudyEventData></SubjectData></ClinicalData></ODM>"#;

const ITEM: &str = r#"<ItemData ItemOID="I.INT" Value="42"/>"#;

fn snapshot(from: &str, to: &str) -> String {
    assert!(SNAPSHOT.contains(from), "{from}");
    SNAPSHOT.replacen(from, to, 1).replace("ITEMS", ITEM)
}

fn told(text: &str) -> Vec<Rule> {
    let report = checked(text.as_bytes());
    report.problems.iter().map(|problem| problem.rule).collect()
}

#[test]
fn the_frame_of_these_tests_is_without_fault() {
    let report = checked(snapshot("ITEMS", ITEM).as_bytes());
    assert_eq!(report.problems, [], "{report:#?}");
    assert_eq!((report.subjects, report.items), (1, 1));
}

#[test]
fn each_rule_is_told_where_it_is_not_kept() {
    let rows: [(Rule, &str, &str); 24] = [
        (
            Rule::ForeignElement,
            "<AdminData>",
            r#"<AdminData><v:x xmlns:v="urn:v"/>"#,
        ),
        (
            Rule::ForeignAttribute,
            "<AdminData>",
            r#"<AdminData xmlns:v="urn:v" v:x="">"#,
        ),
        (Rule::UnknownElement, "<AdminData>", "<AdminData><Usr/>"),
        (
            Rule::UnknownAttribute,
            "<AdminData>",
            "<AdminData Nmae=\"\">",
        ),
        (
            Rule::Misplaced,
            "<AdminData><User OID=\"U\"/>",
            "<AdminData><Location OID=\"L\" Name=\"l\"><MetaDataVersionRef StudyOID=\"S\" MetaDataVersionOID=\"V\" EffectiveDate=\"2026-01-01\"/></Location><User OID=\"U\"/>",
        ),
        (
            Rule::MissingElement,
            "<StudyName>n</StudyName><StudyDescription>d</StudyDescription><ProtocolName>p</ProtocolName>",
            "<StudyName>n</StudyName>",
        ),
        (Rule::MissingAttribute, " Name=\"v\"", ""),
        (
            Rule::AttributeValue,
            "Repeating=\"No\" Type",
            "Repeating=\"Maybe\" Type",
        ),
        (
            Rule::TextValue,
            "<ProtocolName>p</ProtocolName>",
            "<ProtocolName></ProtocolName>",
        ),
        (Rule::Text, "<AdminData>", "<AdminData>text"),
        (Rule::Duplicate, "<FormDef OID=\"F2\"", "<FormDef OID=\"F\""),
        (
            Rule::DanglingId,
            "ITEMS",
            "<ItemDataInteger ItemOID=\"I.INT\" AuditRecordID=\"nobody\">4</ItemDataInteger>",
        ),
        (
            Rule::Unresolved,
            "<ItemRef ItemOID=\"I.INT\"",
            "<ItemRef ItemOID=\"I.ITN\"",
        ),
        (
            Rule::UnknownPerson,
            "ITEMS",
            "<ItemData ItemOID=\"I.INT\" Value=\"1\"><AuditRecord><UserRef UserOID=\"W\"/><LocationRef LocationOID=\"L\"/><DateTimeStamp>2026-01-01T00:00:00</DateTimeStamp></AuditRecord></ItemData>",
        ),
        (
            Rule::Undefined,
            "ITEMS",
            "<ItemData ItemOID=\"I.NONE\" Value=\"1\"/>",
        ),
        (
            Rule::NotPartOf,
            "ITEMS",
            "<ItemData ItemOID=\"I.ELSE\" Value=\"1\"/>",
        ),
        (
            Rule::UnknownVersion,
            "MetaDataVersionOID=\"V\"",
            "MetaDataVersionOID=\"W\"",
        ),
        (
            Rule::DuplicateKey,
            "ITEMS",
            "<ItemData ItemOID=\"I.INT\" Value=\"1\"/><ItemData ItemOID=\"I.INT\" Value=\"2\"/>",
        ),
        (
            Rule::UnexpectedRepeatKey,
            "<FormData FormOID=\"F\"",
            "<FormData FormOID=\"F\" FormRepeatKey=\"1\"",
        ),
        (
            Rule::NullWithValue,
            "ITEMS",
            "<ItemData ItemOID=\"I.INT\" Value=\"1\" IsNull=\"Yes\"/>",
        ),
        (Rule::NoValue, "ITEMS", "<ItemData ItemOID=\"I.INT\"/>"),
        (
            Rule::ValueOfType,
            "ITEMS",
            "<ItemData ItemOID=\"I.DATE\" Value=\"2026-13\"/>",
        ),
        (
            Rule::NotInCodeList,
            "ITEMS",
            "<ItemData ItemOID=\"I.SEX\" Value=\"X\"/>",
        ),
        (
            Rule::TooLong,
            "ITEMS",
            "<ItemData ItemOID=\"I.INT\" Value=\"142\"/>",
        ),
    ];
    for (rule, from, to) in rows {
        let told = told(&snapshot(from, to));
        assert!(told.contains(&rule), "{rule:?}: {told:?}");
    }
    let repeating = snapshot("<FormRef FormOID=\"F\"", "<FormRef FormOID=\"F2\"")
        .replace("<FormData FormOID=\"F\"", "<FormData FormOID=\"F2\"");
    assert!(told(&repeating).contains(&Rule::MissingRepeatKey));
}

/// In both versions, and without the value in the report.
#[test]
fn a_value_beyond_a_hard_check_refuses_the_file_and_one_beyond_a_soft_check_is_told() {
    let check = |comparator: &str, softness: &str, bound: &str| {
        let item = r#"Name="int" DataType="integer" Length="2""#;
        let check = format!(
            r#"<RangeCheck Comparator="{comparator}" SoftHard="{softness}"><CheckValue>{bound}</CheckValue></RangeCheck>"#
        );
        snapshot(&format!("{item}/>"), &format!("{item}>{check}</ItemDef>"))
    };
    for (comparator, softness, bound, expected) in [
        ("LT", "Hard", "40", vec![Rule::OutOfRange]),
        ("LT", "Soft", "40", vec![Rule::OutOfSoftRange]),
        ("LE", "Hard", "42", vec![]),
        ("EQ", "Soft", "042", vec![]),
        ("NE", "Hard", "42.0", vec![Rule::OutOfRange]),
    ] {
        let text = check(comparator, softness, bound);
        assert_eq!(told(&text), expected, "{comparator} {bound}");
        let mut two = Vec::new();
        let target = Target::Two {
            form_prefix: "F.".to_owned(),
        };
        convert(text.as_bytes(), &mut two, &target, Limits::default()).expect("convertible");
        let report = checked(&two);
        let of_range = |rule: &Rule| matches!(rule, Rule::OutOfRange | Rule::OutOfSoftRange);
        let told: Vec<Rule> = report.problems.iter().map(|it| it.rule).collect();
        let told: Vec<Rule> = told.into_iter().filter(of_range).collect();
        assert_eq!(told, expected, "{comparator} {bound} in ODM 2.0");
        let report = checked(text.as_bytes());
        let is_refused = report.errors > 0;
        assert_eq!(is_refused, expected.contains(&Rule::OutOfRange));
        let said: Vec<String> = report.problems.iter().map(ToString::to_string).collect();
        let is_named = said
            .iter()
            .all(|said| said.contains(&format!("I.INT is {comparator} {bound}")));
        assert!(is_named, "{said:?}");
    }
}

#[test]
fn a_transactional_file_needs_an_audit_record_for_each_change() {
    let text = snapshot("FileType=\"Snapshot\"", "FileType=\"Transactional\"");
    assert_eq!(told(&text), []);
    let changed = text.replace("Value=\"42\"", "Value=\"42\" TransactionType=\"Update\"");
    assert_eq!(told(&changed), [Rule::MissingAudit]);
    let context = text.replace(
        "<StudyEventData ",
        "<StudyEventData TransactionType=\"Context\" ",
    );
    assert_eq!(told(&context), []);
    let event = text.replace(
        "<StudyEventData ",
        "<StudyEventData TransactionType=\"Insert\" ",
    );
    assert_eq!(told(&event), [Rule::MissingAudit]);
}

#[test]
fn an_archive_needs_an_audit_record_for_everything() {
    let audit = "<AuditRecord><UserRef UserOID=\"U\"/><LocationRef LocationOID=\"L\"/><DateTimeStamp>2026-01-01T00:00:00</DateTimeStamp></AuditRecord>";
    let archive = |context: &str, of_item: &str, of_subject: &str| {
        format!(
            "<ODM xmlns=\"http://www.cdisc.org/ns/odm/v2.0\" FileType=\"Snapshot\" {context} FileOID=\"F\" CreationDateTime=\"2026-11-30T10:00:00\"><ClinicalData StudyOID=\"S\" MetaDataVersionOID=\"V\"><SubjectData SubjectKey=\"1\"><StudyEventData StudyEventOID=\"E\"><ItemGroupData ItemGroupOID=\"G\"><ItemData ItemOID=\"I\"><Value>1</Value>{of_item}</ItemData>{audit}</ItemGroupData>{audit}</StudyEventData>{of_subject}</SubjectData></ClinicalData></ODM>"
        )
    };
    let context = "Context=\"Archive\"";
    assert_eq!(told(&archive(context, audit, audit)), []);
    assert_eq!(told(&archive("", "", "")), []);
    for (of_item, of_subject) in [("", audit), (audit, "")] {
        assert_eq!(
            told(&archive(context, of_item, of_subject)),
            [Rule::MissingAudit]
        );
    }
}

#[test]
fn a_piece_of_a_file_is_told_as_such() {
    let version = r#"<MetaDataVersion xmlns="http://www.cdisc.org/ns/odm/v1.3" OID="V" Name="v"><FormDef OID="F" Name="f" Repeating="No"><ItemGroupRef ItemGroupOID="G" Mandatory="Yes"/></FormDef></MetaDataVersion>"#;
    assert_eq!(told(version), [Rule::Fragment, Rule::Unresolved]);
}

#[test]
fn a_version_that_includes_another_may_use_what_it_does_not_define() {
    let included = snapshot(
        "<Protocol>",
        "<Include StudyOID=\"S\" MetaDataVersionOID=\"V.0\"/><Protocol>",
    )
    .replace(
        "<ItemRef ItemOID=\"I.INT\"",
        "<ItemRef ItemOID=\"I.ELSEWHERE\"",
    );
    assert!(!told(&included).contains(&Rule::Unresolved));
}

#[test]
fn no_value_of_a_subject_is_repeated() {
    let text = snapshot("ITEMS", "<ItemData ItemOID=\"I.DATE\" Value=\"confidential\" TransactionType=\"confidential\"/><ItemData ItemOID=\"I.DATE\" Value=\"\"/>")
        .replace("<SubjectData SubjectKey=\"secret\">", "<SubjectData SubjectKey=\"secret\"/><SubjectData SubjectKey=\"secret\" confidential=\"secret\">");
    let report = checked(text.as_bytes());
    assert!(report.problems.len() >= 3, "{report:#?}");
    for problem in &report.problems {
        let told = problem.to_string();
        assert!(!told.contains("secret"), "{told}");
        assert!(
            !told.contains("confidential") || problem.rule == Rule::UnknownAttribute,
            "{told}"
        );
    }
}

#[test]
fn problems_of_one_kind_are_told_once_with_their_number() {
    let items = "<ItemData ItemOID=\"I.INT\" Value=\"x\"/>".to_owned()
        + &"<ItemData ItemOID=\"I.INT\" Value=\"y\"/>".repeat(4_999);
    let report = checked(snapshot("ITEMS", &items).as_bytes());
    let wrong = of_rule(&report, Rule::ValueOfType);
    assert_eq!((wrong.len(), wrong[0].times), (1, 5_000));
    assert_eq!(report.warnings, 5_000);
    assert_eq!(
        wrong[0].path,
        "/ODM/ClinicalData/SubjectData/StudyEventData/FormData/ItemGroupData/ItemData"
    );
}
