//! What stands around the events of a document.

use super::{Event, Extension, Prefixes};
use crate::epcis::json::Json;
use std::sync::Arc;

/// A whole document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// All but the events.
    pub envelope: Envelope,
    /// The events in order.
    pub events: Vec<Event>,
}

/// A document without its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Envelope {
    /// What the document is.
    pub kind: DocumentKind,
    /// `id` in JSON-LD.
    pub id: Option<String>,
    /// The version of the standard that it names: `2.0`, `1.2`.
    pub schema_version: Option<String>,
    /// When it was made.
    pub creation_date: Option<String>,
    /// Who sent it, in JSON-LD.
    pub sender: Option<String>,
    /// To whom, in JSON-LD.
    pub receiver: Option<String>,
    /// Its number, in JSON-LD.
    pub instance_identifier: Option<String>,
    /// The context of JSON-LD.
    pub context: Option<Json>,
    /// Namespaces that the XML root declares: (prefix, namespace).
    pub declarations: Vec<(String, String)>,
    /// Attributes of the XML root outside the standard, as `xsi:schemaLocation`.
    pub attributes: Vec<(super::Name, String)>,
    /// Whether there is a header.
    pub has_header: bool,
    /// The standard business document header and other members of the header.
    pub header: Vec<Extension>,
    /// Master data of the header.
    pub master_data: Option<MasterData>,
    /// The query that this document answers.
    pub query: Option<QueryResult>,
    /// How the body holds its events.
    pub body: Body,
    /// What users added beside the header and the body.
    pub extensions: Vec<Extension>,
    /// What users added in the body beside the events.
    pub body_extensions: Vec<Extension>,
    /// What prefixes stand for in the document.
    pub prefixes: Arc<Prefixes>,
}

/// What a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentKind {
    /// Events to capture.
    #[default]
    Capture,
    /// Events that answer a query.
    Query,
    /// One event that stands alone.
    Event,
}

/// How the body of a document holds its events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// `eventList`.
    #[default]
    List,
    /// `event`, one alone, in JSON-LD.
    Single,
    /// None at all.
    Empty,
}

/// The answer to a query, without its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueryResult {
    /// The query's name.
    pub query_name: Option<String>,
    /// The subscription that it answers.
    pub subscription_id: Option<String>,
    /// Master data that answers the query.
    pub vocabularies: Option<Vec<Vocabulary>>,
    /// What users added.
    pub extensions: Vec<Extension>,
    /// What users added beside the list of events.
    pub results_extensions: Vec<Extension>,
}

/// Master data: attributes of identifiers, by vocabulary.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MasterData {
    /// The vocabularies in order.
    pub vocabularies: Vec<Vocabulary>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// One vocabulary, as that of locations.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Vocabulary {
    /// Its type.
    pub vocabulary_type: Option<String>,
    /// Its elements in order; `None` where the list is absent.
    pub elements: Option<Vec<VocabularyElement>>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// One identifier with its attributes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VocabularyElement {
    /// The identifier.
    pub id: Option<String>,
    /// Its attributes in order.
    pub attributes: Option<Vec<Attribute>>,
    /// Identifiers below it.
    pub children: Option<Vec<String>>,
    /// What users added.
    pub extensions: Vec<Extension>,
}

/// One attribute of an identifier.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// The attribute's identifier.
    pub id: Option<String>,
    /// Its value.
    pub value: super::Value,
}
