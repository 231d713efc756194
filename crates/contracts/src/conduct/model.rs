//! The plain model of one study.

use std::collections::{BTreeMap, BTreeSet};

use crate::Refusal;

/// The first number of a form outside the schedule.
pub(super) const UNSCHEDULED: u32 = 1 << 31;

/// Where a subject stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stands {
    Consented,
    Randomised,
    Withdrawn,
    WithdrawnFully,
    Completed,
    ScreenFailure,
    Erased,
}

/// A subject.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    pub(super) site: u16,
    pub(super) stands: Stands,
    pub(super) consent: u32,
    pub(super) schedule: u16,
    pub(super) due: BTreeSet<u32>,
    /// Newest entries of forms.
    pub(super) forms: BTreeMap<u32, u64>,
    pub(super) entries: u32,
    pub(super) items: u64,
    pub(super) nulls: u64,
    pub(super) unsigned: bool,
    pub(super) allocated: bool,
}

/// A query.
#[derive(Clone, Debug)]
pub(super) struct Query {
    pub(super) slot: u32,
    pub(super) state: u8,
}

/// The study.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// Kind and slot of each entry.
    pub(super) log: Vec<(u8, u32)>,
    /// Forms of each visit.
    pub(super) visits: Vec<u32>,
    /// Visits of each version of the schedule, from 1.
    pub(super) lengths: Vec<u32>,
    pub(super) subjects: BTreeMap<u32, Subject>,
    pub(super) queries: BTreeMap<u32, Query>,
    pub(super) version: u32,
    pub(super) renewed: u32,
    /// Entry of the lock, and who approved that it is undone.
    pub(super) lock: Option<(u64, BTreeSet<u8>)>,
    pub(super) places_left: u32,
}

impl Subject {
    /// Forms of due visits without an entry.
    pub(super) fn missing(&self, visits: &[u32]) -> u32 {
        let mut cell = 0;
        let mut missing = 0;
        for (visit, forms) in (0u32..).zip(visits) {
            for _ in 0..*forms {
                let empty = !self.forms.contains_key(&cell);
                missing += u32::from(empty && self.due.contains(&visit));
                cell += 1;
            }
        }
        missing
    }

    pub(super) fn unscheduled(&self) -> u32 {
        self.forms.range(UNSCHEDULED..).count() as u32
    }
}

impl Model {
    pub(super) fn new(visits: &[u32], entered: &[(u8, u32)]) -> Self {
        Self {
            log: entered.to_vec(),
            visits: visits.to_vec(),
            lengths: vec![visits.len() as u32],
            subjects: BTreeMap::new(),
            queries: BTreeMap::new(),
            version: 1,
            renewed: 1,
            lock: None,
            places_left: 6,
        }
    }

    pub(super) fn next(&self) -> u64 {
        self.log.len() as u64
    }

    /// Notes an entry.
    pub(super) fn enter(&mut self, kind: u8, slot: u32) -> u64 {
        let number = self.next();
        self.log.push((kind, slot));
        if let Some(subject) = self.subjects.get_mut(&slot) {
            subject.entries += 1;
        }
        number
    }

    pub(super) fn unlocked(&self) -> Result<(), Refusal> {
        match self.lock {
            Some(_) => Err(Refusal::StudyLocked),
            None => Ok(()),
        }
    }

    /// The subject, for someone of a site; 0 is of none.
    pub(super) fn at_site(&mut self, slot: u32, site: u16) -> Result<&mut Subject, Refusal> {
        let subject = self.subjects.get_mut(&slot);
        let subject = subject.ok_or(Refusal::SubjectUnknown)?;
        match subject.site == site {
            true => Ok(subject),
            false => Err(Refusal::TrialRoleMissing),
        }
    }

    /// The visit of a form.
    pub(super) fn visit_of(&self, cell: u32) -> Option<u32> {
        let mut end = 0;
        for (visit, forms) in (0u32..).zip(&self.visits) {
            end += forms;
            if cell < end {
                return Some(visit);
            }
        }
        None
    }

    pub(super) fn missing(&self) -> u64 {
        let all = self.subjects.values();
        all.map(|subject| u64::from(subject.missing(&self.visits)))
            .sum()
    }

    pub(super) fn pending(&self, slot: Option<u32>) -> u32 {
        let of_slot = |query: &&Query| slot.is_none_or(|slot| slot == query.slot);
        let pending = |query: &&Query| query.state <= 2;
        self.queries
            .values()
            .filter(of_slot)
            .filter(pending)
            .count() as u32
    }

    pub(super) fn unsigned(&self) -> u32 {
        self.subjects.values().filter(|one| one.unsigned).count() as u32
    }
}
