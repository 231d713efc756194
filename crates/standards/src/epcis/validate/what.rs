//! What each type of event must say happened, and to what.

use super::{Rule, values::Checks};
use crate::epcis::{
    model::{Action, Event, EventType, Field, Quantity},
    path::Path,
};

pub(super) fn check_what(event: &Event, checks: &mut Checks<'_>) {
    match event.event_type {
        EventType::Object => object(event, checks),
        EventType::Aggregation => {
            let stays = event.action == Some(Action::Observe) || event.action.is_none();
            if event.parent_id.is_none() && !stays {
                checks.find(Rule::Missing, Path::field(Field::ParentId), "");
            }
            children(event, checks);
        }
        EventType::Association => children(event, checks),
        EventType::Transaction => transaction(event, checks),
        EventType::Transformation => transformation(event, checks),
        EventType::Custom(_) => {}
    }
}

fn some<T>(list: Option<&Vec<T>>) -> bool {
    list.is_some_and(|list| !list.is_empty())
}

/// An empty `epcList` counts: XML demands the element, and an event of sensors alone has nothing to put into it.
fn object(event: &Event, checks: &mut Checks<'_>) {
    let measured = some(event.sensor_element_list.as_ref()) && event.read_point.is_some();
    if event.epc_list.is_none() && !some(event.quantity_list.as_ref()) && !measured {
        checks.find(Rule::NothingHappened, Path::event(), "");
    }
    let ends_or_stays = event.action.is_some_and(|action| action != Action::Add);
    if event.ilmd.is_some() && ends_or_stays {
        let action = event.action.map_or("", Action::name);
        checks.find(Rule::IlmdWithoutAdd, Path::field(Field::Ilmd), action);
    }
}

fn children(event: &Event, checks: &mut Checks<'_>) {
    let any = some(event.child_epcs.as_ref()) || some(event.child_quantity_list.as_ref());
    if !any && event.action != Some(Action::Delete) {
        checks.find(Rule::NoChildren, Path::event(), "");
    }
}

fn transaction(event: &Event, checks: &mut Checks<'_>) {
    let any = event.epc_list.is_some() || some(event.quantity_list.as_ref());
    if !any && event.action != Some(Action::Delete) {
        checks.find(Rule::NothingHappened, Path::event(), "");
    }
    let documents = event.biz_transaction_list.as_ref();
    if documents.is_some_and(Vec::is_empty) {
        checks.find(Rule::Empty, Path::field(Field::BizTransactionList), "");
    }
}

fn transformation(event: &Event, checks: &mut Checks<'_>) {
    let side = |epcs: &Option<Vec<String>>, quantities: &Option<Vec<Quantity>>| {
        some(epcs.as_ref()) || some(quantities.as_ref())
    };
    let inputs = side(&event.input_epc_list, &event.input_quantity_list);
    let outputs = side(&event.output_epc_list, &event.output_quantity_list);
    let named = event.transformation_id.is_some() && (inputs || outputs);
    if !(named || inputs && outputs) {
        checks.find(Rule::NoTransformation, Path::event(), "");
    }
}
