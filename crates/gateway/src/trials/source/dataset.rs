//! Rows of Dataset-JSON, as changes.

use std::{io::Read, sync::Arc};

use serde::{Deserialize, Serialize};
use theriac_evidence::trial::ItemKind;
use theriac_standards::{
    dataset::{Header, Json, Limits, Reader, Row},
    epcis::time::Instant,
};

use super::{At, CHANGES, Change, Misfit, Source, SourceFault, Whose, null_text};

/// Where a name is found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum NameFrom {
    /// In a column.
    Column(String),
    /// Nowhere: it is this one.
    Name(String),
}

/// What the columns of a dataset are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DatasetMapping {
    /// The column of the subject.
    pub subject: String,
    /// The visit.
    pub visit: NameFrom,
    /// The form.
    pub form: NameFrom,
    /// The column of times, with a zone, at which rows were observed.
    #[serde(default)]
    pub observed: Option<String>,
    /// Columns that are items; all others where there are none.
    #[serde(default)]
    pub items: Vec<String>,
}

impl DatasetMapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// It is no mapping.
    pub fn read(bytes: &[u8]) -> Result<Self, SourceFault> {
        let faulty = "the mapping: expected subject, visit, form, and where they are given observed and items";
        serde_json::from_slice(bytes).map_err(|_| SourceFault::Malformed(faulty))
    }
}

/// Reads a dataset in any of its forms; one row of it is in memory at a time beside the changes.
///
/// # Errors
/// The dataset is refused, with its row; `ColumnAbsent`, `TooMany`.
pub fn read_dataset<R: Read>(
    reader: R,
    mapping: &DatasetMapping,
    limits: Limits,
) -> Result<Source, SourceFault> {
    let mut reader = Reader::open(reader, limits)?;
    let columns = Columns::of(reader.header(), mapping)?;
    let mut source = Source::default();
    while let Some(row) = reader.next_row()? {
        columns.take(&row, reader.rows(), &mut source);
        if source.changes.len() > CHANGES {
            return Err(SourceFault::TooMany);
        }
    }
    Ok(source)
}

/// A name's column, or the name itself.
enum Found {
    Column(usize),
    Name(String),
}

struct Columns {
    subject: usize,
    visit: Found,
    form: Found,
    observed: Option<usize>,
    items: Vec<(usize, Arc<str>)>,
}

impl Columns {
    fn of(header: &Header, mapping: &DatasetMapping) -> Result<Self, SourceFault> {
        let column = |name: &str| {
            let absent = || SourceFault::ColumnAbsent(name.chars().take(80).collect());
            header.column(name).ok_or_else(absent)
        };
        let found = |from: &NameFrom| {
            Ok::<_, SourceFault>(match from {
                NameFrom::Column(name) => Found::Column(column(name)?),
                NameFrom::Name(name) => Found::Name(name.clone()),
            })
        };
        let observed = mapping.observed.as_deref().map(column).transpose()?;
        let mut columns = Self {
            subject: column(&mapping.subject)?,
            visit: found(&mapping.visit)?,
            form: found(&mapping.form)?,
            observed,
            items: Vec::new(),
        };
        columns.items = match mapping.items.as_slice() {
            [] => {
                let all = header.columns().iter().map(|column| column.name.as_str());
                let all = all.enumerate().filter(|(at, _)| !columns.is_named(*at));
                all.map(|(at, name)| (at, name.into())).collect()
            }
            items => {
                let named = |name: &String| Ok((column(name)?, name.as_str().into()));
                items
                    .iter()
                    .map(named)
                    .collect::<Result<_, SourceFault>>()?
            }
        };
        Ok(columns)
    }

    fn is_named(&self, at: usize) -> bool {
        let is = |found: &Found| matches!(found, Found::Column(column) if *column == at);
        at == self.subject || is(&self.visit) || is(&self.form) || self.observed == Some(at)
    }

    fn take(&self, row: &Row, number: u64, source: &mut Source) {
        let name = |found: &Found| match found {
            Found::Column(at) => row.get(*at).and_then(text),
            Found::Name(name) => Some(name.clone()),
        };
        let subject = row.get(self.subject).and_then(text);
        let (Some(subject), Some(visit), Some(form)) =
            (subject, name(&self.visit), name(&self.form))
        else {
            let at = At::Row(number, "".into());
            return source.misfits.push(&at, Misfit::NameAbsent);
        };
        let whose = Arc::new(Whose {
            subject: vec![subject],
            visit: vec![visit],
            form: vec![form],
        });
        let observed = self.observed.and_then(|at| row.get(at)).and_then(text);
        let observed = observed.and_then(|text| Instant::parse(&text));
        let observed = observed.and_then(|instant| u64::try_from(instant.to_millis()).ok());
        for (at, item) in &self.items {
            let (kind, text) = match row.get(*at).and_then(text) {
                Some(text) => (ItemKind::Value, text),
                None => (ItemKind::Null, null_text(None, "")),
            };
            source.changes.push(Change {
                at: At::Row(number, item.clone()),
                whose: whose.clone(),
                item: item.to_string(),
                kind,
                text,
                is_update: false,
                goes_on: false,
                reason: None,
                observed: observed.unwrap_or_default(),
            });
        }
    }
}

/// The text of a value as it was written; `None` where there is none.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::Null | Json::List(_) | Json::Object(_) => None,
        Json::Bool(true) => Some("true".to_owned()),
        Json::Bool(false) => Some("false".to_owned()),
        Json::Number(number) => Some(number.as_str().to_owned()),
        Json::Text(text) => (!text.is_empty()).then(|| text.clone()),
    }
}

#[cfg(test)]
mod tests;
