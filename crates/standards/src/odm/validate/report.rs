//! What a check found.

use super::rule::{Rule, Severity};
use crate::{
    epcis::Excerpt,
    odm::{dialect::Dialect, place::Place},
};
use std::{collections::BTreeMap, fmt};

/// Problems of different kinds are cut off here; their number still counts on.
const MAX_PROBLEMS: usize = 1_000;

/// What a check of a file found.
#[derive(Debug)]
pub struct Report {
    /// The standard by which it was checked.
    pub dialect: Dialect,
    /// Subjects, each as often as it begins.
    pub subjects: u64,
    /// Data of items.
    pub items: u64,
    /// Audit records of ODM, and rows of a vendor's audit log.
    pub audits: u64,
    /// Queries of ODM and of vendors.
    pub queries: u64,
    /// The first thousand kinds of problems in the order in which they were met.
    pub problems: Vec<Problem>,
    /// How many errors there are in all.
    pub errors: u64,
    /// How many warnings there are in all.
    pub warnings: u64,
    /// How many problems the schema has with the file.
    pub of_schema: u64,
    known: BTreeMap<(Rule, String, String), usize>,
    /// Standards before 1.3 are read by its rules, and deviations from these are no errors.
    is_old: bool,
}

/// One kind of problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The rule that is not kept.
    pub rule: Rule,
    /// How grave it is here.
    pub severity: Severity,
    /// Where it was met first.
    pub place: Place,
    /// The path of the element there.
    pub path: String,
    /// What is concerned: an element, an attribute, an OID. Never a value of a subject.
    pub subject: Excerpt,
    /// How often it was met at elements of the same names.
    pub times: u64,
}

impl Report {
    pub(super) fn new(dialect: Dialect, is_old: bool) -> Self {
        Self {
            dialect,
            subjects: 0,
            items: 0,
            audits: 0,
            queries: 0,
            problems: Vec::new(),
            errors: 0,
            warnings: 0,
            of_schema: 0,
            known: BTreeMap::new(),
            is_old,
        }
    }

    /// Whether nothing refuses the file.
    pub fn is_accepted(&self) -> bool {
        self.errors == 0
    }

    /// Whether the standard's own schema accepts the file, as far as its rules are known here.
    pub fn keeps_schema(&self) -> bool {
        self.of_schema == 0
    }

    pub(super) fn push(&mut self, rule: Rule, place: Place, path: String, subject: &str) {
        let is_tolerated = self.is_old && rule.is_of_schema();
        let severity = match is_tolerated {
            true => Severity::Warning,
            false => rule.severity(),
        };
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        self.of_schema += u64::from(rule.is_of_schema());
        let kind = (rule, without_numbers(&path), subject.to_owned());
        if let Some(at) = self.known.get(&kind) {
            self.problems[*at].times += 1;
        } else if self.problems.len() < MAX_PROBLEMS {
            self.known.insert(kind, self.problems.len());
            self.problems.push(Problem {
                rule,
                severity,
                place,
                path,
                subject: Excerpt::new(subject),
                times: 1,
            });
        }
    }
}

/// `/ODM/Study[2]` as `/ODM/Study`.
fn without_numbers(path: &str) -> String {
    let mut is_number = false;
    let kept = path.chars().filter(|letter| {
        is_number |= *letter == '[';
        let keep = !is_number;
        is_number &= *letter != ']';
        keep
    });
    kept.collect()
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}, {}: {}", self.place, self.path, self.rule)?;
        if !self.subject.is_empty() {
            write!(formatter, ": {}", self.subject)?;
        }
        match self.times {
            1 => Ok(()),
            times => write!(formatter, " ({times} times)"),
        }
    }
}
