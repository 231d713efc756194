//! Clinical data in the wide form: a row for each subject and visit.

use super::{
    ClinicalRow, Mapping, Role, Table, TableError, TableErrorKind as Kind, TableLimits, TableRow,
    clinical::iso,
};
use crate::epcis::Excerpt;
use std::{collections::VecDeque, io::Read};

/// Reads the wide form. An empty field of an item is no value and no statement that there is none: it is counted and passed over.
pub struct WideReader<R> {
    table: Table<R>,
    roles: Vec<Role>,
    open: VecDeque<ClinicalRow>,
    blank: u64,
}

impl<R: Read> WideReader<R> {
    /// Reads the header and finds each column in the mapping.
    ///
    /// # Errors
    /// A column is not in the mapping, one of the mapping is not there, or subject and visit are not each one column.
    pub fn open(reader: R, mapping: &Mapping, limits: TableLimits) -> Result<Self, TableError> {
        let table = Table::open(reader, limits)?;
        let at = |column: usize, kind| TableError {
            kind,
            line: 1,
            column,
        };
        let mut roles = Vec::new();
        for (place, name) in table.header().iter().enumerate() {
            let role = mapping.role(name).cloned();
            let unknown = || at(place + 1, Kind::Unknown(Excerpt::new(name)));
            roles.push(role.ok_or_else(unknown)?);
        }
        for (name, _) in mapping.columns() {
            if !table.header().contains(name) {
                return Err(at(0, Kind::NoColumn(Excerpt::new(name))));
            }
        }
        let count = |role: &Role| roles.iter().filter(|one| *one == role).count();
        if count(&Role::Subject) != 1 || count(&Role::Visit) != 1 || count(&Role::ObservedAt) > 1 {
            let expected = "one column of subjects, one of visits, at most one of times";
            return Err(at(0, Kind::Expected(expected)));
        }
        Ok(Self {
            table,
            roles,
            open: VecDeque::new(),
            blank: 0,
        })
    }

    /// How many fields of items were empty so far.
    pub fn blank(&self) -> u64 {
        self.blank
    }

    /// The next value; `None` at the end.
    ///
    /// # Errors
    /// A field is empty or not as its column has it, or the table passes a limit.
    pub fn next_value(&mut self) -> Result<Option<ClinicalRow>, TableError> {
        while self.open.is_empty() {
            let Some(row) = self.table.next_row()? else {
                return Ok(None);
            };
            self.blank += values(&row, &self.roles, &mut self.open)?;
        }
        Ok(self.open.pop_front())
    }
}

/// Appends the values of a row, and says how many fields of items are empty.
fn values(
    row: &TableRow<'_>,
    roles: &[Role],
    open: &mut VecDeque<ClinicalRow>,
) -> Result<u64, TableError> {
    let of = |role: &Role| {
        let at = roles.iter().position(|one| one == role)?;
        Some((at, row.cell(at).unwrap_or_default()))
    };
    let filled = |role: &Role, expected| match of(role) {
        Some((_, text)) if !text.trim().is_empty() => Ok(text.to_owned()),
        Some((at, _)) => Err(row.error(at, Kind::Blank(expected))),
        None => Err(row.error(0, Kind::Blank(expected))),
    };
    let subject = filled(&Role::Subject, "a subject")?;
    let visit = filled(&Role::Visit, "a visit")?;
    let observed_at = match of(&Role::ObservedAt) {
        None | Some((_, "")) => None,
        Some((at, text)) => Some(iso(text).ok_or_else(|| row.error(at, Kind::NotIso))?),
    };
    let mut blank = 0;
    for (at, role) in roles.iter().enumerate() {
        let Role::Item(column) = role else {
            continue;
        };
        let text = row.cell(at).unwrap_or_default();
        if text.is_empty() {
            blank += 1;
            continue;
        }
        open.push_back(ClinicalRow {
            line: row.line(),
            subject: subject.clone(),
            visit: visit.clone(),
            form: column.form.clone(),
            item: column.item.clone(),
            value: Some(text.to_owned()),
            unit: column.unit.clone(),
            null_flavour: None,
            reason: None,
            observed_at: observed_at.clone(),
        });
    }
    Ok(blank)
}
