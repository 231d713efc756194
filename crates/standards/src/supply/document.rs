//! The steps of a party as its EPCIS documents have them.

use std::sync::Arc;

use crate::{
    epcis::{
        json::Json,
        model::{
            Action, BizTransaction, Envelope, Event, EventType, Extension, Name, Party as Side,
            PersistentDisposition, Place, Prefixes, Value,
        },
        time::Instant,
    },
    gs1::key::{Expiry, Gln, Sscc},
};

use super::{Act, Item, Parties, Step};

const CONTEXT: &str = "https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld";
const STEM: &str = "https://id.gs1.org";

/// What stands around the events of a party's document.
pub fn envelope(made_ms: u64) -> Envelope {
    Envelope {
        schema_version: Some("2.0".to_owned()),
        creation_date: Some(text_of(made_ms)),
        context: Some(Json::List(vec![Json::text(CONTEXT)])),
        prefixes: Arc::new(Prefixes::standard()),
        ..Envelope::default()
    }
}

/// What the party's papers say of a step; `None` where they say nothing.
pub fn event_of(step: &Step, parties: &Parties) -> Option<Event> {
    let here = &parties.at(step.party).gln;
    let event = base(step, here);
    Some(match &step.act {
        Act::Commission { expiry, lot, packs } => Event {
            epc_list: Some(packs.iter().copied().map(Item::Pack).map(epc).collect()),
            biz_location: Some(place(here)),
            ilmd: Some(master_data(lot.as_str(), expiry, step.stated_ms)),
            ..said(event, Action::Add, ("commissioning", "active"))
        },
        Act::Pack { unit, items } => {
            let event = said(event, Action::Add, ("packing", "in_progress"));
            aggregated(event, unit, items)
        }
        Act::Unpack { unit, items } => {
            let event = said(event, Action::Delete, ("unpacking", "in_progress"));
            aggregated(event, unit, items)
        }
        Act::Ship { to, items } => shipped(event, (step, parties), *to, items),
        Act::Receive { from, items } => {
            let event = said(event, Action::Observe, ("receiving", "in_progress"));
            received(event, (here, &parties.at(*from).gln), items)
        }
        Act::Dispense { pack } => Event {
            epc_list: Some(vec![epc(Item::Pack(*pack))]),
            ..said(event, Action::Observe, ("dispensing", "dispensed"))
        },
        Act::Undo { pack } => Event {
            epc_list: Some(vec![epc(Item::Pack(*pack))]),
            biz_location: Some(place(here)),
            ..said(
                event,
                Action::Observe,
                ("stocking", "sellable_not_accessible"),
            )
        },
        Act::Destroy { pack } => Event {
            epc_list: Some(vec![epc(Item::Pack(*pack))]),
            ..said(event, Action::Delete, ("decommissioning", "destroyed"))
        },
        Act::Scan { .. } | Act::Vanish { .. } => return None,
    })
}

fn base(step: &Step, here: &Gln) -> Event {
    Event {
        event_type: EventType::Object,
        event_time: Some(text_of(step.stated_ms)),
        event_time_zone_offset: Some("+00:00".to_owned()),
        read_point: Some(place(here)),
        ..Event::default()
    }
}

fn said(event: Event, action: Action, (biz_step, disposition): (&str, &str)) -> Event {
    Event {
        action: Some(action),
        biz_step: Some(biz_step.to_owned()),
        disposition: Some(disposition.to_owned()),
        ..event
    }
}

fn aggregated(event: Event, unit: &Sscc, items: &[Item]) -> Event {
    Event {
        event_type: EventType::Aggregation,
        parent_id: Some(epc(Item::Unit(*unit))),
        child_epcs: Some(items.iter().copied().map(epc).collect()),
        ..event
    }
}

fn shipped(event: Event, (step, parties): (&Step, &Parties), to: usize, items: &[Item]) -> Event {
    let (here, there) = (&parties.at(step.party).gln, &parties.at(to).gln);
    let number = format!("urn:epcglobal:cbv:bt:{here}:D{}", step.number);
    let despatch_advice = BizTransaction {
        transaction_type: Some("desadv".to_owned()),
        id: Some(number),
    };
    Event {
        epc_list: Some(items.iter().copied().map(epc).collect()),
        biz_transaction_list: Some(vec![despatch_advice]),
        source_list: Some(vec![side("owning_party", here), side("location", here)]),
        destination_list: Some(vec![side("owning_party", there), side("location", there)]),
        ..said(event, Action::Observe, ("shipping", "in_transit"))
    }
}

fn received(event: Event, (here, from): (&Gln, &Gln), items: &[Item]) -> Event {
    let inferred = PersistentDisposition {
        set: Some(vec!["completeness_inferred".to_owned()]),
        unset: None,
    };
    Event {
        epc_list: Some(items.iter().copied().map(epc).collect()),
        biz_location: Some(place(here)),
        source_list: Some(vec![side("owning_party", from)]),
        destination_list: Some(vec![side("owning_party", here)]),
        persistent_disposition: Some(inferred),
        ..event
    }
}

/// The name of a pack or unit. Serial numbers of a supply are letters and digits.
fn epc(item: Item) -> String {
    match item {
        Item::Pack(pack) => format!("{STEM}/01/{}/21/{}", pack.gtin, pack.serial),
        Item::Unit(unit) => format!("{STEM}/00/{unit}"),
    }
}

fn place(gln: &Gln) -> Place {
    Place {
        id: Some(format!("{STEM}/414/{gln}")),
        extensions: Vec::new(),
    }
}

fn side(kind: &str, gln: &Gln) -> Side {
    Side {
        party_type: Some(kind.to_owned()),
        id: Some(match kind {
            "location" => format!("{STEM}/414/{gln}"),
            _ => format!("{STEM}/417/{gln}"),
        }),
    }
}

fn master_data(lot: &str, expiry: &Expiry, now_ms: u64) -> Vec<Extension> {
    let prefixes = Prefixes::standard();
    let year = text_of(now_ms)[..4].parse().expect("a year of four digits");
    let day = expiry.last_day(year);
    let date = format!("{:04}-{:02}-{:02}", day.year, day.month, day.day);
    let values = [
        ("cbvmda:lotNumber", lot.to_owned()),
        ("cbvmda:itemExpirationDate", date),
    ];
    let extension = |(name, value): (&str, String)| Extension {
        name: Name::read(name, &prefixes),
        value: Value::Text(value),
    };
    values.map(extension).into()
}

pub(super) fn text_of(time_ms: u64) -> String {
    Instant::from_millis(time_ms.cast_signed()).to_text()
}
