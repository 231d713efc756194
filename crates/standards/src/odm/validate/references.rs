//! OIDs that are defined and OIDs that are used.

use super::{report::Report, rule::Rule};
use crate::odm::{place::Place, xml::Element};
use std::collections::{BTreeMap, BTreeSet};

/// What kind of definition an attribute refers to.
fn target(attribute: &str) -> Option<&'static str> {
    Some(match attribute {
        "StudyEventOID" => "StudyEventDef",
        "FormOID" => "FormDef",
        "ItemGroupOID" => "ItemGroupDef",
        "ItemOID" | "UnitsItemOID" => "ItemDef",
        "CodeListOID" | "RoleCodeListOID" => "CodeList",
        "MethodOID" => "MethodDef",
        "ImputationMethodOID" => "ImputationMethod",
        "CollectionExceptionConditionOID"
        | "ConditionOID"
        | "StartConditionOID"
        | "EndConditionOID" => "ConditionDef",
        "MeasurementUnitOID" => "MeasurementUnit",
        "PresentationOID" => "Presentation",
        "ArchiveLayoutOID" => "ArchiveLayout",
        "CommentOID" => "CommentDef",
        "ValueListOID" => "ValueListDef",
        "WhereClauseOID" => "WhereClauseDef",
        "StandardOID" => "Standard",
        "leafID" | "LeafID" | "ArchiveLocationID" => "leaf",
        "WorkflowOID" => "WorkflowDef",
        "StudyEventGroupOID" => "StudyEventGroupDef",
        "ArmOID" => "Arm",
        "EpochOID" => "Epoch",
        "StudyEndPointOID" => "StudyEndPoint",
        "StudyInterventionOID" => "StudyIntervention",
        "StudyTargetPopulationOID" => "StudyTargetPopulation",
        _ => return None,
    })
}

fn person(attribute: &str) -> Option<&'static str> {
    Some(match attribute {
        "UserOID" => "User",
        "LocationOID" => "Location",
        "SignatureOID" => "SignatureDef",
        _ => return None,
    })
}

/// Where something is used.
struct Use {
    kind: &'static str,
    oid: String,
    place: Place,
    path: String,
}

/// Definitions and uses, of one version of the metadata at a time, and of people in the whole file.
#[derive(Default)]
pub(super) struct References {
    units: BTreeSet<String>,
    defined: BTreeSet<(String, String)>,
    uses: Vec<Use>,
    is_including: bool,
    has_people: bool,
    people: BTreeSet<(&'static str, String)>,
    mentions: BTreeMap<(&'static str, String), (Place, String)>,
    kept: usize,
    most: usize,
}

impl References {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            ..Self::default()
        }
    }

    /// Whether more was met than is kept.
    pub(super) fn is_full(&self) -> bool {
        self.kept >= self.most
    }

    fn keep(&mut self) -> bool {
        self.kept += 1;
        !self.is_full()
    }

    pub(super) fn begin_study(&mut self) {
        self.units.clear();
    }

    /// An element of a study, in its metadata or before them.
    pub(super) fn metadata(&mut self, element: &Element, path: impl Fn() -> String) {
        let local = &*element.name.local;
        if local == "MetaDataVersion" {
            self.defined.clear();
            self.uses.clear();
            self.is_including = false;
        }
        self.is_including |= local == "Include";
        self.define(element, local);
        // What a source item names is in another version, or another study.
        if matches!(local, "SourceItem" | "Include" | "KeySet") {
            return;
        }
        for attribute in &element.attributes {
            let Some(kind) = target(&attribute.name.local) else {
                continue;
            };
            if self.keep() {
                self.uses.push(Use {
                    kind,
                    oid: attribute.value.clone(),
                    place: element.place,
                    path: path(),
                });
            }
        }
    }

    fn define(&mut self, element: &Element, local: &str) {
        let id = match local {
            "leaf" | "Leaf" => element.attribute("ID"),
            _ => element.attribute("OID"),
        };
        let Some(oid) = id else {
            return;
        };
        if local == "MeasurementUnit" {
            self.units.insert(oid.to_owned());
        } else if self.keep() {
            let kind = if local == "Leaf" { "leaf" } else { local };
            self.defined.insert((kind.to_owned(), oid.to_owned()));
        }
    }

    /// The version ends: what is used in it must be defined in it, or in the one that it includes.
    pub(super) fn end_version(&mut self, report: &mut Report) {
        for each in std::mem::take(&mut self.uses) {
            let is_defined = match each.kind {
                "MeasurementUnit" => self.units.contains(&each.oid),
                kind => self.defined.contains(&(kind.to_owned(), each.oid.clone())),
            };
            if !is_defined && !self.is_including && !self.is_full() {
                let what = format!("{} {}", each.kind, each.oid);
                report.push(Rule::Unresolved, each.place, each.path, &what);
            }
        }
        self.defined.clear();
    }

    /// An element of the data of administration.
    pub(super) fn admin(&mut self, element: &Element) {
        self.has_people = true;
        let kinds = ["User", "Location", "SignatureDef"];
        let kind = kinds.into_iter().find(|kind| **kind == *element.name.local);
        if let (Some(kind), Some(oid)) = (kind, element.attribute("OID"))
            && self.keep()
        {
            self.people.insert((kind, oid.to_owned()));
        }
    }

    /// An element of clinical data.
    pub(super) fn mention(&mut self, element: &Element, path: impl Fn() -> String) {
        for attribute in &element.attributes {
            let Some(kind) = person(&attribute.name.local) else {
                continue;
            };
            let key = (kind, attribute.value.clone());
            if !self.mentions.contains_key(&key) && self.keep() {
                self.mentions.insert(key, (element.place, path()));
            }
        }
    }

    /// The file ends: whom it mentions it must define, if it defines anyone.
    pub(super) fn end_file(&mut self, report: &mut Report) {
        for (key, (place, path)) in std::mem::take(&mut self.mentions) {
            if self.has_people && !self.is_full() && !self.people.contains(&key) {
                report.push(
                    Rule::UnknownPerson,
                    place,
                    path,
                    &format!("{} {}", key.0, key.1),
                );
            }
        }
    }
}
