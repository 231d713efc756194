//! Definitions of items.

use super::{RangeCheck, study::translated};
use crate::odm::{grammar::DataType, xml::Element};

/// What an item is and which values it may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemDef {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// Its type; `None` where the file names none that ODM has.
    pub data_type: Option<DataType>,
    /// The most characters, or digits, that a value may have.
    pub length: Option<u64>,
    /// The digits behind the point.
    pub significant_digits: Option<u64>,
    /// Its code list, by OID.
    pub code_list: Option<String>,
    /// What its values are checked against.
    pub range_checks: Vec<RangeCheck>,
    /// Its units, by OID.
    pub units: Vec<String>,
    /// What is asked, in the first language.
    pub question: Option<String>,
    /// What it is about, in the first language.
    pub description: Option<String>,
}

impl ItemDef {
    pub(super) fn of(element: &Element) -> Self {
        let attribute = |name: &str| element.attribute(name);
        let oid_of = |child: &Element, name: &str| child.attribute(name).map(str::to_owned);
        let list = element.child("CodeListRef");
        let units = element.children("MeasurementUnitRef");
        Self {
            oid: attribute("OID").unwrap_or_default().to_owned(),
            name: attribute("Name").unwrap_or_default().to_owned(),
            data_type: attribute("DataType").and_then(DataType::named),
            length: attribute("Length").and_then(|length| length.parse().ok()),
            significant_digits: attribute("SignificantDigits")
                .and_then(|digits| digits.parse().ok()),
            code_list: list.and_then(|list| oid_of(list, "CodeListOID")),
            range_checks: element
                .children("RangeCheck")
                .filter_map(RangeCheck::of)
                .collect(),
            units: units
                .filter_map(|unit| oid_of(unit, "MeasurementUnitOID"))
                .collect(),
            question: element.child("Question").and_then(translated),
            description: element.child("Description").and_then(translated),
        }
    }
}
