//! Changes of one form as its capture and corrections.

use std::collections::{BTreeMap, BTreeSet};

use theriac_contracts::codes::CorrectionReason;
use theriac_evidence::trial::{ItemKind, MAX_TEXT};

use super::{Change, Misfit, Misfits};

/// A version of an item.
pub(super) type Said = (ItemKind, String);

/// All versions of each item that the book has of a form.
pub(super) type Versions = BTreeMap<String, Vec<Said>>;

/// A capture, or a correction.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) items: Vec<(String, ItemKind, String)>,
    pub(super) reason: Option<(u8, String)>,
    /// The latest time at which an item of it was observed.
    pub(super) observed: u64,
}

/// How changes are understood.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'a> {
    /// Whether they tell what was done, rather than a state.
    pub(super) is_history: bool,
    /// Why the book is corrected, where the source does not say.
    pub(super) reason: Option<&'a (u8, String)>,
    /// Nothing was observed later.
    pub(super) now_ms: u64,
}

/// What is to be entered, and how many changes the book has already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Steps {
    /// The first of them is the capture, where `is_captured` was false.
    pub(super) steps: Vec<Step>,
    pub(super) same: u64,
}

/// Folds the changes of one form, in the order of the source.
pub(super) fn fold(
    versions: &Versions,
    changes: &[Change],
    (reading, misfits): (Reading<'_>, &mut Misfits),
) -> Steps {
    let mut folding = Folding {
        reading,
        misfits,
        stands: BTreeMap::new(),
        seen: BTreeSet::new(),
        is_captured: !versions.is_empty(),
        told: Steps::default(),
    };
    for (item, said) in versions {
        if let Some(last) = said.last() {
            folding.stands.insert(item.clone(), last.clone());
        }
    }
    let mut known = known(versions, changes, reading.is_history);
    let mut once = BTreeSet::new();
    for change in changes {
        let is_twice = !reading.is_history && !change.goes_on && !once.insert(&change.item);
        if is_twice {
            folding.misfits.push(&change.at, Misfit::ItemTwice);
            continue;
        }
        let known = known.entry(change.item.as_str()).or_default();
        if known.has((change.kind, &change.text)) {
            folding.told.same += 1;
            continue;
        }
        folding.change(change);
    }
    folding.told
}

/// What the book has already of an item's changes: a file may be given again, or go on where another ended.
#[derive(Clone, Copy, Debug, Default)]
struct Known<'a> {
    /// How many of the first changes.
    left: usize,
    /// The last of them that was met.
    last: Option<(ItemKind, &'a str)>,
}

impl<'a> Known<'a> {
    /// Whether the next change is one of them.
    fn has(&mut self, said: (ItemKind, &'a str)) -> bool {
        if self.last == Some(said) {
            return true;
        }
        let is_one = self.left > 0;
        self.left = self.left.saturating_sub(1);
        self.last = is_one.then_some(said);
        is_one
    }
}

fn known<'a>(
    versions: &Versions,
    changes: &'a [Change],
    is_history: bool,
) -> BTreeMap<&'a str, Known<'a>> {
    let mut told: BTreeMap<&str, Vec<(ItemKind, &str)>> = BTreeMap::new();
    for change in changes {
        let of_item = told.entry(&change.item).or_default();
        let said = (change.kind, change.text.as_str());
        // What is said twice in a row is one version.
        if of_item.last() != Some(&said) {
            of_item.push(said);
        }
    }
    let count = |(item, told): (&'a str, Vec<(ItemKind, &str)>)| {
        let has = versions.get(item).into_iter().flatten();
        let has: Vec<_> = has.map(|(kind, text)| (*kind, text.as_str())).collect();
        let is_whole =
            is_history && told.len() > 1 && has.windows(told.len()).any(|part| part == told);
        let most = told.len().min(has.len());
        let left = match is_whole {
            true => told.len(),
            false => (1..=most)
                .rev()
                .find(|count| has[has.len() - count..] == told[..*count])
                .unwrap_or(0),
        };
        (item, Known { left, last: None })
    };
    told.into_iter().map(count).collect()
}

struct Folding<'a> {
    reading: Reading<'a>,
    misfits: &'a mut Misfits,
    stands: BTreeMap<String, Said>,
    /// Items of the last step.
    seen: BTreeSet<String>,
    is_captured: bool,
    told: Steps,
}

impl Folding<'_> {
    fn change(&mut self, change: &Change) {
        let is_fine = (1..=255).contains(&change.item.len()) && change.text.len() <= MAX_TEXT;
        if !is_fine {
            return self.misfits.push(&change.at, Misfit::ItemFaulty);
        }
        if change.observed > self.reading.now_ms {
            return self.misfits.push(&change.at, Misfit::ObservedAhead);
        }
        let before = self.stands.get(&change.item);
        let is_there = before.is_some_and(|(kind, _)| *kind != ItemKind::Removed);
        if change.is_update && !is_there {
            return self.misfits.push(&change.at, Misfit::ItemUnknown);
        }
        if before.is_some_and(|before| (before.0, &before.1) == (change.kind, &change.text)) {
            self.told.same += 1;
            return;
        }
        let reason = match before {
            None => None,
            Some(_) => {
                let given = change.reason.as_ref().or(self.reading.reason);
                let Some(reason) = given else {
                    return self.misfits.push(&change.at, Misfit::ReasonAbsent);
                };
                Some(reason.clone())
            }
        };
        let step = self.step(&change.item, reason);
        step.observed = step.observed.max(change.observed);
        step.items
            .push((change.item.clone(), change.kind, change.text.clone()));
        self.seen.insert(change.item.clone());
        let said = (change.kind, change.text.clone());
        self.stands.insert(change.item.clone(), said);
    }

    /// The step in which an item changes: the last one, where it does not have the item yet and is made for the same reason.
    fn step(&mut self, item: &str, reason: Option<(u8, String)>) -> &mut Step {
        let is_capture = !self.is_captured && self.told.steps.len() == 1;
        let joins = self.told.steps.last().is_some_and(|last| {
            let is_same = match (&reason, &last.reason) {
                (None, _) => true,
                (Some(_), _) if is_capture => false,
                (Some(_), None) => true,
                (Some(reason), Some(others)) => reason == others,
            };
            is_same && !self.seen.contains(item)
        });
        if !joins {
            self.seen.clear();
            self.told.steps.push(Step::default());
        }
        let last = self.told.steps.last_mut().expect("there is one by now");
        last.reason = reason.or(last.reason.take());
        last
    }
}

impl Step {
    /// Code and words; what only adds items came late.
    pub(super) fn reason(&self) -> (u8, String) {
        let late = || (CorrectionReason::Late.code(), String::new());
        self.reason.clone().unwrap_or_else(late)
    }
}

#[cfg(test)]
mod tests;
