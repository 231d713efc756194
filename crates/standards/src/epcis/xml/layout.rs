//! Which element stands where: the sequences of EPCIS 2.0, and the wrappers of 1.2.

use crate::epcis::model::{EventType, Field};
use Field as F;

/// An edition of the XML binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// EPCIS 1.0 to 1.2: namespace `urn:epcglobal:epcis:xsd:1`.
    One,
    /// EPCIS 2.0: namespace `urn:epcglobal:epcis:xsd:2`.
    Two,
}

impl Edition {
    /// The namespace of a document to capture.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::One => "urn:epcglobal:epcis:xsd:1",
            Self::Two => "urn:epcglobal:epcis:xsd:2",
        }
    }

    /// The namespace of a document that answers a query.
    pub fn query_namespace(self) -> &'static str {
        match self {
            Self::One => "urn:epcglobal:epcis-query:xsd:1",
            Self::Two => "urn:epcglobal:epcis-query:xsd:2",
        }
    }
}

/// What all events begin with.
const COMMON: [Field; 6] = [
    F::EventTime,
    F::RecordTime,
    F::EventTimeZoneOffset,
    F::EventId,
    F::ErrorDeclaration,
    F::CertificationInfo,
];

/// Fields of an event in the order of the 2.0 schema, those of its type first and then all that it must not have, so that
/// nothing is lost when an invalid event is printed.
pub fn xml_order(event_type: &EventType) -> Vec<Field> {
    let own: &[Field] = match event_type {
        EventType::Object => &OBJECT,
        EventType::Aggregation => &AGGREGATION,
        EventType::Transaction => &TRANSACTION,
        EventType::Transformation => &TRANSFORMATION,
        EventType::Association => &ASSOCIATION,
        EventType::Custom(_) => Field::ALL,
    };
    let mut order = COMMON.to_vec();
    let mut add = |field: &Field| {
        if !order.contains(field) {
            order.push(*field);
        }
    };
    own.iter().for_each(&mut add);
    Field::ALL.iter().for_each(&mut add);
    order
}

/// The fields that an event of the type has beside those that all have.
pub(crate) fn own_fields(event_type: &EventType) -> &'static [Field] {
    match event_type {
        EventType::Object => &OBJECT,
        EventType::Aggregation => &AGGREGATION,
        EventType::Transaction => &TRANSACTION,
        EventType::Transformation => &TRANSFORMATION,
        EventType::Association => &ASSOCIATION,
        EventType::Custom(_) => Field::ALL,
    }
}

/// Whether all events may have the field.
pub(crate) fn is_common(field: Field) -> bool {
    COMMON.contains(&field)
}

const OBJECT: [Field; 13] = [
    F::EpcList,
    F::Action,
    F::BizStep,
    F::Disposition,
    F::ReadPoint,
    F::BizLocation,
    F::BizTransactionList,
    F::QuantityList,
    F::SourceList,
    F::DestinationList,
    F::SensorElementList,
    F::PersistentDisposition,
    F::Ilmd,
];

const AGGREGATION: [Field; 13] = [
    F::ParentId,
    F::ChildEpcs,
    F::Action,
    F::BizStep,
    F::Disposition,
    F::ReadPoint,
    F::BizLocation,
    F::BizTransactionList,
    F::ChildQuantityList,
    F::SourceList,
    F::DestinationList,
    F::SensorElementList,
    F::PersistentDisposition,
];

const TRANSACTION: [Field; 13] = [
    F::BizTransactionList,
    F::ParentId,
    F::EpcList,
    F::Action,
    F::BizStep,
    F::Disposition,
    F::ReadPoint,
    F::BizLocation,
    F::QuantityList,
    F::SourceList,
    F::DestinationList,
    F::SensorElementList,
    F::PersistentDisposition,
];

const TRANSFORMATION: [Field; 15] = [
    F::InputEpcList,
    F::InputQuantityList,
    F::OutputEpcList,
    F::OutputQuantityList,
    F::TransformationId,
    F::BizStep,
    F::Disposition,
    F::ReadPoint,
    F::BizLocation,
    F::BizTransactionList,
    F::SourceList,
    F::DestinationList,
    F::SensorElementList,
    F::PersistentDisposition,
    F::Ilmd,
];

const ASSOCIATION: [Field; 13] = [
    F::ParentId,
    F::ChildEpcs,
    F::ChildQuantityList,
    F::Action,
    F::BizStep,
    F::Disposition,
    F::ReadPoint,
    F::BizLocation,
    F::BizTransactionList,
    F::SourceList,
    F::DestinationList,
    F::SensorElementList,
    F::PersistentDisposition,
];

/// How deep 1.2 wraps a field of a type: 0 beside the first fields, 1 in `extension`, 2 in an `extension` in that.
pub(super) fn wrapping(event_type: &EventType, field: Field) -> usize {
    let later = matches!(
        field,
        F::SensorElementList | F::PersistentDisposition | F::CertificationInfo
    );
    let own = matches!(
        field,
        F::QuantityList | F::ChildQuantityList | F::SourceList | F::DestinationList | F::Ilmd
    );
    match event_type {
        EventType::Object | EventType::Aggregation | EventType::Transaction => {
            usize::from(own) + 2 * usize::from(later)
        }
        EventType::Transformation => usize::from(later),
        EventType::Association | EventType::Custom(_) => 0,
    }
}

/// How deep 1.2 wraps an event of a type in the list of events.
pub(super) fn event_wrapping(event_type: &EventType) -> usize {
    match event_type {
        EventType::Object | EventType::Aggregation | EventType::Transaction => 0,
        EventType::Transformation => 1,
        EventType::Association => 2,
        EventType::Custom(_) => 0,
    }
}
