//! A value beside the definition of its item.

use super::{rule::Rule, structure::Structure};
use crate::odm::{
    grammar::DataType,
    metadata::{ItemDef, Metadata},
    place::Place,
};

/// Checks the type, the length and the code list.
pub(super) fn value_of(
    metadata: &Metadata,
    definition: &ItemDef,
    value: &str,
    place: Place,
    structure: &mut Structure,
) {
    let oid = definition.oid.as_str();
    if let Some(data_type) = definition.data_type {
        if !data_type.accepts(value) {
            let said = format!("{oid} is of type {}", data_type.name());
            structure.push(Rule::ValueOfType, place, &said);
        }
        if is_too_long(data_type, definition.length, value) {
            structure.push(Rule::TooLong, place, oid);
        }
    }
    let list = definition.code_list.as_deref();
    let list = list.and_then(|list| metadata.code_lists.get(list));
    if let Some(list) = list.filter(|list| list.is_closed() && !list.contains(value)) {
        let said = format!("{oid} is of list {}", list.oid);
        structure.push(Rule::NotInCodeList, place, &said);
    }
}

/// Checks the ranges.
pub(super) fn range_of(
    definition: &ItemDef,
    value: (&str, Option<&str>),
    place: Place,
    structure: &mut Structure,
) {
    for check in &definition.range_checks {
        if check.admits(value, definition.data_type) == Some(false) {
            let rule = match check.is_hard {
                true => Rule::OutOfRange,
                false => Rule::OutOfSoftRange,
            };
            structure.push(rule, place, &format!("{} is {check}", definition.oid));
        }
    }
}

/// The length counts characters of texts and digits of numbers.
fn is_too_long(data_type: DataType, length: Option<u64>, value: &str) -> bool {
    let Some(length) = length else {
        return false;
    };
    let count = match data_type {
        DataType::Text | DataType::String => value.chars().count(),
        DataType::Integer | DataType::Float | DataType::Decimal => {
            value.chars().filter(char::is_ascii_digit).count()
        }
        _ => return false,
    };
    count as u64 > length
}
