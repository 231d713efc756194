//! What the schemas cannot say: that numbers are numbers of GS1, that counts tell an overage, that answers answer.

use super::{CountError, ExceptionReport, ExceptionResponse, Exceptions};
use crate::epcis::excerpt::Excerpt;
use std::collections::BTreeSet;
use thiserror::Error;

/// What is wrong with a message.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Defect {
    /// Not a UUID.
    #[error("{0} is no UUID")]
    Uuid(Excerpt),
    /// Not a GTIN of 14 digits.
    #[error("{0} is no GTIN of 14 digits")]
    Gtin(Excerpt),
    /// Not a GLN of 13 digits.
    #[error("{0} is no GLN of 13 digits")]
    Gln(Excerpt),
    /// An item's id stands twice.
    #[error("item {0} stands twice")]
    RepeatedItem(Excerpt),
    /// A count below zero.
    #[error("item {0} counts below zero")]
    NegativeCount(Excerpt),
    /// An overage that is none, or an underage.
    #[error("item {0} received {1} of {2}")]
    NoDifference(Excerpt, i64, i64),
    /// The answer is to another case or order.
    #[error("the answer is to another case or order")]
    OtherCase,
    /// An answer to what was not reported.
    #[error("item {0} was not reported")]
    UnknownItem(Excerpt),
}

/// All that is wrong with a report, in the order of its members.
pub fn check_report(report: &ExceptionReport) -> Vec<Defect> {
    let mut defects = Vec::new();
    uuid(&report.message_uuid, &mut defects);
    uuid(&report.exception_case_uuid, &mut defects);
    let gln = report.sender_information.gln.value();
    gln.into_iter()
        .for_each(|gln| number(gln, 13, &mut defects));
    if let Some(exceptions) = report.exceptions.value() {
        products(exceptions, &mut defects);
        let overages = exceptions.overages.value().into_iter().flatten();
        overages.for_each(|each| {
            count(
                each,
                each.quantity_received > each.quantity_ordered,
                &mut defects,
            )
        });
        let underages = exceptions.underages.value().into_iter().flatten();
        underages.for_each(|each| {
            count(
                each,
                each.quantity_received < each.quantity_ordered,
                &mut defects,
            )
        });
        repeated(&items(exceptions), &mut defects);
    }
    defects
}

/// All that is wrong with a response to `report`.
pub fn check_response(response: &ExceptionResponse, report: &ExceptionReport) -> Vec<Defect> {
    let mut defects = Vec::new();
    uuid(&response.message_uuid, &mut defects);
    let same_case = response.exception_case_uuid == report.exception_case_uuid;
    if !same_case || response.po_number != report.po_number {
        defects.push(Defect::OtherCase);
    }
    let reported = report.exceptions.value().map(items).unwrap_or_default();
    let answered = response.response_items.value().into_iter().flatten();
    let answered: Vec<&str> = answered
        .map(|item| item.exception_item_uuid.as_str())
        .collect();
    for item in &answered {
        if !reported.contains(item) {
            defects.push(Defect::UnknownItem(Excerpt::new(item)));
        }
    }
    repeated(&answered, &mut defects);
    defects
}

fn uuid(text: &str, defects: &mut Vec<Defect>) {
    let groups: Vec<usize> = text.split('-').map(str::len).collect();
    let hexadecimal = |byte: u8| byte == b'-' || byte.is_ascii_hexdigit();
    if groups != [8, 4, 4, 4, 12] || !text.bytes().all(hexadecimal) {
        defects.push(Defect::Uuid(Excerpt::new(text)));
    }
}

fn number(text: &str, digits: usize, defects: &mut Vec<Defect>) {
    if text.len() != digits || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        let text = Excerpt::new(text);
        defects.push(match digits {
            13 => Defect::Gln(text),
            _ => Defect::Gtin(text),
        });
    }
}

fn products(exceptions: &Exceptions, defects: &mut Vec<Defect>) {
    let missing_data = exceptions
        .missing_product_data
        .value()
        .into_iter()
        .flatten();
    let missing = exceptions.missing_product.value().into_iter().flatten();
    let misaligned = exceptions.data_misalignment.value().into_iter().flatten();
    let gtins = missing_data
        .map(|each| &each.product_gtin)
        .chain(missing.map(|each| &each.product_gtin))
        .chain(misaligned.flat_map(|each| [&each.received_product_gtin, &each.product_data_gtin]));
    gtins.for_each(|gtin| number(gtin, 14, defects));
    let master = exceptions.master_data_errors.value();
    let glns = master.and_then(|errors| errors.gln_errors.value());
    for error in glns.into_iter().flatten() {
        let proposed = error.proposed_gln.value();
        proposed
            .into_iter()
            .for_each(|gln| number(gln, 13, defects));
    }
    let gtins = master.and_then(|errors| errors.gtin_errors.value());
    for error in gtins.into_iter().flatten() {
        let proposed = error.proposed_gtin.value();
        proposed
            .into_iter()
            .for_each(|gtin| number(gtin, 14, defects));
    }
}

fn count(error: &CountError, differs: bool, defects: &mut Vec<Defect>) {
    number(&error.gtin, 14, defects);
    let item = Excerpt::new(&error.exception_item_uuid);
    if error.quantity_ordered < 0 || error.quantity_received < 0 {
        defects.push(Defect::NegativeCount(item));
    } else if !differs {
        let (received, ordered) = (error.quantity_received, error.quantity_ordered);
        defects.push(Defect::NoDifference(item, received, ordered));
    }
}

/// The ids of all items.
fn items(exceptions: &Exceptions) -> Vec<&str> {
    let mut ids: Vec<&String> = Vec::new();
    let missing_data = exceptions
        .missing_product_data
        .value()
        .into_iter()
        .flatten();
    ids.extend(missing_data.map(|each| &each.exception_item_uuid));
    let missing = exceptions.missing_product.value().into_iter().flatten();
    ids.extend(missing.map(|each| &each.exception_item_uuid));
    let misaligned = exceptions.data_misalignment.value().into_iter().flatten();
    ids.extend(misaligned.map(|each| &each.exception_item_uuid));
    let overages = exceptions.overages.value().into_iter().flatten();
    ids.extend(overages.map(|each| &each.exception_item_uuid));
    let underages = exceptions.underages.value().into_iter().flatten();
    ids.extend(underages.map(|each| &each.exception_item_uuid));
    let master = exceptions.master_data_errors.value();
    let glns = master.and_then(|errors| errors.gln_errors.value());
    ids.extend(
        glns.into_iter()
            .flatten()
            .map(|each| &each.exception_item_uuid),
    );
    let gtins = master.and_then(|errors| errors.gtin_errors.value());
    ids.extend(
        gtins
            .into_iter()
            .flatten()
            .map(|each| &each.exception_item_uuid),
    );
    ids.into_iter().map(String::as_str).collect()
}

fn repeated(items: &[&str], defects: &mut Vec<Defect>) {
    let mut seen = BTreeSet::new();
    for item in items {
        uuid(item, defects);
        if !seen.insert(item) {
            defects.push(Defect::RepeatedItem(Excerpt::new(item)));
        }
    }
}
