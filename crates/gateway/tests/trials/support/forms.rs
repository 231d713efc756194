//! A small study, and forms for it.

use theriac_evidence::trial::{ItemKind, PlainItem};
use theriac_gateway::trials::{
    NewCorrection, NewForm,
    definition::{Definition, Level, OutcomeText, Visit},
};

fn visit(name: &str, forms: &[&str]) -> Visit {
    Visit {
        name: name.to_owned(),
        forms: forms.iter().map(|form| (*form).to_owned()).collect(),
    }
}

/// Two visits with two forms and one: cells 0, 1 and 2.
pub(crate) fn definition() -> Definition {
    let outcome = OutcomeText {
        level: Level::Primary,
        id: "O1".to_owned(),
        domain: "blood pressure".to_owned(),
        measurement: "SYSBP".to_owned(),
        metric: Some("change from baseline".to_owned()),
        aggregation: Some("mean".to_owned()),
        time_point: "week 8".to_owned(),
        population: None,
    };
    let visits = vec![visit("BASELINE", &["DM", "VS"]), visit("WEEK 8", &["VS"])];
    Definition::new(
        "A small study",
        "Protocol, version 1",
        visits,
        vec![outcome],
    )
}

/// The same with a form whose content tells the arm: cell 3.
pub(crate) fn definition_with_dosing() -> Definition {
    let mut definition = definition();
    definition.visits.push(visit("DOSING", &["EX"]));
    definition.unblinding = ["EX".to_owned()].into();
    definition
}

pub(crate) fn value(oid: &str, value: &str) -> PlainItem {
    PlainItem {
        kind: ItemKind::Value,
        oid: oid.to_owned(),
        value: value.to_owned(),
        reason: None,
    }
}

pub(crate) fn null(oid: &str, reason: &str) -> PlainItem {
    PlainItem {
        kind: ItemKind::Null,
        ..value(oid, reason)
    }
}

pub(crate) fn form(slot: u32, cell: u32, items: Vec<PlainItem>) -> NewForm {
    NewForm {
        slot,
        cell,
        items,
        observed: 0,
    }
}

pub(crate) fn correction(slot: u32, cell: u32, oid: &str, value: &str) -> NewCorrection {
    NewCorrection {
        slot,
        cell,
        items: vec![(oid.to_owned(), ItemKind::Value, value.to_owned())],
        reason_code: 1,
        reason: "typing error".to_owned(),
        observed: 0,
    }
}
