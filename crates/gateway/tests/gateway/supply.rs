//! What `theriac pack simulate` writes of a party, its gateway captures.

use crate::support::{Fixture, on_both};
use std::collections::BTreeMap;
use theriac_standards::{
    epcis::json::JsonWriter,
    supply::{Parameters, Supply, envelope, event_of},
};

/// The documents of all parties, by name, with how many events each has.
fn documents() -> BTreeMap<String, (serde_json::Value, usize)> {
    let mut parameters = Parameters::new(9);
    (parameters.counts.lots, parameters.counts.packs) = (2, 200);
    let supply = Supply::new(parameters).expect("a supply");
    let parties = supply.parties().clone();
    let steps: Vec<_> = supply.collect();
    let document = |(place, party): (usize, &theriac_standards::supply::Party)| {
        let own = steps.iter().filter(|step| step.party == place);
        let events: Vec<_> = own.filter_map(|step| event_of(step, &parties)).collect();
        let mut writer = JsonWriter::new(Vec::new(), &envelope(0)).expect("in memory");
        for event in &events {
            writer.event(event).expect("in memory");
        }
        let bytes = writer.finish().expect("in memory");
        let document = serde_json::from_slice(&bytes).expect("JSON");
        (party.name.clone(), (document, events.len()))
    };
    parties.all().iter().enumerate().map(document).collect()
}

on_both! {
    async fn the_papers_of_each_party_of_a_supply_are_captured(fixture: &Fixture) {
        let own = fixture.own();
        let mut captured = 0;
        for (name, (document, events)) in documents() {
            let job = own.capture(&document).await;
            assert_eq!(job["success"], true, "{name}: {job}");
            captured += events;
        }
        assert!(captured > 400, "{captured}");
        let first = own.get("/events?perPage=1000").await.expect(200);
        assert_eq!(first.events().len(), captured.min(1_000));
    }
}
