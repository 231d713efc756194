//! Gathers values into the forms to which they belong.

use std::collections::{BTreeMap, BTreeSet};

use theriac_evidence::trial::{ItemKind, PlainItem};
use theriac_standards::epcis::time::Instant;

use super::SourceFault;
use crate::trials::{Error, NewCorrection, NewForm, Party, Refusal, Schedule};

/// A value of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// Where it stands, from 1.
    pub line: u64,
    /// Label or number of the subject.
    pub subject: String,
    /// The visit.
    pub visit: String,
    /// The form.
    pub form: String,
    /// The item.
    pub item: String,
    /// Whether it is a value or a null.
    pub kind: ItemKind,
    /// As the source spelled it.
    pub text: String,
    /// When it was observed, where that is a time with a zone.
    pub observed: Option<String>,
}

/// Values as forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathered {
    /// Forms that are not captured yet.
    pub fresh: Vec<NewForm>,
    /// How many are captured with the same values.
    pub same: usize,
    /// Forms that are captured with other values, with what differs.
    pub differing: Vec<NewCorrection>,
}

/// Gathers values by subject and form, in the order in which forms first appear.
///
/// # Errors
/// A subject or form that is not known, an item that stands twice in a form; the line is named, the value is not.
pub fn gather(party: &Party, schedule: &Schedule, values: Vec<Value>) -> Result<Gathered, Error> {
    let mut slots: BTreeMap<String, u32> = BTreeMap::new();
    let mut places: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let mut forms: Vec<NewForm> = Vec::new();
    for value in values {
        let line = value.line;
        let slot = match slots.get(&value.subject) {
            Some(slot) => *slot,
            None => {
                let slot = slot(party, &value.subject, line)?;
                slots.insert(value.subject.clone(), slot);
                slot
            }
        };
        let cell = schedule.cell(&value.visit, &value.form);
        let cell = cell.map_err(|_| SourceFault::FormUnknown(line))?;
        if !seen.insert((slot, cell, value.item.clone())) {
            return Err(SourceFault::ItemTwice(line).into());
        }
        let place = *places.entry((slot, cell)).or_insert_with(|| {
            forms.push(NewForm {
                slot,
                cell,
                items: Vec::new(),
                observed: observed_ms(value.observed.as_deref()),
            });
            forms.len() - 1
        });
        forms[place].items.push(PlainItem {
            kind: value.kind,
            oid: value.item,
            value: value.text,
            reason: None,
        });
    }
    sort_out(party, forms)
}

fn slot(party: &Party, subject: &str, line: u64) -> Result<u32, Error> {
    match party.slot(subject) {
        Err(Error::Refused(Refusal::SubjectUnknown)) => {
            Err(SourceFault::SubjectUnknown(line).into())
        }
        found => found,
    }
}

/// Unix milliseconds of a time with a zone; 0 for anything less, since the item itself says what the source has.
fn observed_ms(text: Option<&str>) -> u64 {
    let instant = text.and_then(Instant::parse);
    instant
        .and_then(|instant| u64::try_from(instant.to_millis()).ok())
        .unwrap_or_default()
}

/// Which forms are new, which stand as they are, and which stand otherwise.
fn sort_out(party: &Party, forms: Vec<NewForm>) -> Result<Gathered, Error> {
    let mut gathered = Gathered::default();
    for form in forms {
        let standing = party.standing(form.slot, form.cell)?;
        if standing.items.is_empty() {
            gathered.fresh.push(form);
            continue;
        }
        let differs = |item: &PlainItem| {
            let before = standing.items.get(&item.oid);
            before.is_none_or(|before| (before.kind, &before.value) != (item.kind, &item.value))
        };
        let items: Vec<_> = form.items.into_iter().filter(differs).collect();
        if items.is_empty() {
            gathered.same += 1;
            continue;
        }
        gathered.differing.push(NewCorrection {
            slot: form.slot,
            cell: form.cell,
            items: items
                .into_iter()
                .map(|item| (item.oid, item.kind, item.value))
                .collect(),
            reason_code: 0,
            reason: String::new(),
            observed: form.observed,
        });
    }
    Ok(gathered)
}
