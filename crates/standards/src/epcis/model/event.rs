//! One event: what happened to which things, when, where, why and how.

use super::{Extension, Name, Prefixes, SensorElement};
use crate::epcis::{json::Json, number::Number};
use std::sync::Arc;

/// An event of any type. Texts stand as they were written.
#[derive(Clone, Debug, Default, PartialEq)]
#[allow(missing_docs, reason = "each holds the field of its name")]
pub struct Event {
    pub event_type: EventType,
    pub event_time: Option<String>,
    pub record_time: Option<String>,
    pub event_time_zone_offset: Option<String>,
    pub event_id: Option<String>,
    pub error_declaration: Option<ErrorDeclaration>,
    pub certification_info: Option<CertificationInfo>,
    pub action: Option<Action>,
    pub parent_id: Option<String>,
    pub epc_list: Option<Vec<String>>,
    pub child_epcs: Option<Vec<String>>,
    pub input_epc_list: Option<Vec<String>>,
    pub output_epc_list: Option<Vec<String>>,
    pub quantity_list: Option<Vec<Quantity>>,
    pub child_quantity_list: Option<Vec<Quantity>>,
    pub input_quantity_list: Option<Vec<Quantity>>,
    pub output_quantity_list: Option<Vec<Quantity>>,
    pub transformation_id: Option<String>,
    pub biz_step: Option<String>,
    pub disposition: Option<String>,
    pub persistent_disposition: Option<PersistentDisposition>,
    pub read_point: Option<Place>,
    pub biz_location: Option<Place>,
    pub biz_transaction_list: Option<Vec<BizTransaction>>,
    pub source_list: Option<Vec<Party>>,
    pub destination_list: Option<Vec<Party>>,
    pub sensor_element_list: Option<Vec<SensorElement>>,
    pub ilmd: Option<Vec<Extension>>,
    /// What users added, in order.
    pub extensions: Vec<Extension>,
    /// The context that the event itself carries in JSON-LD.
    pub context: Option<Json>,
    /// Namespaces that the event's XML declares: (prefix, namespace).
    pub declarations: Vec<(String, String)>,
    /// What prefixes stand for in this event.
    pub prefixes: Arc<Prefixes>,
}

/// The type of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum EventType {
    /// Something happened to things or classes of things.
    #[default]
    Object,
    /// Things were put into or taken out of a container.
    Aggregation,
    /// Things became part of a business document, or ceased to be.
    Transaction,
    /// Things were used up to make other things.
    Transformation,
    /// Things were joined to a place or an asset for longer.
    Association,
    /// A type that users defined.
    Custom(Name),
}

impl EventType {
    /// The five types of the standard.
    pub const STANDARD: [Self; 5] = [
        Self::Object,
        Self::Aggregation,
        Self::Transaction,
        Self::Transformation,
        Self::Association,
    ];

    /// The name in JSON, and the local name of the element in XML.
    pub fn name(&self) -> String {
        match self {
            Self::Object => "ObjectEvent".to_owned(),
            Self::Aggregation => "AggregationEvent".to_owned(),
            Self::Transaction => "TransactionEvent".to_owned(),
            Self::Transformation => "TransformationEvent".to_owned(),
            Self::Association => "AssociationEvent".to_owned(),
            Self::Custom(name) => name.written(),
        }
    }

    /// The standard type of this name.
    pub fn standard(name: &str) -> Option<Self> {
        match name {
            "ObjectEvent" => Some(Self::Object),
            "AggregationEvent" => Some(Self::Aggregation),
            "TransactionEvent" => Some(Self::Transaction),
            "TransformationEvent" => Some(Self::Transformation),
            "AssociationEvent" => Some(Self::Association),
            _ => None,
        }
    }
}

/// How the event relates to the life of the things or of the relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// It begins.
    Add,
    /// It was seen.
    Observe,
    /// It ends.
    Delete,
}

impl Action {
    /// The word of the standard.
    pub fn name(self) -> &'static str {
        match self {
            Self::Add => "ADD",
            Self::Observe => "OBSERVE",
            Self::Delete => "DELETE",
        }
    }

    /// The action of this word.
    pub fn named(word: &str) -> Option<Self> {
        match word {
            "ADD" => Some(Self::Add),
            "OBSERVE" => Some(Self::Observe),
            "DELETE" => Some(Self::Delete),
            _ => None,
        }
    }
}

/// One or several certifications. JSON tells one text from a list of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificationInfo {
    /// One.
    One(String),
    /// A list.
    Many(Vec<String>),
}

impl CertificationInfo {
    /// The certifications in order.
    pub fn as_slice(&self) -> &[String] {
        match self {
            Self::One(text) => std::slice::from_ref(text),
            Self::Many(texts) => texts,
        }
    }
}

/// That an earlier event of the same content was wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ErrorDeclaration {
    /// When it was declared.
    pub declaration_time: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The events that stand in its place.
    pub corrective_event_ids: Option<Vec<String>>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// An amount of things of one class.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The class.
    pub epc_class: Option<String>,
    /// How many, or how much.
    pub quantity: Option<Number>,
    /// The unit where it is how much, of UN/CEFACT Recommendation 20.
    pub uom: Option<String>,
}

/// Dispositions that stay until they are unset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersistentDisposition {
    /// Those that begin.
    pub set: Option<Vec<String>>,
    /// Those that end.
    pub unset: Option<Vec<String>>,
}

/// A read point or a business location.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// Its identifier.
    pub id: Option<String>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// A business document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BizTransaction {
    /// Its type.
    pub transaction_type: Option<String>,
    /// Its identifier.
    pub id: Option<String>,
}

/// A source or a destination.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Party {
    /// Its type: owner, holder or place.
    pub party_type: Option<String>,
    /// Its identifier.
    pub id: Option<String>,
}
