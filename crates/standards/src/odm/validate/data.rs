//! Clinical data beside the metadata that they name.

use super::{
    rule::Rule,
    structure::Structure,
    value::{range_of, value_of},
};
use crate::odm::{
    clinical::{Container, ItemValue, Level, TransactionType},
    header::{FileType, Header},
    metadata::{Metadata, Reference},
    place::Place,
    reader::Record,
};
use std::collections::BTreeSet;

/// A container that is open.
struct Frame {
    container: Container,
    needs_audit: bool,
    has_audit: bool,
    /// Keys of what stands in it: (level, key, repeat key).
    keys: BTreeSet<(Level, String, Option<String>)>,
    items: BTreeSet<String>,
}

/// Checks the data of one file.
pub(super) struct Data {
    file_type: Option<FileType>,
    /// An archive of ODM 2.0 has an audit record for everything that can have one.
    is_archive: bool,
    versions: Vec<Metadata>,
    /// The version that the data being read name.
    version: Option<usize>,
    open: Vec<Frame>,
    /// Keys in containers that are open.
    kept: usize,
    most: usize,
    is_full: bool,
}

impl Data {
    pub(super) fn new(header: &Header, most: usize) -> Self {
        Self {
            file_type: header.file_type,
            is_archive: header.context.as_deref() == Some("Archive"),
            versions: Vec::new(),
            version: None,
            open: Vec::new(),
            kept: 0,
            most,
            is_full: false,
        }
    }

    pub(super) fn check(&mut self, record: Record, structure: &mut Structure) {
        match record {
            Record::Metadata(version) => self.versions.push(*version),
            Record::Begin(container) => self.begin(container, structure),
            Record::Item(item) => self.item(&item, structure),
            Record::Audit(_) | Record::Log(_) => {
                if let Some(frame) = self.open.last_mut() {
                    frame.has_audit = true;
                }
            }
            Record::End(_) => self.end(structure),
            Record::Study(_)
            | Record::User(_)
            | Record::Location(_)
            | Record::SignatureDef(_)
            | Record::Signature(_)
            | Record::Annotation(_)
            | Record::Query(_)
            | Record::Site(_)
            | Record::Investigator(_)
            | Record::Other(_) => {}
        }
    }

    fn begin(&mut self, container: Container, structure: &mut Structure) {
        if matches!(container.level, Level::Clinical | Level::Reference) {
            self.choose(&container, structure);
        }
        self.key(&container, structure);
        self.defined(&container, structure);
        self.open.push(Frame {
            needs_audit: self.needs_audit(&container),
            has_audit: false,
            container,
            keys: BTreeSet::new(),
            items: BTreeSet::new(),
        });
    }

    /// Whether a transactional file must say who made this change.
    fn is_audited(&self, transaction: Option<TransactionType>) -> bool {
        let is_change = transaction.is_some_and(|kind| kind != TransactionType::Context);
        self.file_type == Some(FileType::Transactional) && is_change
    }

    fn needs_audit(&self, container: &Container) -> bool {
        let is_of_subject = container.level >= Level::Subject;
        (self.is_archive && is_of_subject) || self.is_audited(container.transaction)
    }

    fn choose(&mut self, container: &Container, structure: &mut Structure) {
        let version = container.version.as_deref();
        let of_study = |metadata: &&Metadata| metadata.study == container.key;
        let mut versions = self.versions.iter();
        self.version = versions
            .position(|metadata| of_study(&metadata) && Some(metadata.oid.as_str()) == version);
        if self.version.is_none() && self.versions.iter().any(|metadata| of_study(&metadata)) {
            structure.push(Rule::UnknownVersion, container.place, version.unwrap_or(""));
        }
    }

    /// Whether one more key may be kept; says once that it may not.
    fn is_room(&mut self, place: Place, structure: &mut Structure) -> bool {
        if self.kept < self.most {
            self.kept += 1;
            return true;
        }
        if !std::mem::replace(&mut self.is_full, true) {
            structure.push(Rule::Unchecked, place, "");
        }
        false
    }

    fn key(&mut self, container: &Container, structure: &mut Structure) {
        if self.file_type != Some(FileType::Snapshot) || !self.is_room(container.place, structure) {
            return;
        }
        let key = (
            container.level,
            container.key.clone(),
            container.repeat_key.clone(),
        );
        let Some(parent) = self.open.last_mut() else {
            return;
        };
        if !parent.keys.insert(key) {
            structure.push(Rule::DuplicateKey, container.place, shown(container));
        }
    }

    fn metadata(&self) -> Option<&Metadata> {
        self.versions.get(self.version?)
    }

    /// Whether what is not defined here can be told: a version that includes another says only a part.
    fn is_whole(&self) -> bool {
        self.metadata()
            .is_some_and(|metadata| metadata.include.is_none())
    }

    fn defined(&self, container: &Container, structure: &mut Structure) {
        let Some(metadata) = self.metadata() else {
            return;
        };
        let oid = container.key.as_str();
        let repeats = match container.level {
            Level::Clinical | Level::Reference | Level::Subject => return,
            Level::Event => metadata.events.get(oid).map(|event| event.is_repeating),
            Level::Form => metadata.forms.get(oid).map(|form| form.is_repeating),
            Level::Group => metadata.groups.get(oid).map(|group| group.is_repeating),
        };
        match repeats {
            None if oid.is_empty() || !self.is_whole() => {}
            None => structure.push(Rule::Undefined, container.place, oid),
            Some(repeats) => {
                if !self.is_part(metadata, container) {
                    structure.push(Rule::NotPartOf, container.place, oid);
                }
                match (repeats, &container.repeat_key) {
                    (true, None) => structure.push(Rule::MissingRepeatKey, container.place, oid),
                    (false, Some(_)) => {
                        structure.push(Rule::UnexpectedRepeatKey, container.place, oid)
                    }
                    (true, Some(_)) | (false, None) => {}
                }
            }
        }
    }

    /// Whether the definition of the parent names that of the container; true where that cannot be told.
    fn is_part(&self, metadata: &Metadata, container: &Container) -> bool {
        let Some(parent) = self.open.last().map(|frame| &frame.container) else {
            return true;
        };
        let parts: Option<&[Reference]> = match (parent.level, container.level) {
            (Level::Event, Level::Form) => metadata
                .events
                .get(&parent.key)
                .map(|event| event.forms.as_slice()),
            (Level::Event, Level::Group) => metadata
                .events
                .get(&parent.key)
                .map(|event| event.groups.as_slice()),
            (Level::Form, Level::Group) => metadata
                .forms
                .get(&parent.key)
                .map(|form| form.groups.as_slice()),
            (Level::Group, Level::Group) => metadata
                .groups
                .get(&parent.key)
                .map(|group| group.groups.as_slice()),
            _ => None,
        };
        parts.is_none_or(|parts| parts.iter().any(|part| part.oid == container.key))
    }

    fn end(&mut self, structure: &mut Structure) {
        let Some(frame) = self.open.pop() else {
            return;
        };
        let gone = frame.keys.len() + frame.items.len();
        self.kept = self.kept.saturating_sub(gone);
        if frame.needs_audit && !frame.has_audit {
            structure.push(
                Rule::MissingAudit,
                frame.container.place,
                shown(&frame.container),
            );
        }
    }

    fn item(&mut self, item: &ItemValue, structure: &mut Structure) {
        self.item_key(item, structure);
        let has_audit =
            item.audit.is_some() || item.elsewhere[0].is_some() || !item.logs.is_empty();
        if (self.is_archive || self.is_audited(item.transaction)) && !has_audit {
            structure.push(Rule::MissingAudit, item.place, &item.oid);
        }
        let is_taken_away = matches!(
            item.transaction,
            Some(TransactionType::Remove | TransactionType::Context)
        );
        match (item.is_null, item.values.is_empty()) {
            (true, false) => structure.push(Rule::NullWithValue, item.place, &item.oid),
            (false, true) if !is_taken_away => structure.push(Rule::NoValue, item.place, &item.oid),
            (true, true) | (false, _) => {}
        }
        self.item_defined(item, structure);
    }

    fn item_key(&mut self, item: &ItemValue, structure: &mut Structure) {
        if self.file_type != Some(FileType::Snapshot) || !self.is_room(item.place, structure) {
            return;
        }
        let Some(parent) = self.open.last_mut() else {
            return;
        };
        if !item.oid.is_empty() && !parent.items.insert(item.oid.clone()) {
            structure.push(Rule::DuplicateKey, item.place, &item.oid);
        }
    }

    fn item_defined(&self, item: &ItemValue, structure: &mut Structure) {
        let Some(metadata) = self.metadata() else {
            return;
        };
        let Some(definition) = metadata.items.get(&item.oid) else {
            if self.is_whole() && !item.oid.is_empty() {
                structure.push(Rule::Undefined, item.place, &item.oid);
            }
            return;
        };
        let group = self
            .open
            .last()
            .and_then(|frame| metadata.groups.get(&frame.container.key));
        let is_part = group.is_none_or(|group| group.items.iter().any(|part| part.oid == item.oid));
        if !is_part {
            structure.push(Rule::NotPartOf, item.place, &item.oid);
        }
        for value in item.values.iter().filter(|value| !value.is_empty()) {
            value_of(metadata, definition, value, item.place, structure);
            let value = (value.as_str(), item.unit.as_deref());
            range_of(definition, value, item.place, structure);
        }
    }
}

/// What names a container in a report: its definition, never a subject.
fn shown(container: &Container) -> &str {
    match container.level {
        Level::Subject => "SubjectData",
        _ => &container.key,
    }
}
