//! What is to be entered of a source.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Change, ListedQuery, Misfit, Misfits, Source, Whose,
    steps::{self, Reading, Step, Versions},
};
use crate::trials::{
    Error, NewCorrection, NewForm, Party, Refusal, Schedule, book::BookError, form,
};
use theriac_evidence::trial::PlainItem;

/// What is to be entered of a source: nothing where there are misfits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Forms that are captured.
    pub captures: Vec<NewForm>,
    /// Corrections, each form once in a round, one round after another.
    pub rounds: Vec<Vec<NewCorrection>>,
    /// How many values the source has.
    pub values: u64,
    /// How many of them the book has.
    pub same: u64,
    /// Queries of the source.
    pub queries: Vec<ListedQuery>,
    /// What does not fit.
    pub misfits: Misfits,
}

/// On what terms a source is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms {
    /// Why values are corrected for which the source has no reason: a code of `CorrectionReason` and words.
    pub reason: Option<(u8, String)>,
    /// Subjects of other sites than these are unknown; all are known where there is no choice.
    pub sites: Option<BTreeSet<u16>>,
}

/// Plans what is to be entered, in the order in which forms first appear.
///
/// # Errors
/// Those of the book.
pub fn plan(party: &Party, source: Source, (terms, now_ms): (&Terms, u64)) -> Result<Plan, Error> {
    let schedule = party.schedule()?;
    let mut planning = Planning {
        party,
        schedule,
        sites: terms.sites.as_ref(),
        slots: BTreeMap::new(),
        plan: Plan {
            values: source.changes.len() as u64,
            queries: source.queries,
            misfits: source.misfits,
            ..Plan::default()
        },
    };
    let reading = Reading {
        is_history: source.is_history,
        reason: terms.reason.as_ref(),
        now_ms,
    };
    for ((slot, cell), changes) in planning.by_form(source.changes)? {
        planning.form((slot, cell), &changes, reading)?;
    }
    Ok(planning.plan)
}

type Place = (u32, u32);

struct Planning<'a> {
    party: &'a Party,
    schedule: Schedule,
    sites: Option<&'a BTreeSet<u16>>,
    slots: BTreeMap<Vec<String>, Option<u32>>,
    plan: Plan,
}

impl Planning<'_> {
    fn by_form(&mut self, changes: Vec<Change>) -> Result<Vec<(Place, Vec<Change>)>, Error> {
        let mut places: BTreeMap<Place, usize> = BTreeMap::new();
        let mut forms: Vec<(Place, Vec<Change>)> = Vec::new();
        let mut last: Option<(Arc<Whose>, Result<Place, Misfit>)> = None;
        for change in changes {
            let known = last
                .as_ref()
                .filter(|(whose, _)| Arc::ptr_eq(whose, &change.whose));
            let place = match known {
                Some((_, place)) => *place,
                None => self.place(&change.whose)?,
            };
            last = Some((change.whose.clone(), place));
            match place {
                Err(misfit) => self.plan.misfits.push(&change.at, misfit),
                Ok(place) => {
                    let at = *places.entry(place).or_insert_with(|| {
                        forms.push((place, Vec::new()));
                        forms.len() - 1
                    });
                    forms[at].1.push(change);
                }
            }
        }
        Ok(forms)
    }

    fn place(&mut self, whose: &Whose) -> Result<Result<Place, Misfit>, Error> {
        let Some(slot) = self.slot(&whose.subject)? else {
            return Ok(Err(Misfit::SubjectUnknown));
        };
        for visit in &whose.visit {
            for form in &whose.form {
                if let Ok(cell) = self.schedule.cell(visit, form) {
                    return Ok(Ok((slot, cell)));
                }
            }
        }
        Ok(Err(Misfit::FormUnknown))
    }

    fn slot(&mut self, names: &[String]) -> Result<Option<u32>, Error> {
        if let Some(slot) = self.slots.get(names) {
            return Ok(*slot);
        }
        let mut found = None;
        for name in names {
            match self.party.slot(name) {
                Ok(slot) => {
                    found = self.is_of_sites(slot)?.then_some(slot);
                    break;
                }
                Err(Error::Refused(Refusal::SubjectUnknown)) => {}
                Err(error) => return Err(error),
            }
        }
        self.slots.insert(names.to_vec(), found);
        Ok(found)
    }

    fn is_of_sites(&self, slot: u32) -> Result<bool, Error> {
        let Some(sites) = self.sites else {
            return Ok(true);
        };
        let subject = self.party.book.subject(slot)?;
        Ok(subject.is_some_and(|subject| sites.contains(&subject.site)))
    }

    fn form(
        &mut self,
        place: Place,
        changes: &[Change],
        reading: Reading<'_>,
    ) -> Result<(), Error> {
        let at = &changes[0].at;
        let versions = match self.party.versions(place) {
            Ok(versions) => versions,
            Err(Error::Refused(Refusal::KeyAbsent(_))) => {
                self.plan.misfits.push(at, Misfit::SubjectClosed);
                return Ok(());
            }
            Err(Error::Refused(Refusal::FormWaits { .. })) => {
                self.plan.misfits.push(at, Misfit::FormWaits);
                return Ok(());
            }
            Err(error) => return Err(error),
        };
        let is_captured = !versions.is_empty();
        let told = steps::fold(&versions, changes, (reading, &mut self.plan.misfits));
        self.plan.same += told.same;
        let mut steps = told.steps.into_iter();
        if !is_captured && let Some(first) = steps.next() {
            self.plan.captures.push(capture(place, first));
        }
        for (round, step) in steps.enumerate() {
            if self.plan.rounds.len() == round {
                self.plan.rounds.push(Vec::new());
            }
            self.plan.rounds[round].push(correction(place, step));
        }
        Ok(())
    }
}

fn capture((slot, cell): Place, step: Step) -> NewForm {
    let item = |(oid, kind, value)| PlainItem {
        kind,
        oid,
        value,
        reason: None,
    };
    NewForm {
        slot,
        cell,
        items: step.items.into_iter().map(item).collect(),
        observed: step.observed,
    }
}

fn correction((slot, cell): Place, step: Step) -> NewCorrection {
    let (reason_code, reason) = step.reason();
    NewCorrection {
        slot,
        cell,
        items: step.items,
        reason_code,
        reason,
        observed: step.observed,
    }
}

impl Party {
    /// All versions of the items of a form; none where it was not captured.
    fn versions(&self, (slot, cell): Place) -> Result<Versions, Error> {
        let study = self.study()?;
        let key = self.subject_key(slot)?;
        let mut versions = Versions::new();
        for row in self.book.forms_of(slot, cell)? {
            if row.entry.is_none() {
                return Err(Refusal::FormWaits { slot, cell }.into());
            }
            let (_, items) = form::open((study, &key), &row)?;
            if items.is_empty() {
                return Err(BookError::Damaged("a form has no item").into());
            }
            for item in items {
                let of_item = versions.entry(item.oid).or_default();
                of_item.push((item.kind, item.value));
            }
        }
        Ok(versions)
    }
}
