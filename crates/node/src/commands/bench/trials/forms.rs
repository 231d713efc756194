//! Rows of a dataset as forms: each subject at a visit is one, each cell of its rows an item.

use anyhow::{Context as _, ensure};
use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
};
use theriac_evidence::trial::{ItemKind, PlainItem};
use theriac_standards::dataset::{Json, Limits, Reader, Row};

/// The visit of a dataset that has none.
pub(super) const WITHOUT: &str = "STUDY";
/// The visit of a row that has no number: it is derived from several.
pub(super) const END: &str = "END";

/// The forms of a subject in a dataset.
pub(super) struct OfSubject {
    pub(super) subject: String,
    pub(super) forms: Vec<PilotForm>,
}

/// A form.
pub(super) struct PilotForm {
    pub(super) visit: String,
    pub(super) dataset: String,
    pub(super) items: Vec<PlainItem>,
}

/// Reads forms while one subject is in memory.
pub(super) struct Forms {
    reader: Reader<Cursor<Vec<u8>>>,
    dataset: String,
    names: Vec<String>,
    subject: usize,
    visit: Option<usize>,
    /// What tells the rows of a form apart.
    parameter: Option<usize>,
    next: Option<Row>,
    seen: BTreeSet<String>,
}

impl Forms {
    /// Opens a dataset.
    ///
    /// # Errors
    /// It is no dataset, or has no subjects.
    pub(super) fn open(bytes: Vec<u8>) -> anyhow::Result<Self> {
        let mut reader = Reader::open(Cursor::new(bytes), Limits::default())?;
        let next = reader.next_row()?;
        let header = reader.header();
        let columns = header.columns().iter();
        Ok(Self {
            dataset: header.name().context("a dataset has a name")?.to_owned(),
            names: columns.map(|column| column.name.clone()).collect(),
            subject: header.column("USUBJID").context("a dataset has subjects")?,
            visit: header.column("VISITNUM"),
            parameter: header.column("PARAMCD"),
            reader,
            next,
            seen: BTreeSet::new(),
        })
    }

    /// How many records were read.
    pub(super) fn records(&self) -> u64 {
        self.reader.rows()
    }

    /// The forms of the next subject, in the order of the rows.
    ///
    /// # Errors
    /// The dataset cannot be read, or is not sorted by subject.
    pub(super) fn next_subject(&mut self) -> anyhow::Result<Option<OfSubject>> {
        let Some(first) = &self.next else {
            return Ok(None);
        };
        let subject = text(&first[self.subject]).context("a row has a subject")?;
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut numbers: BTreeMap<(usize, String), u32> = BTreeMap::new();
        let mut forms: Vec<PilotForm> = Vec::new();
        while let Some(row) = self.next.take() {
            if text(&row[self.subject]).as_ref() != Some(&subject) {
                self.next = Some(row);
                break;
            }
            let visit = self.visit_of(&row);
            let place = *places.entry(visit.clone()).or_insert_with(|| {
                forms.push(PilotForm {
                    visit,
                    dataset: self.dataset.clone(),
                    items: Vec::new(),
                });
                forms.len() - 1
            });
            let parameter = self.parameter.and_then(|column| text(&row[column]));
            let number = numbers
                .entry((place, parameter.clone().unwrap_or_default()))
                .or_default();
            *number += 1;
            let suffix = suffix(parameter.as_deref(), *number);
            self.push(&mut forms[place].items, &row, &suffix);
            self.next = self.reader.next_row()?;
        }
        let is_new = self.seen.insert(subject.clone());
        ensure!(is_new, "{} is not sorted by subject", self.dataset);
        Ok(Some(OfSubject { subject, forms }))
    }

    fn visit_of(&self, row: &Row) -> String {
        let Some(column) = self.visit else {
            return WITHOUT.to_owned();
        };
        text(&row[column]).unwrap_or_else(|| END.to_owned())
    }

    fn push(&self, items: &mut Vec<PlainItem>, row: &Row, suffix: &str) {
        for (name, cell) in self.names.iter().zip(row) {
            let (kind, value) = match text(cell) {
                Some(value) => (ItemKind::Value, value),
                None => (ItemKind::Null, "NI ".to_owned()),
            };
            items.push(PlainItem {
                kind,
                oid: format!("{name}{suffix}"),
                value,
                reason: None,
            });
        }
    }
}

/// What follows the name of a column: `.ACTOT` for the row of a parameter, `.ACTOT.2` for its second.
fn suffix(parameter: Option<&str>, number: u32) -> String {
    let parameter = parameter.map_or_else(String::new, |code| format!(".{code}"));
    match number {
        1 => parameter,
        _ => format!("{parameter}.{number}"),
    }
}

/// Whether a visit was planned: those between have a number with a point.
pub(super) fn is_planned(visit: &str) -> bool {
    !visit.contains('.')
}

/// The text of a cell as it is spelled; `None` for one without a value.
fn text(cell: &Json) -> Option<String> {
    match cell {
        Json::Null => None,
        Json::Text(text) => (!text.is_empty()).then(|| text.clone()),
        Json::Number(number) => Some(number.as_str().to_owned()),
        Json::Bool(is) => Some(is.to_string()),
        Json::List(_) | Json::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DATASET: &str = r#"{"datasetJSONCreationDateTime":"2024-01-01T00:00:00","datasetJSONVersion":"1.1.0","itemGroupOID":"IG","records":4,
        "name":"ADLB","label":"L","columns":[
        {"itemOID":"1","name":"USUBJID","label":"S","dataType":"string"},{"itemOID":"2","name":"VISITNUM","label":"V","dataType":"double"},
        {"itemOID":"3","name":"PARAMCD","label":"P","dataType":"string"},{"itemOID":"4","name":"AVAL","label":"A","dataType":"double"}],
        "rows":[["1",1,"ALT",5.0],["1",1.1,"ALT",null],["1",1,"ALT",6],["2",null,"ALT",7]]}"#;

    #[test]
    fn rows_of_a_subject_and_visit_are_one_form_with_each_cell_once() {
        let mut forms = Forms::open(DATASET.as_bytes().to_vec()).unwrap();
        let first = forms.next_subject().unwrap().unwrap();
        let visits: Vec<_> = first.forms.iter().map(|form| form.visit.as_str()).collect();
        assert_eq!((first.subject.as_str(), visits), ("1", vec!["1", "1.1"]));
        let told = |form: &PilotForm| -> Vec<(String, String)> {
            let items = form
                .items
                .iter()
                .filter(|item| item.oid.starts_with("AVAL"));
            items
                .map(|item| (item.oid.clone(), item.value.clone()))
                .collect()
        };
        let pair = |oid: &str, value: &str| (oid.to_owned(), value.to_owned());
        let expected = [pair("AVAL.ALT", "5.0"), pair("AVAL.ALT.2", "6")];
        assert_eq!(told(&first.forms[0]), expected);
        assert_eq!(first.forms[1].items[3].kind, ItemKind::Null);
        let second = forms.next_subject().unwrap().unwrap();
        assert_eq!(second.forms[0].visit, END);
        assert!(forms.next_subject().unwrap().is_none());
        assert_eq!(
            (forms.records(), is_planned("1.1"), is_planned("1")),
            (4, false, true)
        );
    }
}
