//! A site captures forms, declares forms missed, and corrects items: many forms of many subjects at a time.

use std::collections::BTreeSet;

use alloy_primitives::B256;
use theriac_contracts::interfaces::ITrials::{
    Capture, Correction, Missed, captureCall, correctCall, missCall,
};
use theriac_evidence::trial::{Cell, FIRST_EXTRA, ItemKind, PlainItem, root_of_items};

use super::{
    Error, Party, Refusal,
    book::{Follow, Logged, NewFormRow},
    flight::Flight,
    form::{self, Place},
    text::seal_text,
};

/// Forms of one transaction at most.
pub const FORMS_TOGETHER: usize = 128;

/// A form to be captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewForm {
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    /// The items, each once.
    pub items: Vec<PlainItem>,
    /// When it was observed, in Unix milliseconds; 0 where that is not known.
    pub observed: u64,
}

/// A form that was not captured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewMiss {
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    /// A code of `MissedReason`.
    pub reason_code: u8,
    /// Why, in words.
    pub reason: String,
}

/// New versions of items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewCorrection {
    /// The subject.
    pub slot: u32,
    /// The cell.
    pub cell: u32,
    /// The items that change, and those that come new.
    pub items: Vec<(String, ItemKind, String)>,
    /// A code of `CorrectionReason`.
    pub reason_code: u8,
    /// Why, in words.
    pub reason: String,
    /// When it was observed, in Unix milliseconds; 0 where that is not known.
    pub observed: u64,
}

/// Forms for one transaction each, which ends with a subject where it can.
fn parts(mut forms: &[NewForm]) -> Vec<&[NewForm]> {
    let mut parts = Vec::new();
    while !forms.is_empty() {
        let most = forms.len().min(FORMS_TOGETHER);
        let begun = forms.get(most).map(|next| next.slot);
        let whole = forms[..most]
            .iter()
            .rposition(|new| Some(new.slot) != begun);
        let (part, rest) = forms.split_at(whole.map_or(most, |last| last + 1));
        parts.push(part);
        forms = rest;
    }
    parts
}

impl Party {
    /// Captures forms, some transactions of them at once; what waits for a node is in the book, and is sent by [`Party::settle_all`].
    ///
    /// # Errors
    /// Where one form is refused, none of its transaction is captured, and others may be; those of book and ledger.
    pub async fn capture(&mut self, forms: &[NewForm]) -> Result<Vec<Logged>, Error> {
        if forms.is_empty() {
            return Err(Refusal::Nothing.into());
        }
        let mut flight = Flight::default();
        let outcome = self.capture_parts(forms, &mut flight).await;
        let entered = self.land(flight, outcome).await?;
        self.sync().await?;
        Ok(entered)
    }

    async fn capture_parts(&mut self, forms: &[NewForm], flight: &mut Flight) -> Result<(), Error> {
        let mut numbered = BTreeSet::new();
        for part in parts(forms) {
            self.check_fresh(part)?;
            for new in part {
                self.check_closed((new.slot, new.cell), &new.items)?;
            }
            let outside = part.iter().filter(|new| new.cell >= FIRST_EXTRA);
            let outside: BTreeSet<u32> = outside.map(|new| new.slot).collect();
            // Outside the schedule a form takes the next number of its slot, so that those before it must be final.
            if !numbered.is_disjoint(&outside) {
                self.land_all(flight).await?;
                numbered.clear();
            }
            numbered.extend(outside);
            let (call, follow) = self.captures(part).await?;
            self.launch(flight, &call, &follow).await?;
        }
        Ok(())
    }

    fn check_fresh(&self, forms: &[NewForm]) -> Result<(), Error> {
        let mut seen = BTreeSet::new();
        for NewForm { slot, cell, .. } in forms {
            let (slot, cell) = (*slot, *cell);
            let known = self.book.forms_of(slot, cell)?;
            if !known.is_empty() || !seen.insert((slot, cell)) {
                return Err(Refusal::FormCaptured { slot, cell }.into());
            }
        }
        Ok(())
    }

    async fn captures(&self, forms: &[NewForm]) -> Result<(captureCall, Follow), Error> {
        let study = self.study()?;
        let beacon = self.when(0).await?;
        let (mut captures, mut rows) = (Vec::new(), Vec::new());
        for new in forms {
            let NewForm { slot, cell, .. } = *new;
            let place = Place { study, slot, cell };
            form::check(place, &new.items)?;
            let (row, leaves) = self.sealed(place, &mut place.empty(), new.items.clone())?;
            let mut when = beacon.clone();
            when.observed = new.observed;
            captures.push(Capture {
                slot,
                cell,
                root: row.root,
                items: leaves,
                nulls: nulls(&new.items),
                when,
            });
            rows.push(row);
        }
        let follow = Follow {
            forms: rows,
            ..Follow::default()
        };
        Ok((captureCall { study, captures }, follow))
    }

    /// The next tree of a form, encrypted, with the count of its leaves.
    fn sealed(
        &self,
        place: Place,
        standing: &mut Cell,
        items: Vec<PlainItem>,
    ) -> Result<(NewFormRow, u32), Error> {
        let key = self.subject_key(place.slot)?;
        let secret = B256::new(crate::random::random());
        let Place { slot, cell, .. } = place;
        let faulty = |_| Refusal::ItemFaulty { slot, cell };
        let leaves = standing.apply(&secret, &items).map_err(faulty)?;
        let root = root_of_items(&leaves);
        let count = leaves.len() as u32;
        Ok((form::seal((place, &key), root, secret, items), count))
    }

    /// Declares forms missed.
    ///
    /// # Errors
    /// As [`Party::capture`].
    pub async fn miss(&mut self, misses: &[NewMiss]) -> Result<Vec<Logged>, Error> {
        if misses.is_empty() {
            return Err(Refusal::Nothing.into());
        }
        let mut flight = Flight::default();
        let outcome = self.miss_parts(misses, &mut flight).await;
        let entered = self.land(flight, outcome).await?;
        self.sync().await?;
        Ok(entered)
    }

    async fn miss_parts(&mut self, misses: &[NewMiss], flight: &mut Flight) -> Result<(), Error> {
        let study = self.study()?;
        for part in misses.chunks(FORMS_TOGETHER) {
            let when = self.when(0).await?;
            let (mut forms, mut texts) = (Vec::new(), Vec::new());
            for one in part {
                let key = self.subject_key(one.slot)?;
                let (reason, sealed) = seal_text(&key, (study, one.slot), one.reason.as_bytes());
                texts.push((one.slot, reason, sealed));
                forms.push(Missed {
                    slot: one.slot,
                    cell: one.cell,
                    reasonCode: one.reason_code,
                    reason,
                    when: when.clone(),
                });
            }
            let follow = Follow {
                texts,
                ..Follow::default()
            };
            self.launch(flight, &missCall { study, forms }, &follow)
                .await?;
        }
        Ok(())
    }

    /// Corrects items of forms; each keeps its earlier versions.
    ///
    /// # Errors
    /// `FormAbsent`, `FormWaits`, `NothingChanged`; as [`Party::capture`].
    pub async fn correct(&mut self, corrections: &[NewCorrection]) -> Result<Vec<Logged>, Error> {
        if corrections.is_empty() {
            return Err(Refusal::Nothing.into());
        }
        self.sync().await?;
        let study = self.study()?;
        let mut entered = Vec::new();
        for part in corrections.chunks(FORMS_TOGETHER) {
            let (mut calls, mut rows) = (Vec::new(), Vec::new());
            for one in part {
                let (call, row) = self.correction(study, one).await?;
                calls.push(call);
                rows.push(row);
            }
            let follow = Follow {
                forms: rows,
                ..Follow::default()
            };
            let call = correctCall {
                study,
                corrections: calls,
            };
            entered.extend(self.enter(&call, &follow).await?);
        }
        self.sync().await?;
        Ok(entered)
    }

    async fn correction(
        &self,
        study: B256,
        new: &NewCorrection,
    ) -> Result<(Correction, NewFormRow), Error> {
        let (slot, cell) = (new.slot, new.cell);
        let place = Place { study, slot, cell };
        let mut standing = self.standing(slot, cell)?;
        let entry = self.client.form_entry(study, slot, cell).await?;
        if entry == 0 {
            return Err(Refusal::FormAbsent { slot, cell }.into());
        }
        let items = changed(&standing, new);
        if items.is_empty() {
            return Err(Refusal::NothingChanged.into());
        }
        form::check(place, &items)?;
        self.check_closed((slot, cell), &items)?;
        let (row, count) = self.sealed(place, &mut standing, items)?;
        let call = Correction {
            slot,
            cell,
            entry,
            root: row.root,
            items: count,
            reasonCode: new.reason_code,
            when: self.when(new.observed).await?,
        };
        Ok((call, row))
    }

    /// A form as it stands: nothing where it was not captured.
    ///
    /// # Errors
    /// `FormWaits`, `KeyAbsent`; those of the book.
    pub fn standing(&self, slot: u32, cell: u32) -> Result<Cell, Error> {
        let study = self.study()?;
        let place = Place { study, slot, cell };
        let mut standing = place.empty();
        for row in self.book.forms_of(slot, cell)? {
            if row.entry.is_none() {
                return Err(Refusal::FormWaits { slot, cell }.into());
            }
            let key = self.subject_key(slot)?;
            let (secret, items) = form::open((study, &key), &row)?;
            form::follow(&mut standing, (&secret, &items))?;
        }
        Ok(standing)
    }
}

/// How many items are nulls.
fn nulls(items: &[PlainItem]) -> u32 {
    let nulls = items.iter().filter(|item| item.kind == ItemKind::Null);
    nulls.count() as u32
}

/// Those items of a correction that say something else than the form does.
fn changed(standing: &Cell, new: &NewCorrection) -> Vec<PlainItem> {
    let items = new.items.iter().filter_map(|(oid, kind, value)| {
        let before = standing.items.get(oid);
        if before.is_some_and(|before| (before.kind, &before.value) == (*kind, value)) {
            return None;
        }
        Some(PlainItem {
            kind: *kind,
            oid: oid.clone(),
            value: value.clone(),
            reason: before.map(|_| (new.reason_code, new.reason.clone())),
        })
    });
    items.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_correction_takes_what_changes_and_what_is_new_and_nothing_else() {
        let value = |oid: &str, value: &str| (oid.to_owned(), ItemKind::Value, value.to_owned());
        let plain = |oid: &str, value: &str| PlainItem {
            kind: ItemKind::Value,
            oid: oid.to_owned(),
            value: value.to_owned(),
            reason: None,
        };
        let mut standing = Cell::default();
        let captured = [plain("SYSBP", "118"), plain("DIABP", "80")];
        standing.apply(&B256::ZERO, &captured).unwrap();
        let new = NewCorrection {
            slot: 1,
            cell: 0,
            items: vec![
                value("SYSBP", "118"),
                value("DIABP", "88"),
                value("PULSE", "60"),
            ],
            reason_code: 1,
            reason: "typing".to_owned(),
            observed: 0,
        };
        let items = changed(&standing, &new);
        let reasons: Vec<_> = items
            .iter()
            .map(|item| (item.oid.as_str(), item.reason.is_some()))
            .collect();
        assert_eq!(reasons, [("DIABP", true), ("PULSE", false)]);
    }
}
