//! What the tests share: published records read in place, and lists of our own.

use std::path::PathBuf;
use theriac_standards::outcomes::{
    Limits, Milestones, Outcome, OutcomeDiff, OutcomeLevel, OutcomeList, RegistryRecord, When,
    diff, read_registry_json, read_registry_xml,
};

/// The folder of published data, or `None` where it is absent.
pub(crate) fn published(test: &str, folder: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let root = root.join("../../../shared/data/trials").join(folder);
    if root.is_dir() {
        return Some(root);
    }
    if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
        panic!("{test}: ../shared/data/trials/{folder} is absent");
    }
    println!("SKIPPED {test}: ../shared/data is absent");
    None
}

/// A published record by its file's name.
pub(crate) fn record(test: &str, name: &str) -> Option<RegistryRecord> {
    let root = published(test, "aact")?;
    let (folder, is_xml) = match name.ends_with(".xml") {
        true => ("xml_data", true),
        false => ("json_data", false),
    };
    let bytes = std::fs::read(root.join(folder).join(name)).expect("readable");
    let limits = Limits::default();
    let read = match is_xml {
        true => read_registry_xml(&bytes, &limits),
        false => read_registry_json(&bytes, &limits),
    };
    Some(read.unwrap_or_else(|error| panic!("{name}: {error}")))
}

pub(crate) fn outcome(level: OutcomeLevel, title: &str, frame: &str) -> Outcome {
    let frame = (!frame.is_empty()).then_some(frame);
    Outcome::new(level, title, None, frame)
}

pub(crate) fn with_id(id: &str, outcome: Outcome) -> Outcome {
    Outcome {
        id: Some(id.to_owned()),
        ..outcome
    }
}

pub(crate) fn list(source: &str, date: &str, outcomes: Vec<Outcome>) -> OutcomeList {
    OutcomeList {
        source: source.to_owned(),
        date: When::parse(date),
        outcomes,
    }
}

pub(crate) fn compare(before: Vec<Outcome>, after: Vec<Outcome>) -> OutcomeDiff {
    let (before, after) = (
        list("registered", "2020-01-10", before),
        list("published", "2022-01-01", after),
    );
    diff(&before, &after, &Milestones::default(), &Limits::default()).expect("two short lists")
}
