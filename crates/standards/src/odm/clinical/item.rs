//! A value of an item, with all that is said about it.

use super::{Annotation, AuditLog, AuditRecord, Query, Signature, TransactionType};
use crate::odm::{
    grammar::DataType,
    place::Place,
    xml::{Attribute, Element, Node, Space},
};

/// One item's data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemValue {
    /// The OID of its definition. Empty where it is absent.
    pub oid: String,
    /// Its value; several where an item of ODM 2.0 repeats, none where it has none.
    pub values: Vec<String>,
    /// Whether it is said that there is no value.
    pub is_null: bool,
    /// Why there is no value, in a vendor's words.
    pub null_reason: Option<String>,
    /// What becomes of it.
    pub transaction: Option<TransactionType>,
    /// The type that its element names; of typed items of ODM 1.3 alone.
    pub data_type: Option<DataType>,
    /// Its unit, by OID.
    pub unit: Option<String>,
    /// Its audit record.
    pub audit: Option<AuditRecord>,
    /// Its signature.
    pub signature: Option<Signature>,
    /// Ids of the audit record, signature and annotation that stand elsewhere; of typed items of ODM 1.3 alone.
    pub elsewhere: [Option<String>; 3],
    /// Annotations.
    pub annotations: Vec<Annotation>,
    /// Queries of ODM 2.0 and of vendors.
    pub queries: Vec<Query>,
    /// Rows of a vendor's audit log.
    pub logs: Vec<AuditLog>,
    /// Attributes of vendors.
    pub other_attributes: Vec<Attribute>,
    /// Elements that none of the fields above holds.
    pub others: Vec<Element>,
    /// Where it begins.
    pub place: Place,
}

impl ItemValue {
    /// Reads an `ItemData`, or a typed one of ODM 1.3.
    pub fn of(element: Element) -> Self {
        let attribute = |name: &str| element.attribute(name).map(str::to_owned);
        let is_typed = &*element.name.local != "ItemData";
        let is_null = element.attribute("IsNull") == Some("Yes");
        let mut value = Self {
            oid: attribute("ItemOID").unwrap_or_default(),
            values: attribute("Value").into_iter().collect(),
            is_null,
            null_reason: None,
            transaction: element
                .attribute("TransactionType")
                .and_then(TransactionType::named),
            data_type: DataType::of_element(&element.name.local),
            unit: attribute("MeasurementUnitOID"),
            audit: None,
            signature: None,
            elsewhere: ["AuditRecordID", "SignatureID", "AnnotationID"].map(attribute),
            annotations: Vec::new(),
            queries: Vec::new(),
            logs: Vec::new(),
            other_attributes: Vec::new(),
            others: Vec::new(),
            place: element.place,
        };
        if is_typed && !is_null {
            value.values = vec![element.text()];
        }
        for attribute in element.attributes {
            if attribute.name.space != Space::Bare {
                if &*attribute.name.local == "ReasonForNull" {
                    value.null_reason = Some(attribute.value.clone());
                }
                value.other_attributes.push(attribute);
            }
        }
        for node in element.nodes {
            if let Node::Element(child) = node {
                value.child(child);
            }
        }
        value
    }

    fn child(&mut self, child: Element) {
        match child.name.odm() {
            Some("Value") => self.values.push(child.text()),
            Some("AuditRecord") => self.audit = Some(AuditRecord::of(&child)),
            Some("Signature") => self.signature = Some(Signature::of(&child)),
            Some("Annotation") => self.annotations.push(Annotation::of(&child)),
            Some("MeasurementUnitRef") => {
                self.unit = child.attribute("MeasurementUnitOID").map(str::to_owned);
            }
            _ => self.foreign(child),
        }
    }

    fn foreign(&mut self, child: Element) {
        if let Some(query) = Query::of(&child) {
            return self.queries.push(query);
        }
        let inner = child.elements().filter_map(Query::of);
        let queries: Vec<_> = inner.collect();
        let logs: Vec<_> = child.elements().filter_map(AuditLog::of).collect();
        if queries.is_empty() && logs.is_empty() {
            return self.others.push(child);
        }
        self.queries.extend(queries);
        self.logs.extend(logs);
    }
}
