//! Clinical data of ODM 1.3.2 and 2.0, as changes.

use std::{io::BufRead, sync::Arc};

use theriac_evidence::trial::ItemKind;
use theriac_standards::{
    epcis::time::Instant,
    odm::{
        FileType, Limits, Place, Reader, Record,
        clinical::{
            Annotation, AuditLog, Container, Flag, ItemValue, Level, Query, TransactionType,
        },
    },
};

use super::{
    At, CHANGES, Change, ListedQuery, Misfit, NULL_FLAG, Source, SourceFault, Whose, null_text,
    read_reason,
};

/// Reads the clinical data of a file; one record of it is in memory at a time beside the changes.
///
/// A transactional file tells changes one after another, any other a state. An event, form or group that repeats is named by its OID and its
/// repeat key in brackets, and without it where the key is 1.
///
/// # Errors
/// The file is refused, with its place; `TooMany`.
pub fn read_odm<R: BufRead>(reader: R, limits: Limits) -> Result<Source, SourceFault> {
    let mut reader = Reader::open(reader, limits)?;
    let mut taking = Taking {
        source: Source {
            is_history: reader.header().file_type == Some(FileType::Transactional),
            ..Source::default()
        },
        open: Vec::new(),
        whose: None,
    };
    while let Some(record) = reader.next_record()? {
        taking.record(record);
        if taking.source.changes.len() > CHANGES {
            return Err(SourceFault::TooMany);
        }
    }
    Ok(taking.source)
}

struct Taking {
    source: Source,
    open: Vec<Container>,
    /// Of which form items are, while that stays.
    whose: Option<Arc<Whose>>,
}

impl Taking {
    fn record(&mut self, record: Record) {
        match record {
            Record::Begin(container) => {
                self.whose = None;
                self.begin(&container);
                self.open.push(container);
            }
            Record::End(_) => {
                self.whose = None;
                self.open.pop();
            }
            Record::Item(item) => self.item(*item),
            Record::Query(query) => self.query(&query, None),
            Record::Annotation(annotation) => self.annotation(&annotation),
            Record::Study(_)
            | Record::Metadata(_)
            | Record::User(_)
            | Record::Location(_)
            | Record::SignatureDef(_)
            | Record::Audit(_)
            | Record::Signature(_)
            | Record::Log(_)
            | Record::Site(_)
            | Record::Investigator(_)
            | Record::Other(_) => {}
        }
    }

    fn begin(&mut self, container: &Container) {
        let is_removed = container.transaction == Some(TransactionType::Remove);
        if is_removed && self.source.is_history {
            let at = At::Text(container.place);
            self.source.misfits.push(&at, Misfit::RemovedWhole);
        }
    }

    fn item(&mut self, item: ItemValue) {
        let is_reference = self.open.iter().any(|open| open.level == Level::Reference);
        let is_context = item.transaction == Some(TransactionType::Context);
        if is_reference || is_context {
            return;
        }
        let at = At::Text(item.place);
        let whose = self.whose();
        let oid = self.item_name(&item.oid);
        for query in &item.queries {
            self.query(query, Some(&oid));
        }
        if whose.form.is_empty() || whose.subject.is_empty() {
            return self.source.misfits.push(&at, Misfit::ItemOutside);
        }
        if item.values.len() > 1 {
            return self.source.misfits.push(&at, Misfit::SeveralValues);
        }
        let template = Change {
            at,
            whose,
            item: oid,
            kind: ItemKind::Value,
            text: String::new(),
            is_update: self.source.is_history
                && matches!(
                    item.transaction,
                    Some(TransactionType::Update | TransactionType::Remove)
                ),
            goes_on: false,
            reason: None,
            observed: 0,
        };
        self.source.changes.extend(changes(&item, template));
    }

    fn query(&mut self, query: &Query, item: Option<&str>) {
        let listed = ListedQuery {
            at: At::Text(query.place),
            id: query.id.clone(),
            state: query.status.clone(),
            whose: self.whose(),
            item: item.map(str::to_owned),
        };
        self.list(listed);
    }

    /// A query as exports in ODM 1.3.2 have it.
    fn annotation(&mut self, annotation: &Annotation) {
        let mut flags = annotation.flags.iter();
        let is_query = |flag: &&Flag| flag.kind.as_ref().is_some_and(|(kind, _)| kind == "Query");
        if let Some(flag) = flags.find(is_query) {
            let listed = ListedQuery {
                at: At::Text(annotation.place),
                id: annotation.number.clone(),
                state: Some(flag.value.0.clone()),
                whose: self.whose(),
                item: None,
            };
            self.list(listed);
        }
    }

    fn list(&mut self, listed: ListedQuery) {
        if self.source.queries.len() < CHANGES {
            self.source.queries.push(listed);
        }
    }

    fn whose(&mut self) -> Arc<Whose> {
        let named = &self.open;
        self.whose
            .get_or_insert_with(|| Arc::new(whose(named)))
            .clone()
    }

    /// The item in groups that repeat.
    fn item_name(&self, oid: &str) -> String {
        let groups = self.open.iter().filter(|open| open.level == Level::Group);
        let has_form = self.open.iter().any(|open| open.level == Level::Form);
        // In ODM 2.0 the outermost group is the form.
        let inner = groups.skip(usize::from(!has_form));
        inner.fold(oid.to_owned(), |name, group| match &group.repeat_key {
            Some(key) if !is_first(&group.key, key) => format!("{name}[{key}]"),
            Some(_) | None => name,
        })
    }
}

fn whose(open: &[Container]) -> Whose {
    let at = |level: Level| open.iter().find(|container| container.level == level);
    let subject = at(Level::Subject).map(|subject| {
        let others = subject
            .others
            .iter()
            .filter(|other| ["StudySubjectID", "SubjectName"].contains(&&*other.name.local));
        let others = others.map(|other| other.value.clone());
        [subject.key.clone()].into_iter().chain(others).collect()
    });
    let form = at(Level::Form).or_else(|| at(Level::Group));
    Whose {
        subject: subject.unwrap_or_default(),
        visit: at(Level::Event).map(repeated).unwrap_or_default(),
        form: form.map(repeated).unwrap_or_default(),
    }
}

fn is_first(oid: &str, key: &str) -> bool {
    key == "1" || key.strip_prefix(oid) == Some("[1]")
}

/// The names of something that may repeat.
fn repeated(container: &Container) -> Vec<String> {
    let oid = &container.key;
    let Some(key) = &container.repeat_key else {
        return vec![oid.clone()];
    };
    let is_whole = key
        .strip_prefix(oid.as_str())
        .is_some_and(|rest| rest.starts_with('['));
    let mut names = vec![match is_whole {
        true => key.clone(),
        false => format!("{oid}[{key}]"),
    }];
    if is_first(oid, key) {
        names.push(oid.clone());
    }
    names
}

/// What is done to an item: one thing, or all that a vendor's log tells of it.
fn changes(item: &ItemValue, template: Change) -> Vec<Change> {
    let rows = history(item);
    if !rows.is_empty() {
        let change = |(number, row): (usize, &AuditLog)| {
            let value = row.new.as_deref().unwrap_or_default();
            let (kind, text) = said(value);
            Change {
                at: At::Text(known(row.place, item.place)),
                kind,
                text,
                goes_on: number > 0,
                reason: row.reason.as_deref().and_then(read_reason),
                observed: observed_ms(row.at.as_deref()),
                ..template.clone()
            }
        };
        return rows.into_iter().enumerate().map(change).collect();
    }
    let audit = item.audit.as_ref();
    let (kind, text) = match item.transaction {
        Some(TransactionType::Remove) => (ItemKind::Removed, String::new()),
        _ if item.is_null => (ItemKind::Null, null_of(item)),
        _ => said(item.values.first().map_or("", String::as_str)),
    };
    vec![Change {
        kind,
        text,
        reason: audit
            .and_then(|audit| audit.reason.as_deref())
            .and_then(read_reason),
        observed: observed_ms(audit.and_then(|audit| audit.at.as_deref())),
        ..template
    }]
}

fn known(place: Place, otherwise: Place) -> Place {
    match place == Place::default() {
        true => otherwise,
        false => place,
    }
}

/// A value; an empty one says nothing.
fn said(value: &str) -> (ItemKind, String) {
    match value {
        "" => (ItemKind::Null, null_text(None, "")),
        value => (ItemKind::Value, value.to_owned()),
    }
}

fn null_of(item: &ItemValue) -> String {
    for annotation in &item.annotations {
        for flag in &annotation.flags {
            if flag
                .kind
                .as_ref()
                .is_some_and(|(kind, _)| kind == NULL_FLAG)
            {
                let comment = annotation.comment.as_ref();
                let reason = comment.map_or("", |comment| comment.text.as_str());
                return null_text(Some(&flag.value.0), reason);
            }
        }
    }
    null_text(None, item.null_reason.as_deref().unwrap_or_default())
}

/// The rows of a vendor's log that lead to the value of the item, in their order; none where they do not.
fn history(item: &ItemValue) -> Vec<&AuditLog> {
    let mut rows: Vec<_> = item.logs.iter().filter(|row| row.new.is_some()).collect();
    rows.sort_by(|one, other| one.at.cmp(&other.at));
    let leads = rows
        .last()
        .is_some_and(|row| row.new.as_deref() == item.values.first().map(String::as_str));
    match leads {
        true => rows,
        false => Vec::new(),
    }
}

/// Unix milliseconds of a time with a zone; 0 for anything less.
fn observed_ms(text: Option<&str>) -> u64 {
    let instant = text.and_then(Instant::parse);
    instant
        .and_then(|instant| u64::try_from(instant.to_millis()).ok())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests;
