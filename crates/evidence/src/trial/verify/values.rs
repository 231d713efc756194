//! C2, C4 and C9 of the values: openings against the roots of their entries, form by form.

use super::{
    ClaimId, Failure, Place,
    analysis::{Lineage, Traced, ValueDigest, value_digest},
    judge::Judge,
    replay::{FormRef, Replay},
};
use crate::trial::{
    Item, ItemKind, Opening, ProvedItem,
    bundle::{Extent, Manifest, stream::Stream, zip::Archive},
    cell::{Cell, form_root},
    form::MAX_OPENING,
    form_context,
    log::verify_inclusion,
};
use alloy_primitives::B256;
use std::collections::BTreeMap;

const FILE: &str = "forms.bin";

/// Checks the file of forms, and the traced cells of datasets against it.
pub(super) fn check(
    archive: &Archive<'_>,
    (manifest, replay, lineage): (&Manifest, &Replay, Lineage),
    judge: &mut Judge,
) -> Result<(), Failure> {
    if manifest.forms == Extent::None {
        judge.limit(ClaimId::C2, "the values, of which the bundle has none");
        judge.limit(
            ClaimId::C9,
            "the values before and after, of which the bundle has none",
        );
        return Ok(());
    }
    let file = archive.file(FILE).ok_or(Failure::Missing { name: FILE })?;
    let mut stream = Stream::new(file);
    let mut forms = replay.forms.clone();
    forms.sort_unstable();
    let places: BTreeMap<u64, usize> = forms.iter().map(|form| form.entry).zip(0..).collect();
    let mut walk = Walk::new((manifest, replay), lineage, judge);
    let mut next = 0;
    while !stream.is_at_end().map_err(unreadable)? {
        let entry = stream.take(8).map_err(unreadable)?;
        let entry = u64::from_be_bytes(entry.try_into().expect("8 bytes"));
        let opening = stream.framed(MAX_OPENING).map_err(unreadable)?;
        let opening = Opening::decode(opening).map_err(|what| Failure::form(FILE, &what))?;
        let Some(place) = places.get(&entry).copied().filter(|place| *place >= next) else {
            let text = "the values are of no capture or correction, or not in their order";
            walk.judge
                .fail(ClaimId::C2, "form-unknown", Place::entry(entry), text);
            continue;
        };
        forms[next..place]
            .iter()
            .for_each(|form| walk.unopened(form));
        walk.opened(&forms[place], &opening);
        next = place + 1;
    }
    forms[next..].iter().for_each(|form| walk.unopened(form));
    walk.finish();
    Ok(())
}

fn unreadable(source: std::io::Error) -> Failure {
    Failure::file(FILE, source)
}

/// The way through all forms in the order of slot, cell and entry.
struct Walk<'a> {
    replay: &'a Replay,
    is_whole: bool,
    study: B256,
    judge: &'a mut Judge,
    lineage: Lineage,
    next: usize,
    at: (u32, u32),
    cell: Cell,
    /// Whether a capture or correction of the cell is not opened whole.
    is_partly_hidden: bool,
    /// Versions of the items that datasets ask for.
    history: BTreeMap<String, Vec<(u64, ValueDigest)>>,
}

impl<'a> Walk<'a> {
    fn new(
        (manifest, replay): (&'a Manifest, &'a Replay),
        lineage: Lineage,
        judge: &'a mut Judge,
    ) -> Self {
        let study = manifest.study;
        Self {
            replay,
            is_whole: manifest.forms == Extent::All,
            study: crate::trial::study_id(replay.chain_id, study.organisation, study.number),
            judge,
            lineage,
            next: 0,
            at: (0, 0),
            cell: Cell::default(),
            is_partly_hidden: false,
            history: BTreeMap::new(),
        }
    }

    fn enter(&mut self, form: &FormRef) {
        let at = (form.slot, form.cell);
        if at == self.at {
            return;
        }
        self.leave_until(at);
        self.at = at;
        self.cell = Cell::new(form_context(&self.study, form.slot, form.cell));
        self.is_partly_hidden = false;
        self.history.clear();
    }

    /// A form whose values the bundle has not.
    fn unopened(&mut self, form: &FormRef) {
        self.enter(form);
        self.is_partly_hidden = true;
        if self.is_whole && !self.replay.erased.contains(&form.slot) {
            self.judge.fail(
                ClaimId::C2,
                "form-missing",
                place_of(form),
                "the values are not in the bundle, and the subject was not erased",
            );
        }
    }

    fn opened(&mut self, form: &FormRef, opening: &Opening) {
        self.enter(form);
        match opening {
            Opening::Whole { secret, items } => {
                if items.len() as u32 != form.items {
                    let text = format!("got {} items, the ledger says {}", items.len(), form.items);
                    self.judge
                        .fail(ClaimId::C4, "items-differ", place_of(form), text);
                }
                match self.cell.apply(secret, items) {
                    Ok(items) => self.check_whole(form, &items),
                    Err(failure) => {
                        self.is_partly_hidden = true;
                        let text = "a later version has no reason, or a first one has";
                        self.judge.fail(
                            ClaimId::C9,
                            "reason-missing",
                            place_of(form).item(&failure.oid),
                            text,
                        );
                    }
                }
            }
            Opening::Chosen(items) => {
                self.is_partly_hidden |= items.len() as u32 != form.items;
                if self.is_whole {
                    self.judge.fail(
                        ClaimId::C2,
                        "form-missing",
                        place_of(form),
                        "the form is not opened whole",
                    );
                }
                items.iter().for_each(|item| self.check_chosen(form, item));
            }
        }
    }

    fn check_whole(&mut self, form: &FormRef, items: &[Item]) {
        let leaves: Vec<B256> = items.iter().map(Item::leaf).collect();
        if form_root(&leaves) != form.root {
            let text = "the values are not those that the entry commits to";
            self.judge
                .fail(ClaimId::C2, "values-differ", place_of(form), text);
        }
        let nulls = items
            .iter()
            .filter(|item| item.kind == ItemKind::Null)
            .count() as u32;
        if form.nulls.is_some_and(|expected| expected != nulls) {
            let text = format!(
                "got {nulls} nulls, the ledger says {}",
                form.nulls.unwrap_or(0)
            );
            self.judge
                .fail(ClaimId::C4, "nulls-differ", place_of(form), text);
        }
        for item in items {
            self.note_item(form, item);
        }
    }

    fn check_chosen(&mut self, form: &FormRef, proved: &ProvedItem) {
        let place = place_of(form);
        let leaf = crate::trial::log::leaf(&proved.leaf);
        let at = (u64::from(proved.index), u64::from(form.items));
        if verify_inclusion(at, &leaf, &proved.proof, &form.root).is_err() {
            let place = Place {
                index: Some(proved.index),
                ..place
            };
            self.judge.fail(
                ClaimId::C2,
                "values-differ",
                place,
                "the item is not in the form that the entry commits to",
            );
            return;
        }
        let context = form_context(&self.study, form.slot, form.cell);
        let item = match Item::decode(&proved.leaf) {
            Ok(item) if item.context == context => item,
            Ok(_) | Err(_) => {
                self.judge.fail(
                    ClaimId::C2,
                    "item-malformed",
                    place,
                    "the item is of another form, or of no form",
                );
                return;
            }
        };
        let replaced = item.replaces.as_ref().map(|replaces| replaces.leaf);
        let before = self
            .cell
            .items
            .get(&item.oid)
            .map(|before| (before.version, before.leaf));
        match (before, replaced) {
            (None, None) => {}
            (Some((version, before)), Some(leaf))
                if version + 1 == item.version && before == leaf => {}
            (None, Some(_)) if self.is_partly_hidden => {
                self.judge.limit(
                    ClaimId::C9,
                    "what items said before, where it is not opened",
                );
            }
            _ => {
                let text = "the item does not follow the version before it";
                self.judge.fail(
                    ClaimId::C9,
                    "old-value-differs",
                    place.item(&item.oid),
                    text,
                );
            }
        }
        self.note_item(form, &item);
        self.cell.take(&item, leaf);
    }

    /// C9 of one item, and its value for datasets.
    fn note_item(&mut self, form: &FormRef, item: &Item) {
        self.judge.figures.items_opened += 1;
        if let Some(replaces) = &item.replaces {
            let is_reason =
                matches!(replaces.code, 1..=5) || replaces.code == 6 && !replaces.reason.is_empty();
            if !is_reason {
                self.judge.fail(
                    ClaimId::C9,
                    "reason-missing",
                    place_of(form).item(&item.oid),
                    "the new version has no reason",
                );
            }
        }
        if self.is_asked() {
            let value = (item.kind == ItemKind::Value).then_some(item.value.as_str());
            let versions = self.history.entry(item.oid.clone()).or_default();
            versions.push((form.entry, value_digest(value)));
        }
    }

    fn is_asked(&self) -> bool {
        self.lineage
            .traced
            .get(self.next)
            .is_some_and(|traced| (traced.slot, traced.cell) <= self.at)
    }

    /// Checks the traced cells of all forms before this one.
    fn leave_until(&mut self, at: (u32, u32)) {
        while let Some(traced) = self.lineage.traced.get(self.next).copied() {
            if (traced.slot, traced.cell) >= at {
                return;
            }
            self.next += 1;
            self.check_traced(&traced);
        }
    }

    fn check_traced(&mut self, traced: &Traced) {
        if self.replay.erased.contains(&traced.slot) {
            self.judge.limit(
                ClaimId::C14,
                "the rows of erased subjects, whose values are gone",
            );
            return;
        }
        let is_here = (traced.slot, traced.cell) == self.at;
        let oid = &self.lineage.oids[traced.oid as usize];
        let versions = self.history.get(oid).filter(|_| is_here);
        let locked = versions.and_then(|versions| {
            versions
                .iter()
                .rev()
                .find(|(entry, _)| *entry < traced.lock)
        });
        match locked {
            Some((_, value)) if *value == traced.value => {
                if self.is_partly_hidden {
                    self.judge.limit(
                        ClaimId::C14,
                        "that no correction which is not opened changed a value of a row",
                    );
                }
            }
            Some(_) => {
                let text = "the row has another value than the locked item";
                self.judge.fail(
                    ClaimId::C14,
                    "row-differs",
                    self.lineage.place(traced),
                    text,
                );
            }
            None => {
                let text = "the row says it comes from an item that is not in the locked data";
                self.judge.fail(
                    ClaimId::C14,
                    "row-without-item",
                    self.lineage.place(traced),
                    text,
                );
            }
        }
    }

    fn finish(mut self) {
        self.leave_until((u32::MAX, u32::MAX));
    }
}

fn place_of(form: &FormRef) -> Place {
    Place::entry(form.entry).of(form.slot).cell(form.cell)
}
