//! The vectors for other implementations (`crates/contracts/tests/vectors/trials.json`), made by a program of its own with ethers 6.17.0: a study with
//! entries of every kind, its log, subjects' chains, records and sums, form leaves, and the order of a randomisation list.

use alloy_primitives::{B256, hex};
use alloy_sol_types::SolEvent;
use serde_json::Value;

use super::{Record, Sums, sha256, study_id};
use crate::{
    addresses::TRIALS,
    interfaces::ITrials::Entered,
    testing::{World, trial::STUDY},
    trials::story::{STEPS, begin},
};

fn vectors() -> Value {
    let text = include_str!("../../tests/vectors/trials.json");
    serde_json::from_str(text).expect("the vectors are JSON")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn text(value: &Value) -> &str {
    value.as_str().expect("text")
}

fn bytes(value: &Value) -> Vec<u8> {
    hex::decode(text(value)).expect("hexadecimal digits")
}

fn word(value: &Value) -> B256 {
    text(value).parse().expect("32 bytes")
}

/// Entries that the world has entered, as its events tell them.
fn entered(world: &World) -> Vec<Entered> {
    let logs = world.host.logs().iter();
    let ours = logs.filter(|log| log.address == TRIALS);
    ours.filter_map(|log| Entered::decode_log(log).ok())
        .map(|log| log.data)
        .collect()
}

#[test]
fn a_study_of_every_kind_of_entry_is_that_of_the_vectors() {
    let vectors = vectors();
    assert_eq!(*STUDY, word(&vectors["study"]));
    assert_eq!(study_id(1_337, 4, 1), *STUDY);
    let mut world = begin();
    let heads = list(&vectors["heads"]);
    assert_eq!(heads.len(), STEPS.len() + 1, "one after each step");
    for (number, head) in heads.iter().enumerate() {
        if let Some(step) = number.checked_sub(1) {
            STEPS[step](&mut world);
        }
        let study = world.study();
        assert_eq!(
            study.size,
            head["size"].as_u64().expect("a number"),
            "step {number}"
        );
        assert_eq!(study.root, word(&head["root"]), "log after step {number}");
        assert_eq!(study.sums, word(&head["sums"]), "sums after step {number}");
    }
    let entries = list(&vectors["entries"]);
    let ours = entered(&world);
    assert_eq!(ours.len(), entries.len());
    let mut kinds = std::collections::BTreeSet::new();
    for (entry, ours) in entries.iter().zip(&ours) {
        assert_eq!(ours.body[..], bytes(&entry["body"]), "{}", entry["number"]);
        assert_eq!(
            ours.entry[..],
            bytes(&entry["entry"]),
            "{}",
            entry["number"]
        );
        let leaf = sha256(&[&[0], &ours.entry]);
        assert_eq!(leaf, word(&entry["leaf"]));
        kinds.insert(ours.kind);
    }
    assert!(kinds.into_iter().eq(1..=24), "every kind is there");
    for (slot, record) in (1..).zip(list(&vectors["records"])) {
        assert_eq!(world.subject(slot).tip, word(&record["tip"]), "slot {slot}");
    }
}

fn record(value: &Value) -> Record {
    let number = |name: &str| value[name].as_u64().expect("a number");
    Record {
        slot: number("slot") as u32,
        site: number("site") as u16,
        status: number("status") as u8,
        schedule: number("schedule") as u16,
        entries: number("entries") as u32,
        items: number("items"),
        nulls: number("nulls"),
        missing: number("missing") as u32,
        open_queries: number("openQueries") as u32,
        unsigned: number("unsigned") as u8,
        due: number("due"),
        consent: number("consent") as u32,
        tip: word(&value["tip"]),
    }
}

#[test]
fn records_and_sums_are_those_of_the_vectors() {
    let vectors = vectors();
    let mut all = Sums::default();
    for value in list(&vectors["records"]) {
        let record = record(value);
        assert_eq!(record.encode()[..], bytes(&value["record"]));
        all = all.plus(&record.sums());
    }
    assert_eq!(all.encode()[..], bytes(&vectors["sums"]));
}
