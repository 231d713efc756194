//! What was done with one subject, entry by entry.

use std::collections::BTreeMap;

use alloy_primitives::B256;
use theriac_contracts::codes::{EndScope, ErasureBasis};
use theriac_evidence::trial::{Body, ItemKind, PlainItem};
use theriac_standards::odm::xml::Element;

use super::{Export, clinical::About, run::Names, shape::Shape};
use crate::trials::{Error, Party, Refusal, book::Logged, form};

/// Items of an entry, each with the kind of its transaction.
pub(super) type Items = Vec<(PlainItem, &'static str)>;

/// A subject as an export reads it.
pub(super) struct Told {
    /// By what it is called.
    pub(super) name: String,
    /// Its entries in the export.
    pub(super) entries: Vec<Logged>,
    /// Items of captures and corrections by their entries.
    pub(super) items: BTreeMap<u64, (u32, Items)>,
    /// Texts by what the ledger has of them.
    pub(super) texts: BTreeMap<B256, String>,
}

impl Party {
    /// Reads what an export has of a subject; what cannot be decrypted is left out.
    pub(super) fn told(&self, slot: u32, export: &Export) -> Result<Told, Error> {
        let until = export.until.unwrap_or(u64::MAX);
        let is_in = |number: u64| (export.from..until).contains(&number);
        let entries = self.book().log_of(slot)?.into_iter();
        let mut told = Told {
            name: slot.to_string(),
            entries: entries
                .filter(|logged| is_in(logged.entry.number))
                .collect(),
            items: BTreeMap::new(),
            texts: BTreeMap::new(),
        };
        let (study, key) = match (self.study()?, self.subject_key(slot)) {
            (study, Ok(key)) => (study, key),
            (_, Err(Error::Refused(Refusal::KeyAbsent(_)))) => return Ok(told),
            (_, Err(error)) => return Err(error),
        };
        if let Some(label) = self.label(slot)? {
            told.name = label;
        }
        let texts = self.texts(slot)?.into_iter();
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        told.texts = texts.map(|(hash, bytes)| (hash, text(bytes))).collect();
        let rows = self.book().forms_of_subject(slot)?;
        for rows in rows.chunk_by(|one, other| one.cell == other.cell) {
            let mut stands = BTreeMap::new();
            for row in rows {
                let Some(entry) = row.entry else { break };
                let (_, items) = form::open((study, &key), row)?;
                let items = items.into_iter().map(|item| {
                    let before = stands.insert(item.oid.clone(), item.kind);
                    let what = transaction(before, item.kind);
                    (item, what)
                });
                let items: Items = items.collect();
                if is_in(entry) {
                    told.items.insert(entry, (row.cell, items));
                }
            }
        }
        Ok(told)
    }
}

fn transaction(before: Option<ItemKind>, now: ItemKind) -> &'static str {
    match (before, now) {
        (_, ItemKind::Removed) => "Remove",
        (None | Some(ItemKind::Removed), _) => "Insert",
        (Some(_), _) => "Update",
    }
}

impl Told {
    /// The element of an entry; `None` where nothing of it is exported.
    pub(super) fn element(
        &self,
        shape: Shape,
        logged: &Logged,
        names: &Names,
    ) -> Result<Option<Element>, Error> {
        let body = logged.body()?;
        let text = |hash: &B256| self.texts.get(hash).map_or("", String::as_str);
        let about = |cell: Option<u32>| About {
            shape,
            entry: &logged.entry,
            form: cell.map(|cell| names.form(cell)),
            subject: &self.name,
        };
        let whole = about(None);
        Ok(match &body {
            Body::Consented(_) => Some(whole.subject(Some("Upsert"), whole.audit(None))),
            Body::Withdrawn(body) => {
                let word = EndScope::from_code(body.scope).map_or("other", EndScope::word);
                let why = join(word, text(&body.reason));
                Some(whole.subject(Some("Update"), whole.audit(Some(&why))))
            }
            Body::Captured(_) | Body::Corrected(_) => {
                let items = self.items.get(&logged.entry.number);
                items.map(|(cell, items)| about(Some(*cell)).items(items))
            }
            Body::Missed(body) => Some(about(Some(body.cell)).missed(body, text(&body.reason))),
            Body::Queried(body) => {
                let source = names.asked_by(body.query);
                Some(about(Some(body.cell)).query(body, source, text(&body.text)))
            }
            Body::Signed(body) => Some(whole.subject(None, whole.signature(body))),
            Body::Erased(body) => {
                let word = ErasureBasis::from_code(body.basis).map_or("other", ErasureBasis::word);
                Some(whole.subject(Some("Remove"), whole.audit(Some(word))))
            }
            // Of allocations nothing is told, and the rest is not of a subject.
            Body::Allocated(_)
            | Body::Opened(_)
            | Body::ListCommitted(_)
            | Body::ListDrawn(_)
            | Body::ListSealed(_)
            | Body::Unblinded(_)
            | Body::Registered(_)
            | Body::Amended(_)
            | Body::Site(_)
            | Body::Role(_)
            | Body::Locked(_)
            | Body::UnlockApproved(_)
            | Body::Plan(_)
            | Body::Analysed(_)
            | Body::Published(_)
            | Body::Screened(_) => None,
        })
    }
}

fn join(word: &str, text: &str) -> String {
    match text {
        "" => word.to_owned(),
        text => format!("{word}: {text}"),
    }
}
