//! What the papers of a supply say is EPCIS that is accepted here, and what is printed is read back.

use theriac_standards::{
    epcis::{
        Limits,
        hash::event_hash,
        json::{JsonWriter, read_document},
        model::{Event, EventType},
        validate::{Syntax, Validator, check_envelope},
    },
    supply::{Parameters, Parties, Step, Supply, envelope, event_of},
};

/// The document of a party.
pub(crate) fn document(steps: &[Step], parties: &Parties, party: usize) -> Vec<u8> {
    let mut writer = JsonWriter::new(Vec::new(), &envelope(0)).unwrap();
    for step in steps.iter().filter(|step| step.party == party) {
        if let Some(event) = event_of(step, parties) {
            writer.event(&event).unwrap();
        }
    }
    writer.finish().unwrap()
}

fn events(party: usize, steps: &[Step], parties: &Parties) -> Vec<Event> {
    let bytes = document(steps, parties, party);
    let read = read_document(&bytes, &Limits::default()).unwrap();
    assert_eq!(check_envelope(&read.envelope, Syntax::Json), []);
    read.events
}

#[test]
fn every_event_of_every_party_is_accepted() {
    let supply = Supply::new(Parameters::new(5)).unwrap();
    let parties = supply.parties().clone();
    let steps: Vec<_> = supply.collect();
    let mut kinds = std::collections::BTreeMap::<String, usize>::new();
    for party in 0..parties.all().len() {
        let mut validator = Validator::new(Syntax::Json);
        for event in events(party, &steps, &parties) {
            assert_eq!(validator.event(&event, None), [], "{event:?}");
            *kinds.entry(event.biz_step.unwrap()).or_default() += 1;
        }
    }
    let words: Vec<_> = kinds.keys().map(String::as_str).collect();
    let expected = [
        "commissioning",
        "decommissioning",
        "dispensing",
        "packing",
        "receiving",
        "shipping",
        "stocking",
        "unpacking",
    ];
    assert_eq!(words, expected);
    assert!(kinds.values().sum::<usize>() > 4_000, "{kinds:?}");
}

#[test]
fn what_is_printed_is_read_back_with_the_same_hash() {
    let supply = Supply::new(Parameters::new(6)).unwrap();
    let parties = supply.parties().clone();
    let steps: Vec<_> = supply.collect();
    let mut count = 0;
    for party in 0..parties.all().len() {
        let own = steps.iter().filter(|step| step.party == party);
        let made = own.filter_map(|step| event_of(step, &parties));
        for (made, read) in made.zip(events(party, &steps, &parties)) {
            assert_eq!(event_hash(&made), event_hash(&read));
            count += 1;
        }
    }
    assert!(count > 4_000, "{count}");
}

#[test]
fn a_lot_and_its_expiry_stand_in_the_event_that_makes_its_packs() {
    let supply = Supply::new(Parameters::new(6)).unwrap();
    let parties = supply.parties().clone();
    let step = supply.into_iter().next().unwrap();
    let event = event_of(&step, &parties).unwrap();
    assert_eq!(event.event_type, EventType::Object);
    let ilmd = event.ilmd.unwrap();
    let names: Vec<_> = ilmd.iter().map(|one| one.name.written()).collect();
    assert_eq!(names, ["cbvmda:lotNumber", "cbvmda:itemExpirationDate"]);
}
