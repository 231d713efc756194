//! Code lists.

use super::study::translated;
use crate::odm::xml::Element;
use std::collections::BTreeMap;

/// The values that an item may have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeList {
    /// Its OID.
    pub oid: String,
    /// Its name.
    pub name: String,
    /// The type of its values, as it stands in the file.
    pub data_type: Option<String>,
    /// Its values with what they mean in the first language; a value that only stands for itself has `None`.
    pub values: BTreeMap<String, Option<String>>,
    /// Its values are elsewhere, in this dictionary.
    pub external: Option<String>,
}

impl CodeList {
    pub(super) fn of(element: &Element) -> Self {
        let coded = |item: &Element| item.attribute("CodedValue").unwrap_or_default().to_owned();
        let items = element.children("CodeListItem");
        let items = items.map(|item| (coded(item), item.child("Decode").and_then(translated)));
        let plain = element.children("EnumeratedItem");
        let plain = plain.map(|item| (coded(item), None));
        let external = element.child("ExternalCodeList");
        let external =
            external.map(|list| list.attribute("Dictionary").unwrap_or_default().to_owned());
        Self {
            oid: element.attribute("OID").unwrap_or_default().to_owned(),
            name: element.attribute("Name").unwrap_or_default().to_owned(),
            data_type: element.attribute("DataType").map(str::to_owned),
            values: items.chain(plain).collect(),
            external,
        }
    }

    /// Whether its values are all here, so that others are none of it.
    pub fn is_closed(&self) -> bool {
        self.external.is_none() && !self.values.is_empty()
    }

    /// Whether `value` is one of it. Numbers are compared as numbers are written: without leading zeros and a plus, or zeros behind the point.
    pub fn contains(&self, value: &str) -> bool {
        if self.values.contains_key(value) {
            return true;
        }
        let is_number = matches!(
            self.data_type.as_deref(),
            Some("integer" | "float" | "decimal")
        );
        is_number
            && self
                .values
                .keys()
                .any(|coded| plain_number(coded) == plain_number(value))
    }
}

fn plain_number(text: &str) -> (bool, &str, &str) {
    let text = text.trim();
    let is_negative = text.starts_with('-');
    let digits = text.trim_start_matches(['+', '-']);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    (
        is_negative,
        whole.trim_start_matches('0'),
        part.trim_end_matches('0'),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_a_list_are_found_however_they_are_written() {
        let list = CodeList {
            oid: String::new(),
            name: String::new(),
            data_type: Some("integer".to_owned()),
            values: BTreeMap::from([("01".to_owned(), None), ("-2".to_owned(), None)]),
            external: None,
        };
        for value in ["1", "01", "+1", "1.0", "-2"] {
            assert!(list.contains(value), "{value}");
        }
        for value in ["2", "10", "-1", ""] {
            assert!(!list.contains(value), "{value}");
        }
        let text = CodeList {
            data_type: Some("text".to_owned()),
            ..list
        };
        assert!(!text.contains("1"));
    }
}
