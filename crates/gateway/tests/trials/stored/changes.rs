//! The changes of a stored book, and by what each must be found.

mod forms;
mod log;
mod rest;

use super::scene::Scene;
use crate::support::{Dice, Operator};
use alloy_primitives::B256;
use std::{collections::BTreeSet, fmt};
use theriac_evidence::trial::verify::{ClaimId, Place};
use theriac_gateway::trials::{
    book::FormRow,
    copy::{Difference, Fault},
};

/// What the gateway finds when it holds the book against the ledger.
#[derive(Debug)]
pub(super) enum Own {
    /// It does not work with this log: the entry is another than the ledger's.
    Entry(u64),
    /// These differ.
    Differs(Vec<Difference>),
}

pub(super) struct Expected {
    pub(super) own: Own,
    /// What the verifier finds in a bundle that the program makes nevertheless; `None` where it makes none, or nothing in it is altered.
    pub(super) bundle: Option<(ClaimId, &'static str, Place)>,
    is_at_site: bool,
}

impl Expected {
    fn entry(entry: u64) -> Self {
        Self {
            own: Own::Entry(entry),
            bundle: None,
            is_at_site: false,
        }
    }

    fn differs(all: Vec<Difference>) -> Self {
        Self {
            own: Own::Differs(all),
            bundle: None,
            is_at_site: false,
        }
    }

    fn and_in_bundle(mut self, code: &'static str, form: &FormRow) -> Self {
        let place = Place::entry(form.entry.unwrap())
            .of(form.slot)
            .cell(form.cell);
        self.bundle = Some((ClaimId::C2, code, place));
        self
    }

    /// Whose book was altered.
    pub(super) fn of<'a>(&self, scene: &'a Scene) -> &'a Operator {
        match self.is_at_site {
            true => &scene.site,
            false => &scene.sponsor,
        }
    }
}

/// As the published table has it.
impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.own {
            Own::Entry(_) => formatter.write_str("another log")?,
            Own::Differs(all) => {
                let faults: BTreeSet<String> = all
                    .iter()
                    .map(|one| format!("`{}`", one.fault.word()))
                    .collect();
                formatter.write_str(&Vec::from_iter(faults).join(", "))?;
            }
        }
        match &self.bundle {
            Some((claim, code, _)) => write!(formatter, " | {claim:?} `{code}`"),
            None => formatter.write_str(" | -"),
        }
    }
}

pub(super) type Change = fn(&Scene, &mut Dice) -> Expected;

pub(super) const CHANGES: [(&str, Change); 23] = [
    ("a value is encrypted anew", forms::value),
    ("a salt is changed", forms::salt),
    ("bytes of a form are flipped", forms::flipped),
    (
        "a value and its root are changed in the row",
        forms::with_root,
    ),
    ("a form is moved to another cell", forms::moved),
    ("two forms change places", forms::exchanged),
    ("a form is deleted", forms::deleted),
    ("the trail of a correction is deleted", forms::trail),
    ("a form is invented", forms::invented),
    ("an entry of the log is changed", log::entry),
    ("the body of an entry is changed", log::body),
    ("an entry and its body are changed together", log::both),
    ("an entry is deleted", log::deleted),
    ("an entry is invented", log::invented),
    ("an entry is hidden under another kind", log::hidden),
    ("a subject is deleted", rest::subject),
    ("the key of a subject is exchanged", rest::key),
    ("a document is altered", rest::document),
    ("an outcome is switched in its document", rest::outcome),
    ("a printed name is altered", rest::name),
    ("a text is altered", rest::text),
    ("the book is rolled back", rest::rolled_back),
    ("a label leads to another subject", rest::label),
];

fn difference(form: &FormRow, fault: Fault) -> Difference {
    Difference {
        slot: form.slot,
        cell: form.cell,
        entry: form.entry,
        document: None,
        fault,
    }
}

fn document(slot: u32, hash: B256) -> Difference {
    Difference {
        slot,
        cell: 0,
        entry: None,
        document: Some(hash),
        fault: Fault::Altered,
    }
}

/// One of the blobs that a query gives, with the one beside it.
fn pick(operator: &Operator, dice: &mut Dice, query: &str) -> (Vec<u8>, Vec<u8>) {
    let rows = operator.pairs(query);
    dice.pick(&rows).clone()
}

fn flip(dice: &mut Dice, bytes: &mut [u8]) {
    let at = dice.below(bytes.len() as u64) as usize;
    bytes[at] ^= 1 << dice.below(8);
}
