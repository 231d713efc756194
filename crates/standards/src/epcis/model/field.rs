//! The standard fields of an event under one name each, so that readers, printers and rules share one table.

use super::{
    Action, BizTransaction, CertificationInfo, ErrorDeclaration, Event, Extension, Party,
    PersistentDisposition, Place, Quantity, SensorElement,
};

macro_rules! fields {
    ($($variant:ident = $name:literal, $item:literal;)*) => {
        /// A standard field of an event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "each stands for the field of its name")]
        pub enum Field { $($variant,)* }

        impl Field {
            /// All fields.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in JSON and XML.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The element that holds one member of the list in XML; empty for a field that is no list.
            pub fn item(self) -> &'static str {
                match self { $(Self::$variant => $item,)* }
            }

            /// The field of this name.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

fields! {
    EventTime = "eventTime", "";
    RecordTime = "recordTime", "";
    EventTimeZoneOffset = "eventTimeZoneOffset", "";
    EventId = "eventID", "";
    ErrorDeclaration = "errorDeclaration", "";
    CertificationInfo = "certificationInfo", "";
    Action = "action", "";
    ParentId = "parentID", "";
    EpcList = "epcList", "epc";
    ChildEpcs = "childEPCs", "epc";
    InputEpcList = "inputEPCList", "epc";
    OutputEpcList = "outputEPCList", "epc";
    QuantityList = "quantityList", "quantityElement";
    ChildQuantityList = "childQuantityList", "quantityElement";
    InputQuantityList = "inputQuantityList", "quantityElement";
    OutputQuantityList = "outputQuantityList", "quantityElement";
    TransformationId = "transformationID", "";
    BizStep = "bizStep", "";
    Disposition = "disposition", "";
    PersistentDisposition = "persistentDisposition", "";
    ReadPoint = "readPoint", "";
    BizLocation = "bizLocation", "";
    BizTransactionList = "bizTransactionList", "bizTransaction";
    SourceList = "sourceList", "source";
    DestinationList = "destinationList", "destination";
    SensorElementList = "sensorElementList", "sensorElement";
    Ilmd = "ilmd", "";
}

/// What a field of an event holds.
#[derive(Clone, Copy, Debug)]
pub enum FieldRef<'a> {
    /// One text.
    Text(&'a str),
    /// Identifiers of things.
    Epcs(&'a [String]),
    /// Classes with amounts.
    Quantities(&'a [Quantity]),
    /// Certifications.
    Certifications(&'a CertificationInfo),
    /// A correction of an earlier event.
    Error(&'a ErrorDeclaration),
    /// Dispositions that begin or end.
    Persistent(&'a PersistentDisposition),
    /// A location.
    Place(&'a Place),
    /// Business documents.
    Transactions(&'a [BizTransaction]),
    /// Where from, or where to.
    Parties(&'a [Party]),
    /// Sensor data.
    Sensors(&'a [SensorElement]),
    /// Master data of an instance or lot.
    Ilmd(&'a [Extension]),
}

impl Event {
    /// What `field` holds, if the event has it.
    pub fn field(&self, field: Field) -> Option<FieldRef<'_>> {
        use FieldRef as Ref;
        match field {
            Field::EventTime => self.event_time.as_deref().map(Ref::Text),
            Field::RecordTime => self.record_time.as_deref().map(Ref::Text),
            Field::EventTimeZoneOffset => self.event_time_zone_offset.as_deref().map(Ref::Text),
            Field::EventId => self.event_id.as_deref().map(Ref::Text),
            Field::ErrorDeclaration => self.error_declaration.as_ref().map(Ref::Error),
            Field::CertificationInfo => self.certification_info.as_ref().map(Ref::Certifications),
            Field::Action => self.action.map(|action| Ref::Text(action.name())),
            Field::ParentId => self.parent_id.as_deref().map(Ref::Text),
            Field::EpcList => self.epc_list.as_deref().map(Ref::Epcs),
            Field::ChildEpcs => self.child_epcs.as_deref().map(Ref::Epcs),
            Field::InputEpcList => self.input_epc_list.as_deref().map(Ref::Epcs),
            Field::OutputEpcList => self.output_epc_list.as_deref().map(Ref::Epcs),
            Field::QuantityList => self.quantity_list.as_deref().map(Ref::Quantities),
            Field::ChildQuantityList => self.child_quantity_list.as_deref().map(Ref::Quantities),
            Field::InputQuantityList => self.input_quantity_list.as_deref().map(Ref::Quantities),
            Field::OutputQuantityList => self.output_quantity_list.as_deref().map(Ref::Quantities),
            Field::TransformationId => self.transformation_id.as_deref().map(Ref::Text),
            Field::BizStep => self.biz_step.as_deref().map(Ref::Text),
            Field::Disposition => self.disposition.as_deref().map(Ref::Text),
            Field::PersistentDisposition => {
                self.persistent_disposition.as_ref().map(Ref::Persistent)
            }
            Field::ReadPoint => self.read_point.as_ref().map(Ref::Place),
            Field::BizLocation => self.biz_location.as_ref().map(Ref::Place),
            Field::BizTransactionList => {
                self.biz_transaction_list.as_deref().map(Ref::Transactions)
            }
            Field::SourceList => self.source_list.as_deref().map(Ref::Parties),
            Field::DestinationList => self.destination_list.as_deref().map(Ref::Parties),
            Field::SensorElementList => self.sensor_element_list.as_deref().map(Ref::Sensors),
            Field::Ilmd => self.ilmd.as_deref().map(Ref::Ilmd),
        }
    }
}

/// Where a field of an event is put.
#[derive(Debug)]
pub(crate) enum Slot<'a> {
    Text(&'a mut Option<String>),
    Epcs(&'a mut Option<Vec<String>>),
    Quantities(&'a mut Option<Vec<Quantity>>),
    Certifications(&'a mut Option<CertificationInfo>),
    Action(&'a mut Option<Action>),
    Error(&'a mut Option<ErrorDeclaration>),
    Persistent(&'a mut Option<PersistentDisposition>),
    Place(&'a mut Option<Place>),
    Transactions(&'a mut Option<Vec<BizTransaction>>),
    Parties(&'a mut Option<Vec<Party>>),
    Sensors(&'a mut Option<Vec<SensorElement>>),
    Ilmd(&'a mut Option<Vec<Extension>>),
}

impl Event {
    /// Where `field` is put.
    pub(crate) fn slot(&mut self, field: Field) -> Slot<'_> {
        match field {
            Field::EventTime => Slot::Text(&mut self.event_time),
            Field::RecordTime => Slot::Text(&mut self.record_time),
            Field::EventTimeZoneOffset => Slot::Text(&mut self.event_time_zone_offset),
            Field::EventId => Slot::Text(&mut self.event_id),
            Field::ErrorDeclaration => Slot::Error(&mut self.error_declaration),
            Field::CertificationInfo => Slot::Certifications(&mut self.certification_info),
            Field::Action => Slot::Action(&mut self.action),
            Field::ParentId => Slot::Text(&mut self.parent_id),
            Field::EpcList => Slot::Epcs(&mut self.epc_list),
            Field::ChildEpcs => Slot::Epcs(&mut self.child_epcs),
            Field::InputEpcList => Slot::Epcs(&mut self.input_epc_list),
            Field::OutputEpcList => Slot::Epcs(&mut self.output_epc_list),
            Field::QuantityList => Slot::Quantities(&mut self.quantity_list),
            Field::ChildQuantityList => Slot::Quantities(&mut self.child_quantity_list),
            Field::InputQuantityList => Slot::Quantities(&mut self.input_quantity_list),
            Field::OutputQuantityList => Slot::Quantities(&mut self.output_quantity_list),
            Field::TransformationId => Slot::Text(&mut self.transformation_id),
            Field::BizStep => Slot::Text(&mut self.biz_step),
            Field::Disposition => Slot::Text(&mut self.disposition),
            Field::PersistentDisposition => Slot::Persistent(&mut self.persistent_disposition),
            Field::ReadPoint => Slot::Place(&mut self.read_point),
            Field::BizLocation => Slot::Place(&mut self.biz_location),
            Field::BizTransactionList => Slot::Transactions(&mut self.biz_transaction_list),
            Field::SourceList => Slot::Parties(&mut self.source_list),
            Field::DestinationList => Slot::Parties(&mut self.destination_list),
            Field::SensorElementList => Slot::Sensors(&mut self.sensor_element_list),
            Field::Ilmd => Slot::Ilmd(&mut self.ilmd),
        }
    }
}
