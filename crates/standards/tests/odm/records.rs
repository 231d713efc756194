//! The records of real exports, counted a second time by another reader of XML.

use crate::support::{OPENCLINICA, example, in_utf8, published};
use roxmltree::{Document, Node};
use theriac_standards::odm::{
    Limits, Reader, Record,
    clinical::{AuditLog, AuditRecord, ItemValue, Level, Query, QueryState},
    metadata::Metadata,
};

/// All that a file says, by kind.
#[derive(Default)]
struct Said {
    items: Vec<ItemValue>,
    audits: Vec<AuditRecord>,
    logs: Vec<AuditLog>,
    queries: Vec<Query>,
    subjects: Vec<String>,
    versions: Vec<Metadata>,
    users: usize,
}

fn said(bytes: &[u8]) -> Said {
    let mut reader = Reader::open(bytes, Limits::default()).expect("ODM");
    let mut said = Said::default();
    while let Some(record) = reader.next_record().expect("well-formed") {
        match record {
            Record::Item(item) => {
                said.audits.extend(item.audit.clone());
                said.logs.extend(item.logs.clone());
                said.queries.extend(item.queries.clone());
                said.items.push(*item);
            }
            Record::Audit(audit) => said.audits.push(audit),
            Record::Log(log) => said.logs.push(*log),
            Record::Query(query) => said.queries.push(*query),
            Record::Begin(container) if container.level == Level::Subject => {
                said.subjects.push(container.key);
            }
            Record::Metadata(version) => said.versions.push(*version),
            Record::User(_) => said.users += 1,
            _ => {}
        }
    }
    said
}

fn elements<'a>(document: &'a Document<'a>, name: &'a str) -> impl Iterator<Item = Node<'a, 'a>> {
    document
        .descendants()
        .filter(move |node| node.is_element() && node.tag_name().name() == name)
}

fn text(node: Node<'_, '_>, child: &str) -> Option<String> {
    let child = node
        .children()
        .find(|node| node.tag_name().name() == child)?;
    let text = child.text().unwrap_or_default().trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[test]
fn every_audit_record_of_rave_is_read_with_its_reason_and_source() {
    let Some(root) = published("Rave") else {
        return;
    };
    let text_of_file = in_utf8(&example(&root, "rave/car_message.xml"));
    let said = said(text_of_file.as_bytes());
    let document = Document::parse(&text_of_file).expect("XML");
    let expected: Vec<_> = elements(&document, "AuditRecord")
        .map(|node| {
            let user = node
                .descendants()
                .find(|node| node.tag_name().name() == "UserRef");
            let user = user
                .and_then(|user| user.attribute("UserOID"))
                .map(str::to_owned);
            (
                user,
                text(node, "DateTimeStamp"),
                text(node, "ReasonForChange"),
                text(node, "SourceID"),
            )
        })
        .collect();
    let got: Vec<_> = said
        .audits
        .iter()
        .map(|audit| {
            (
                audit.user.clone(),
                audit.at.clone(),
                audit.reason.clone(),
                audit.source.clone(),
            )
        })
        .collect();
    assert_eq!(got, expected);
    assert_eq!(got.len(), 742);
    assert!(
        got.iter()
            .all(|(user, at, _, source)| user.is_some() && at.is_some() && source.is_some())
    );
    let queries: Vec<_> = elements(&document, "Query")
        .map(|node| node.attribute("QueryRepeatKey").map(str::to_owned))
        .collect();
    let ids: Vec<_> = said.queries.iter().map(|query| query.id.clone()).collect();
    assert_eq!(ids, queries);
    assert!(
        said.queries
            .iter()
            .any(|query| query.state == Some(QueryState::Open))
    );
}

#[test]
fn items_and_audit_logs_of_openclinica_are_read_without_loss() {
    let Some(root) = published("OpenClinica") else {
        return;
    };
    let text_of_file = in_utf8(&example(&root, OPENCLINICA));
    let said = said(text_of_file.as_bytes());
    let document = Document::parse(&text_of_file).expect("XML");
    let attribute = |node: Node<'_, '_>, name: &str| node.attribute(name).map(str::to_owned);
    let expected: Vec<_> = elements(&document, "ItemData")
        .map(|node| attribute(node, "Value"))
        .collect();
    let got: Vec<_> = said
        .items
        .iter()
        .map(|item| item.values.first().cloned())
        .collect();
    assert_eq!(got, expected);
    let expected: Vec<_> = elements(&document, "AuditLog")
        .map(|node| {
            ["ID", "UserID", "OldValue", "NewValue", "ReasonForChange"]
                .map(|name| attribute(node, name))
        })
        .collect();
    let mut got: Vec<_> = said
        .logs
        .iter()
        .map(|log| [&log.id, &log.user, &log.old, &log.new, &log.reason].map(Clone::clone))
        .collect();
    let mut expected_sorted = expected;
    got.sort();
    expected_sorted.sort();
    assert_eq!(got, expected_sorted);
    println!(
        "{} items, {} rows of the audit log",
        said.items.len(),
        said.logs.len()
    );
    let notes: Vec<_> = elements(&document, "DiscrepancyNote")
        .map(|node| attribute(node, "ID"))
        .collect();
    assert_eq!(said.queries.len(), notes.len());
    assert_eq!(said.users, elements(&document, "User").count());
    let version = said.versions.first().expect("metadata");
    assert_eq!(version.items.len(), elements(&document, "ItemDef").count());
    assert_eq!(
        version.code_lists.len(),
        elements(&document, "CodeList").count()
    );
}

#[test]
fn the_subjects_of_openedc_have_audit_records_though_they_stand_last() {
    let Some(root) = published("OpenEDC") else {
        return;
    };
    let said = said(&example(&root, "openedc/clinicaldata.xml"));
    assert_eq!(said.subjects.len(), 90);
    assert_eq!(said.audits.len(), 90);
    assert!(
        said.audits
            .iter()
            .all(|audit| audit.user.is_some() && audit.at.is_some())
    );
}

#[test]
fn a_define_names_its_datasets_variables_and_lists() {
    let Some(root) = published("Define-XML") else {
        return;
    };
    for name in [
        "odmlib/defineV21-SDTM.xml",
        "odmlib/define2-0-0-sdtm-test.xml",
        "dataset-json/adam/define.xml",
    ] {
        let text_of_file = in_utf8(&example(&root, name));
        let said = said(text_of_file.as_bytes());
        let document = Document::parse(&text_of_file).expect("XML");
        let version = &said.versions[0];
        for (count, element) in [
            (version.groups.len(), "ItemGroupDef"),
            (version.items.len(), "ItemDef"),
            (version.code_lists.len(), "CodeList"),
        ] {
            assert_eq!(
                count,
                elements(&document, element).count(),
                "{name}: {element}"
            );
            assert!(count > 0, "{name}: {element}");
        }
        assert!(
            version.items.values().all(|item| item.data_type.is_some()),
            "{name}"
        );
    }
}
