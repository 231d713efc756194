//! The schedule in force: which cell is which form of which visit.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use serde::{Deserialize, Serialize};
use theriac_evidence::trial::Body;

use super::{
    Error, Party, Refusal,
    book::DocumentKind,
    definition::{OpenOutcome, Visit, outcomes_hash},
};

/// A schedule of activities.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Schedule {
    /// The visits in their order.
    pub visits: Vec<Visit>,
    /// OIDs of the forms whose content tells the arm.
    pub unblinding: BTreeSet<String>,
    /// Forms of each visit as they are numbered: a visit that was retired keeps its numbers.
    counts: Vec<u8>,
}

/// The document of a schedule: the visits alone where no form tells the arm.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
enum Written {
    Visits(Vec<Visit>),
    Marked {
        visits: Vec<Visit>,
        unblinding: BTreeSet<String>,
    },
}

/// The document of a schedule.
pub(super) fn to_bytes(visits: &[Visit], unblinding: &BTreeSet<String>) -> Vec<u8> {
    let visits = visits.to_vec();
    let written = match unblinding.is_empty() {
        true => Written::Visits(visits),
        false => Written::Marked {
            visits,
            unblinding: unblinding.clone(),
        },
    };
    serde_json::to_vec(&written).expect("a schedule is text and lists")
}

impl Schedule {
    /// A schedule whose visits are numbered by these counts.
    pub(super) fn new(visits: Vec<Visit>, counts: Vec<u8>) -> Self {
        Self {
            visits,
            counts,
            unblinding: BTreeSet::new(),
        }
    }

    /// Whether the content of a cell tells the arm.
    pub fn is_unblinding(&self, cell: u32) -> bool {
        self.name(cell)
            .is_some_and(|(_, form)| self.unblinding.contains(form))
    }

    /// The number of a form.
    ///
    /// # Errors
    /// `FormUnknown`.
    pub fn cell(&self, visit: &str, form: &str) -> Result<u32, Refusal> {
        let mut first = 0;
        for (one, count) in self.visits.iter().zip(&self.counts) {
            let place = one.forms.iter().position(|oid| oid == form);
            if one.name == visit
                && let Some(place) = place
            {
                return Ok(first + place as u32);
            }
            first += u32::from(*count);
        }
        Err(Refusal::FormUnknown {
            visit: visit.to_owned(),
            form: form.to_owned(),
        })
    }

    /// Visit and form of a number.
    pub fn name(&self, cell: u32) -> Option<(&str, &str)> {
        let mut first = 0;
        for (visit, count) in self.visits.iter().zip(&self.counts) {
            let next = first + u32::from(*count);
            if cell < next {
                let form = visit.forms.get((cell - first) as usize)?;
                return Some((&visit.name, form));
            }
            first = next;
        }
        None
    }

    /// All numbers with visit and form.
    pub fn cells(&self) -> impl Iterator<Item = (u32, &str, &str)> {
        let all: u32 = self.counts.iter().map(|count| u32::from(*count)).sum();
        (0..all).filter_map(|cell| self.name(cell).map(|(visit, form)| (cell, visit, form)))
    }
}

impl Party {
    /// The schedule in force.
    ///
    /// # Errors
    /// `DocumentAbsent`; those of the book.
    pub fn schedule(&self) -> Result<Schedule, Error> {
        let mut roots: Vec<(B256, Vec<u8>)> = Vec::new();
        for logged in self
            .book
            .log_of_kind(1)?
            .into_iter()
            .chain(self.book.log_of_kind(2)?)
        {
            let schedule = match logged.body()? {
                Body::Registered(body) => body.schedule,
                Body::Amended(body) => body.schedule,
                _ => continue,
            };
            if !schedule.is_unchanged() {
                roots.push((schedule.root, schedule.cells));
            }
        }
        let (root, _) = roots.last().ok_or(Refusal::NoStudy)?;
        let document = self.book.document(*root)?;
        let document = document
            .filter(|document| document.kind == DocumentKind::Schedule)
            .ok_or(Refusal::DocumentAbsent("schedule"))?;
        let written = serde_json::from_slice(&document.content)
            .map_err(|_| Refusal::DocumentAbsent("schedule"))?;
        let (visits, unblinding) = match written {
            Written::Visits(visits) => (visits, BTreeSet::new()),
            Written::Marked { visits, unblinding } => (visits, unblinding),
        };
        let mut counts: Vec<u8> = Vec::new();
        for (_, cells) in &roots {
            for (visit, count) in cells.iter().enumerate() {
                match counts.get_mut(visit) {
                    Some(known) => *known = (*known).max(*count),
                    None => counts.push(*count),
                }
            }
        }
        Ok(Schedule {
            unblinding,
            ..Schedule::new(visits, counts)
        })
    }

    /// The outcomes that the newest registration or amendment names, with what opens them.
    ///
    /// # Errors
    /// `DocumentAbsent`; those of the book.
    pub fn outcomes(&self) -> Result<Vec<OpenOutcome>, Error> {
        let mut newest = Vec::new();
        for logged in self
            .book
            .log_of_kind(1)?
            .into_iter()
            .chain(self.book.log_of_kind(2)?)
        {
            let outcomes = match logged.body()? {
                Body::Registered(body) => body.outcomes,
                Body::Amended(body) => body.outcomes,
                _ => continue,
            };
            if !outcomes.is_empty() {
                newest = outcomes;
            }
        }
        self.open_outcomes(&newest)
    }

    /// What opens outcomes of the ledger.
    ///
    /// # Errors
    /// `DocumentAbsent`; those of the book.
    pub(super) fn open_outcomes(
        &self,
        outcomes: &[theriac_evidence::trial::Outcome],
    ) -> Result<Vec<OpenOutcome>, Error> {
        let absent = || Refusal::DocumentAbsent("outcomes");
        let document = self.book.document(outcomes_hash(outcomes))?;
        let document = document.ok_or_else(absent)?;
        Ok(serde_json::from_slice(&document.content).map_err(|_| absent())?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn visit(name: &str, forms: &[&str]) -> Visit {
        Visit {
            name: name.to_owned(),
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
        }
    }

    #[test]
    fn a_marked_schedule_is_read_as_written_and_one_without_marks_is_the_visits_alone() {
        let visits = vec![visit("WEEK 2", &["VS", "EX"])];
        let plain = to_bytes(&visits, &BTreeSet::new());
        assert_eq!(plain, serde_json::to_vec(&visits).unwrap());
        let marked = BTreeSet::from(["EX".to_owned()]);
        let read = serde_json::from_slice(&to_bytes(&visits, &marked)).unwrap();
        let Written::Marked { visits, unblinding } = read else {
            panic!("expected marks");
        };
        let schedule = Schedule {
            unblinding,
            ..Schedule::new(visits, vec![2])
        };
        assert_eq!(
            [0, 1, 2].map(|cell| schedule.is_unblinding(cell)),
            [false, true, false]
        );
    }

    #[test]
    fn a_cell_has_a_name_and_a_name_a_cell_and_a_retired_visit_keeps_its_numbers() {
        let visits = vec![
            visit("SCREENING", &["DM", "VS"]),
            visit("WEEK 2", &[]),
            visit("WEEK 4", &["VS"]),
        ];
        let schedule = Schedule::new(visits, vec![2, 3, 1]);
        assert_eq!(schedule.cell("SCREENING", "VS"), Ok(1));
        assert_eq!(schedule.cell("WEEK 4", "VS"), Ok(5));
        assert_eq!(schedule.name(5), Some(("WEEK 4", "VS")));
        assert_eq!((schedule.name(2), schedule.name(6)), (None, None));
        assert_eq!(schedule.cells().count(), 3);
        assert!(matches!(
            schedule.cell("WEEK 2", "VS"),
            Err(Refusal::FormUnknown { .. })
        ));
    }
}
