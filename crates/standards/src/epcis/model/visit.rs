//! Every identifier, term and extension of an event, to be changed in place.

use super::{Event, Extension, Field, MetadataField, Party, ReportField, Value};
use crate::epcis::vocabulary::Kind;

impl Event {
    /// Gives each identifier of a thing, class, place, party, document or device to `change`.
    pub fn for_each_identifier(&mut self, mut change: impl FnMut(&mut String)) {
        let lists = [
            &mut self.epc_list,
            &mut self.child_epcs,
            &mut self.input_epc_list,
            &mut self.output_epc_list,
        ];
        lists.into_iter().flatten().flatten().for_each(&mut change);
        let quantities = [
            &mut self.quantity_list,
            &mut self.child_quantity_list,
            &mut self.input_quantity_list,
            &mut self.output_quantity_list,
        ];
        let quantities = quantities.into_iter().flatten().flatten();
        quantities
            .filter_map(|quantity| quantity.epc_class.as_mut())
            .for_each(&mut change);
        let ids = [&mut self.parent_id, &mut self.transformation_id];
        ids.into_iter().flatten().for_each(&mut change);
        let places = [&mut self.read_point, &mut self.biz_location];
        let places = places.into_iter().flatten();
        places
            .filter_map(|place| place.id.as_mut())
            .for_each(&mut change);
        let transactions = self.biz_transaction_list.iter_mut().flatten();
        transactions
            .filter_map(|transaction| transaction.id.as_mut())
            .for_each(&mut change);
        self.parties()
            .filter_map(|party| party.id.as_mut())
            .for_each(&mut change);
        self.for_each_device(change);
    }

    fn parties(&mut self) -> impl Iterator<Item = &mut Party> {
        let lists = [&mut self.source_list, &mut self.destination_list];
        lists.into_iter().flatten().flatten()
    }

    fn for_each_device(&mut self, mut change: impl FnMut(&mut String)) {
        for element in self.sensor_element_list.iter_mut().flatten() {
            let metadata = element.metadata.iter_mut();
            metadata
                .filter_map(|metadata| metadata.fields.get_mut(&MetadataField::DeviceId))
                .for_each(&mut change);
            let reports = element.reports.iter_mut();
            reports
                .filter_map(|report| report.fields.get_mut(&ReportField::DeviceId))
                .for_each(&mut change);
        }
    }

    /// Gives each term of a vocabulary to `change`.
    pub fn for_each_term(&mut self, mut change: impl FnMut(Kind, &mut String)) {
        let steps = self.biz_step.iter_mut();
        steps.for_each(|term| change(Kind::BizStep, term));
        let dispositions = self.disposition.iter_mut();
        dispositions.for_each(|term| change(Kind::Disposition, term));
        if let Some(persistent) = &mut self.persistent_disposition {
            let terms = [&mut persistent.set, &mut persistent.unset];
            let terms = terms.into_iter().flatten().flatten();
            terms.for_each(|term| change(Kind::Disposition, term));
        }
        let transactions = self.biz_transaction_list.iter_mut().flatten();
        transactions
            .filter_map(|transaction| transaction.transaction_type.as_mut())
            .for_each(|term| change(Kind::BizTransaction, term));
        self.parties()
            .filter_map(|party| party.party_type.as_mut())
            .for_each(|term| change(Kind::Party, term));
        let errors = self.error_declaration.iter_mut();
        errors
            .filter_map(|error| error.reason.as_mut())
            .for_each(|term| change(Kind::ErrorReason, term));
        let elements = self.sensor_element_list.iter_mut().flatten();
        for report in elements.flat_map(|element| &mut element.reports) {
            for (field, kind) in TERMED {
                let term = report.fields.get_mut(&field).into_iter();
                term.for_each(|term| change(kind, term));
            }
        }
    }

    /// Gives each list of extensions that is no part of another extension to `change`.
    pub fn for_each_extensions(&mut self, mut change: impl FnMut(&mut Vec<Extension>)) {
        change(&mut self.extensions);
        self.ilmd.iter_mut().for_each(&mut change);
        let errors = self.error_declaration.iter_mut();
        errors.for_each(|error| change(&mut error.extensions));
        let places = [&mut self.read_point, &mut self.biz_location];
        let places = places.into_iter().flatten();
        places.for_each(|place| change(&mut place.extensions));
        for element in self.sensor_element_list.iter_mut().flatten() {
            change(&mut element.extensions);
            let metadata = element.metadata.iter_mut();
            metadata.for_each(|metadata| change(&mut metadata.extensions));
            let reports = element.reports.iter_mut();
            reports.for_each(|report| change(&mut report.extensions));
        }
    }
}

impl Field {
    /// The vocabulary of which the field holds one term.
    pub fn vocabulary(self) -> Option<Kind> {
        let termed = [
            (Self::BizStep, Kind::BizStep),
            (Self::Disposition, Kind::Disposition),
        ];
        let mut termed = termed.into_iter();
        termed.find_map(|(field, kind)| (field == self).then_some(kind))
    }
}

impl ReportField {
    /// The vocabulary of which the field holds one term.
    pub fn vocabulary(self) -> Option<Kind> {
        let mut termed = TERMED.into_iter();
        termed.find_map(|(field, kind)| (field == self).then_some(kind))
    }
}

const TERMED: [(ReportField, Kind); 3] = [
    (ReportField::Type, Kind::Measurement),
    (ReportField::Exception, Kind::Alert),
    (ReportField::Component, Kind::Component),
];

impl Value {
    /// Gives each structure in the value, outermost first, to `change`.
    pub fn for_each_element(&mut self, change: &mut impl FnMut(&mut super::Element)) {
        match self {
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) => {}
            Self::List(values) => values
                .iter_mut()
                .for_each(|value| value.for_each_element(change)),
            Self::Element(element) => {
                change(element);
                let fields = element.fields.iter_mut();
                fields.for_each(|field| field.value.for_each_element(change));
            }
        }
    }
}
