//! The study, and what its data are made of.

use std::collections::{BTreeMap, BTreeSet};

use theriac_contracts::codes::{MissedReason, QueryState};
use theriac_standards::odm::xml::Element;

use super::shape::{FLAG_TYPES, Shape, with};
use crate::trials::source::NULL_FLAG;

/// The flag of a form that was missed.
pub(super) const MISSED: &str = "Missed";
/// The flag of a query in ODM 1.3.2.
pub(super) const QUERY: &str = "Query";

const FLAVOURS: [&str; 15] = [
    "NI", "NA", "UNK", "ASKU", "NAV", "NASK", "MSK", "OTH", "NP", "TRC", "QS", "PINF", "NINF",
    "INV", "UNC",
];

/// What is in an export, by the names of the schedule.
#[derive(Clone, Debug, Default)]
pub(super) struct Definitions {
    /// The study's identifier.
    pub(super) study: String,
    /// The version of the protocol.
    pub(super) version: String,
    /// Visits with their forms, in order.
    pub(super) visits: Vec<(String, Vec<String>)>,
    /// Items of each form.
    pub(super) items: BTreeMap<String, BTreeSet<String>>,
}

impl Definitions {
    /// The study with its metadata.
    pub(super) fn element(&self, shape: Shape) -> Element {
        let study = shape.element("Study").with("OID", Some(&self.study));
        let version = self.version(shape);
        if shape.is_two() {
            let study = study
                .with("StudyName", Some(&self.study))
                .with("ProtocolName", Some(&self.study));
            return with(study, [version]);
        }
        let names = ["StudyName", "StudyDescription", "ProtocolName"];
        let names = names.map(|name| shape.text(name, &self.study));
        let variables = with(shape.element("GlobalVariables"), names);
        with(study, [variables, version])
    }

    fn version(&self, shape: Shape) -> Element {
        let version = shape
            .element("MetaDataVersion")
            .with("OID", Some(&self.version))
            .with("Name", Some(&self.version));
        let mut children = Vec::new();
        if !shape.is_two() {
            let visits = self.visits.iter().map(|(visit, _)| {
                let visit = shape.reference("StudyEventRef", "StudyEventOID", visit);
                visit.with("Mandatory", Some("No"))
            });
            children.push(with(shape.element("Protocol"), visits));
        }
        children.extend(self.visits.iter().map(|visit| event(shape, visit)));
        let forms: BTreeSet<&String> = self.visits.iter().flat_map(|(_, forms)| forms).collect();
        let none = BTreeSet::new();
        let items = |form: &str| self.items.get(form).unwrap_or(&none);
        if !shape.is_two() {
            children.extend(forms.iter().map(|form| {
                let group = shape.reference("ItemGroupRef", "ItemGroupOID", &shape.group(form));
                let group = group.with("Mandatory", Some("No"));
                with(
                    defined(shape, "FormDef", form).with("Repeating", Some("No")),
                    [group],
                )
            }));
        }
        children.extend(forms.iter().map(|form| group(shape, form, items(form))));
        let all: BTreeSet<&String> = self.items.values().flatten().collect();
        children.extend(
            all.into_iter()
                .map(|item| defined(shape, "ItemDef", item).with("DataType", Some("text"))),
        );
        children.extend(lists(shape));
        with(version, children)
    }
}

fn defined(shape: Shape, element: &str, oid: &str) -> Element {
    shape
        .element(element)
        .with("OID", Some(oid))
        .with("Name", Some(oid))
}

fn event(shape: Shape, (visit, forms): &(String, Vec<String>)) -> Element {
    let (element, attribute) = match shape.is_two() {
        true => ("ItemGroupRef", "ItemGroupOID"),
        false => ("FormRef", "FormOID"),
    };
    let forms = forms.iter().map(|form| {
        let form = shape.reference(element, attribute, form);
        form.with("Mandatory", Some("No"))
    });
    let event = defined(shape, "StudyEventDef", visit)
        .with("Repeating", Some("No"))
        .with("Type", Some("Scheduled"));
    with(event, forms)
}

fn group(shape: Shape, form: &str, items: &BTreeSet<String>) -> Element {
    let group = defined(shape, "ItemGroupDef", &shape.group(form))
        .with("Repeating", Some("No"))
        .with("Type", shape.is_two().then_some("Form"));
    let items = items.iter().map(|item| {
        let item = shape.reference("ItemRef", "ItemOID", item);
        item.with("Mandatory", Some("No"))
    });
    with(group, items)
}

/// The lists of flags.
fn lists(shape: Shape) -> Vec<Element> {
    let item = match shape.is_two() {
        true => "CodeListItem",
        false => "EnumeratedItem",
    };
    let list = |oid: String, values: &[&str]| {
        let values = values
            .iter()
            .map(|value| shape.reference(item, "CodedValue", value));
        let list = defined(shape, "CodeList", &oid).with("DataType", Some("text"));
        with(list, values)
    };
    let missed: Vec<_> = MissedReason::ALL
        .iter()
        .map(|reason| reason.word())
        .collect();
    let states: Vec<_> = QueryState::ALL.iter().map(|state| state.word()).collect();
    vec![
        list(FLAG_TYPES.to_owned(), &[NULL_FLAG, MISSED, QUERY]),
        list(format!("{FLAG_TYPES}.{NULL_FLAG}"), &FLAVOURS),
        list(format!("{FLAG_TYPES}.{MISSED}"), &missed),
        list(format!("{FLAG_TYPES}.{QUERY}"), &states),
    ]
}
