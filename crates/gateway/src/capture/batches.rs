//! A spooled document as batches of events made ready to be stored.

use super::{Documents, Failure};
use crate::repository::{Entry, Form};
use std::{fs::File, io::BufReader, path::Path};
use theriac_standards::epcis::{
    Limits, ReadError,
    model::{DocumentKind, Envelope, MasterData},
    validate::Validator,
};

/// A batch ends with so many events.
const EVENTS: usize = 1_000;
/// Or with so many bytes of them.
const BYTES: usize = 8 << 20;

/// What comes next in a document.
pub(super) enum Step {
    /// Which place lies within which.
    Places(Vec<(String, String)>),
    /// Some events.
    Events(Prepared),
}

/// Some events of a document by their positions, and those that are none.
#[derive(Default)]
pub(super) struct Prepared {
    pub(super) entries: Vec<(u64, Entry)>,
    pub(super) failures: Vec<(u64, Failure)>,
    /// How many events of the document were read with this batch.
    pub(super) position: u64,
    bytes: usize,
}

impl Prepared {
    fn is_full(&self) -> bool {
        self.entries.len() + self.failures.len() >= EVENTS || self.bytes >= BYTES
    }
}

/// Reads a document and gives its steps to `take` until that wants no more; the first `done` events are passed over. Blocks.
pub(super) fn read_batches(
    path: &Path,
    (form, limits): (Form, Limits),
    done: u64,
    mut take: impl FnMut(Step) -> bool,
) {
    let mut position = done;
    if let Err(error) = read((path, form, limits), &mut position, &mut take) {
        // It was read to its end before it was acknowledged, so the disk lost it.
        tracing::error!(%error, "a spooled document cannot be read");
        let failure = Failure::invalid("the document cannot be read any more");
        take(Step::Events(Prepared {
            failures: vec![(position, failure)],
            position,
            ..Prepared::default()
        }));
    }
}

fn read(
    (path, form, limits): (&Path, Form, Limits),
    position: &mut u64,
    take: &mut impl FnMut(Step) -> bool,
) -> Result<(), Error> {
    let file = BufReader::with_capacity(256 << 10, File::open(path)?);
    let mut documents = Documents::open(file, form, limits)?;
    let mut validator = Validator::new(documents.syntax());
    let mut prepared = Prepared::default();
    let mut at = 0;
    while let Some(checked) = documents.next(&mut validator)? {
        at += 1;
        if at <= *position {
            continue;
        }
        prepare(&mut prepared, (at - 1, form), checked, documents.envelope());
        prepared.position = at;
        *position = at;
        if prepared.is_full() && !take(Step::Events(std::mem::take(&mut prepared))) {
            return Ok(());
        }
    }
    let places = documents.envelope().master_data.as_ref().map(places);
    if let Some(places) = places.filter(|places| !places.is_empty())
        && !take(Step::Places(places))
    {
        return Ok(());
    }
    if prepared.position > 0 {
        take(Step::Events(prepared));
    }
    Ok(())
}

#[derive(Debug, thiserror::Error)]
enum Error {
    #[error(transparent)]
    Io(#[from] std::io::Error),
    #[error(transparent)]
    Read(#[from] ReadError),
}

fn prepare(
    prepared: &mut Prepared,
    (at, form): (u64, Form),
    checked: super::reader::Checked,
    envelope: &Envelope,
) {
    debug_assert!(envelope.kind != DocumentKind::Event);
    let entry = checked.and_then(|mut event| {
        Entry::new(&mut event, envelope, form)
            .map_err(|error| Failure::invalid(format!("event {at}, from 0: {error}")))
    });
    match entry {
        Ok(entry) => {
            prepared.bytes += entry.bytes();
            prepared.entries.push((at, entry));
        }
        Err(failure) => prepared.failures.push((at, failure)),
    }
}

/// The parents and children that master data names.
fn places(data: &MasterData) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let vocabularies = data.vocabularies.iter();
    for element in vocabularies.flat_map(|vocabulary| vocabulary.elements.iter().flatten()) {
        let Some(id) = &element.id else { continue };
        let children = element.children.iter().flatten();
        found.extend(children.map(|child| (id.clone(), child.clone())));
    }
    found
}
