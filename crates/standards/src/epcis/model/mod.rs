//! What an EPCIS document says, free of the syntax that carried it.
//!
//! Every text is kept as it was written: `receiving`, `cbv:BizStep-receiving` and the URN stay apart, and [`crate::epcis::vocabulary`]
//! says that they mean the same. Fields that a type of event does not have are kept too; [`crate::epcis::validate`] refuses them.

mod document;
mod event;
mod extension;
mod field;
mod sensor;
mod visit;

pub use document::{
    Attribute, Body, Document, DocumentKind, Envelope, MasterData, QueryResult, Vocabulary,
    VocabularyElement,
};
pub use event::{
    Action, BizTransaction, CertificationInfo, ErrorDeclaration, Event, EventType, Party,
    PersistentDisposition, Place, Quantity,
};
pub use extension::{Element, Extension, Name, Prefixes, Value};
pub(crate) use field::Slot;
pub use field::{Field, FieldRef};
pub use sensor::{MetadataField, ReportField, SensorElement, SensorMetadata, SensorReport, Shape};
