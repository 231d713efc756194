//! Where the published data is.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::Value;

/// A published file under `../shared/data/gs1` as text, or `None` where it is absent.
pub(crate) fn published(test: &str, name: &str) -> Option<String> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/gs1");
    match std::fs::read_to_string(root.join(name)) {
        Ok(text) => Some(text),
        Err(_) if std::env::var_os("CI").is_some_and(|ci| ci == "true") => {
            panic!("{test}: {name} is absent")
        }
        Err(_) => {
            println!("SKIPPED {test}: ../shared/data is absent");
            None
        }
    }
}

/// A published JSON list.
pub(crate) fn rows(test: &str, name: &str) -> Option<Vec<Value>> {
    let text = published(test, name)?;
    let value: Value = serde_json::from_str(&text).expect("published vectors are JSON");
    match value {
        Value::Array(rows) => Some(rows),
        other => panic!("{name} is no list: {other}"),
    }
}

/// The steps of a scenario.
pub(crate) fn steps(row: &Value) -> Vec<&str> {
    let steps = row["steps"].as_array().expect("a scenario has steps");
    steps
        .iter()
        .map(|step| step["step"].as_str().expect("a step is text"))
        .collect()
}

/// What follows `head` in the first step that starts with it.
pub(crate) fn after<'a>(steps: &[&'a str], head: &str) -> Option<&'a str> {
    steps.iter().find_map(|step| step.strip_prefix(head))
}

/// Compares outcomes row by row where many rows differ for the same reason. Each reason covers the rows that contain one of its
/// texts; all of them must differ, and their number is asserted.
pub(crate) struct Rules {
    rules: &'static [(&'static [&'static str], &'static str)],
    agreed: usize,
    differed: usize,
    failures: Vec<String>,
}

impl Rules {
    pub(crate) fn new(rules: &'static [(&'static [&'static str], &'static str)]) -> Self {
        Self {
            rules,
            agreed: 0,
            differed: 0,
            failures: Vec::new(),
        }
    }

    /// Notes whether the row came out as published.
    pub(crate) fn note(&mut self, row: &str, agrees: bool, got: impl std::fmt::Debug) {
        let mut rules = self.rules.iter();
        let reason = rules.find(|(texts, _)| texts.iter().any(|text| row.contains(text)));
        match (agrees, reason) {
            (true, None) => self.agreed += 1,
            (false, Some(_)) => self.differed += 1,
            (true, Some((_, reason))) => {
                self.failures
                    .push(format!("agrees in spite of `{reason}`: {row}"));
            }
            (false, None) => self.failures.push(format!("{row}: got {got:?}")),
        }
    }

    /// How many rows agreed and how many differed for a reason. Panics when one differed without.
    pub(crate) fn close(self) -> (usize, usize) {
        assert!(
            self.failures.is_empty(),
            "{} rows:\n{}",
            self.failures.len(),
            self.failures.join("\n")
        );
        (self.agreed, self.differed)
    }
}

/// Compares outcomes row by row. A row that differs must be listed with a reason, and a listed row must differ.
pub(crate) struct Ledger {
    listed: BTreeMap<&'static str, &'static str>,
    agreed: usize,
    differed: Vec<String>,
    failures: Vec<String>,
}

impl Ledger {
    pub(crate) fn new(listed: &[(&'static str, &'static str)]) -> Self {
        let map: BTreeMap<_, _> = listed.iter().copied().collect();
        assert_eq!(map.len(), listed.len(), "a row is listed once");
        Self {
            listed: map,
            agreed: 0,
            differed: Vec::new(),
            failures: Vec::new(),
        }
    }

    /// Notes whether the row named `row` came out as published.
    pub(crate) fn note(&mut self, row: &str, agrees: bool, got: impl std::fmt::Debug) {
        match (agrees, self.listed.contains_key(row)) {
            (true, false) => self.agreed += 1,
            (false, true) => self.differed.push(row.to_owned()),
            (true, true) => self.failures.push(format!("listed, but agrees: {row}")),
            (false, false) => self.failures.push(format!("{row}: got {got:?}")),
        }
    }

    /// Panics over what differs without being listed and what is listed without differing; returns how many rows agreed.
    pub(crate) fn close(mut self) -> usize {
        for row in self.listed.keys() {
            if !self.differed.iter().any(|differed| differed == row) {
                self.failures.push(format!("listed, but not seen: {row}"));
            }
        }
        assert!(
            self.failures.is_empty(),
            "{} of {} rows:\n{}",
            self.failures.len(),
            self.agreed + self.failures.len() + self.differed.len(),
            self.failures.join("\n")
        );
        self.agreed
    }
}
