//! How fast one core parses, validates and hashes events, and the same beside the reference in Python.

use super::{
    super::{figures::Figures, process::own},
    events,
};
use anyhow::{Context as _, ensure};
use serde::Deserialize;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};
use theriac_standards::epcis::{
    Limits,
    hash::event_hash,
    json::JsonReader,
    model::Event,
    validate::{Syntax, Validator},
};

/// Events of the document that both are given. The reference takes seconds for it.
const EVENTS: u64 = 4_000;
/// How often it is gone over here: CPU time is counted in hundredths of a second.
const ROUNDS: u64 = 10;
const REFERENCE: &str = include_str!("reference.py");
const BAR: f64 = 5_000.0;

/// CPU seconds for one event.
struct Spent {
    parsed: f64,
    validated: f64,
    hashed: f64,
}

impl Spent {
    fn whole(&self) -> f64 {
        self.parsed + self.validated + self.hashed
    }
}

/// What the reference prints.
#[derive(Debug, Deserialize)]
struct Reference {
    /// CPU seconds of reading.
    read: f64,
    /// CPU seconds of hashing what was read.
    hash: f64,
    hashes: Vec<String>,
}

/// Measures; the comparison is left out without a Python that has the reference.
///
/// # Errors
/// Where an event is not accepted, or the reference finds another hash.
pub(super) fn measure(
    figures: &mut Figures,
    folder: &Path,
    python: Option<&Path>,
) -> anyhow::Result<()> {
    let mut text = Vec::new();
    events::write(&mut text, EVENTS)?;
    let (spent, hashes) = work(&text)?;
    let rate = |seconds: f64| (1.0 / seconds, "1/s");
    let whole = "events parsed, validated and hashed per core-second";
    figures.at_least(whole, rate(spent.whole()), BAR);
    figures.tell("events parsed per core-second", rate(spent.parsed));
    figures.tell("events validated per core-second", rate(spent.validated));
    figures.tell("events hashed per core-second", rate(spent.hashed));
    let megabytes = text.len() as f64 / EVENTS as f64 / spent.parsed / 1e6;
    figures.tell("JSON parsed per core-second", (megabytes, "MB/s"));
    let Some(python) = python else {
        return Ok(());
    };
    let document = folder.join("reference.jsonld");
    fs::write(&document, &text).context("the document for the reference")?;
    let reference = reference(python, &document)?;
    ensure!(
        reference.hashes.len() == hashes.len(),
        "the reference found other events"
    );
    tell_equal(figures, &parse(&text)?, (&reference.hashes, &hashes));
    compare(figures, &spent, &reference);
    Ok(())
}

/// How many hashes are the same. Release 1.9.3 of the reference does not expand the prefix of master data, `cbvmda`, which the standard's
/// own context has; its later text does.
fn tell_equal(figures: &mut Figures, events: &[Event], (theirs, ours): (&[String], &[String])) {
    let is_equal: Vec<_> = theirs
        .iter()
        .zip(ours)
        .map(|(one, other)| one == other)
        .collect();
    let share = |of: &dyn Fn(&Event) -> bool| {
        let chosen = || events.iter().zip(&is_equal).filter(|(event, _)| of(event));
        let equal = chosen().filter(|(_, is_equal)| **is_equal).count();
        (equal as f64 / chosen().count() as f64 * 100.0, "%")
    };
    let name = "reference in Python: events with the same hash";
    figures.tell(name, share(&|_| true));
    let name = "reference in Python: events without master data with the same hash";
    figures.at_least(name, share(&|event| event.ilmd.is_none()), 100.0);
}

/// The same events on one core each.
fn compare(figures: &mut Figures, spent: &Spent, reference: &Reference) {
    let count = EVENTS as f64;
    for (name, theirs, ours) in [
        ("hash", reference.hash, spent.hashed),
        (
            "read and hash",
            reference.read + reference.hash,
            spent.parsed + spent.hashed,
        ),
    ] {
        let metric = format!("reference in Python: {name}, events per core-second");
        figures.tell(&metric, (count / theirs, "1/s"));
        let metric = format!("ratio to the reference in Python: {name}");
        figures.tell(&metric, (theirs / count / ours, ""));
    }
}

/// Goes over a document in three passes, so that each is timed by itself; returns the hashes as well.
fn work(text: &[u8]) -> anyhow::Result<(Spent, Vec<String>)> {
    let (mut spent, mut hashes) = ([0.0; 3], Vec::new());
    for _ in 0..ROUNDS {
        let begun = own()?.0;
        let events = parse(text)?;
        let parsed = own()?.0;
        validate(&events)?;
        let validated = own()?.0;
        hashes = events.iter().map(event_hash).collect();
        let hashed = own()?.0;
        let passes = [parsed - begun, validated - parsed, hashed - validated];
        for (sum, pass) in spent.iter_mut().zip(passes) {
            *sum += pass;
        }
    }
    let [parsed, validated, hashed] = spent.map(|sum| sum / (ROUNDS * EVENTS) as f64);
    let hashes = hashes.iter().map(ToString::to_string).collect();
    let spent = Spent {
        parsed,
        validated,
        hashed,
    };
    Ok((spent, hashes))
}

fn parse(text: &[u8]) -> anyhow::Result<Vec<Event>> {
    let mut reader = JsonReader::open(text, Limits::default())?;
    let mut events = Vec::new();
    while let Some(event) = reader.next_event()? {
        events.push(event?);
    }
    Ok(events)
}

fn validate(events: &[Event]) -> anyhow::Result<()> {
    let mut validator = Validator::new(Syntax::Json);
    let findings = events.iter().map(|event| validator.event(event, None));
    let findings: usize = findings.map(|findings| findings.len()).sum();
    ensure!(findings == 0, "{findings} findings in events of the bench");
    Ok(())
}

fn reference(python: &Path, document: &Path) -> anyhow::Result<Reference> {
    let ran = Command::new(python)
        .args(["-c", REFERENCE])
        .arg(document)
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("cannot run {}", python.display()))?;
    ensure!(ran.status.success(), "the reference failed: {}", ran.status);
    serde_json::from_slice(&ran.stdout).context("the reference printed something else")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_has_a_hash_of_its_own() {
        let mut text = Vec::new();
        events::write(&mut text, 50).unwrap();
        let events = parse(&text).unwrap();
        validate(&events).unwrap();
        let mut hashes: Vec<_> = events.iter().map(|event| event_hash(event).0).collect();
        hashes.sort();
        hashes.dedup();
        assert_eq!(hashes.len(), 50);
    }
}
