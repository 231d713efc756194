//! One version of the metadata of a study.

use super::{CodeList, EventDef, FormDef, GroupDef, ItemDef};
use crate::odm::{place::Place, xml::Element};
use std::collections::BTreeMap;

/// The definitions of one version by their OIDs. Of two with the same OID the first is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The OID of the study.
    pub study: String,
    /// The OID of the version.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// The version that it includes: (study, version).
    pub include: Option<(String, String)>,
    /// Events of the protocol in their order.
    pub protocol: Vec<String>,
    /// Events.
    pub events: BTreeMap<String, EventDef>,
    /// Forms; of ODM 1.3.
    pub forms: BTreeMap<String, FormDef>,
    /// Groups.
    pub groups: BTreeMap<String, GroupDef>,
    /// Items.
    pub items: BTreeMap<String, ItemDef>,
    /// Code lists.
    pub code_lists: BTreeMap<String, CodeList>,
    /// Where it begins.
    pub place: Place,
}

impl Metadata {
    /// Reads the start tag of a version of `study`.
    pub(crate) fn of(study: &str, element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        Self {
            study: study.to_owned(),
            oid: attribute("OID"),
            name: attribute("Name"),
            place: element.place,
            ..Self::default()
        }
    }

    /// Takes a child of the version; those that Theriac needs no more of than to keep them in the file are passed over.
    pub(crate) fn take(&mut self, element: &Element) {
        let attribute = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
        match element.name.odm() {
            Some("Include") => {
                self.include = Some((attribute("StudyOID"), attribute("MetaDataVersionOID")));
            }
            Some("Protocol") => {
                let events = element.children("StudyEventRef");
                let events = events.filter_map(|event| event.attribute("StudyEventOID"));
                self.protocol = events.map(str::to_owned).collect();
            }
            Some("StudyEventDef") => {
                self.events
                    .entry(attribute("OID"))
                    .or_insert_with(|| EventDef::of(element));
            }
            Some("FormDef") => {
                self.forms
                    .entry(attribute("OID"))
                    .or_insert_with(|| FormDef::of(element));
            }
            Some("ItemGroupDef") => {
                self.groups
                    .entry(attribute("OID"))
                    .or_insert_with(|| GroupDef::of(element));
            }
            Some("ItemDef") => {
                self.items
                    .entry(attribute("OID"))
                    .or_insert_with(|| ItemDef::of(element));
            }
            Some("CodeList") => {
                self.code_lists
                    .entry(attribute("OID"))
                    .or_insert_with(|| CodeList::of(element));
            }
            _ => {}
        }
    }
}
