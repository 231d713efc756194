//! What the columns of the wide form are.

use super::{Table, TableError, TableErrorKind as Kind, TableLimits};

const COLUMNS: [&str; 5] = ["column", "as", "form", "item", "unit"];

/// What a column is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Role {
    /// Who.
    Subject,
    /// At which visit.
    Visit,
    /// When.
    ObservedAt,
    /// A value.
    Item(ItemColumn),
    /// Nothing that is read.
    Ignored,
}

/// A column of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemColumn {
    /// The form.
    pub form: String,
    /// The item.
    pub item: String,
    /// The unit of all values.
    pub unit: Option<String>,
}

/// What each column of a wide table is, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    columns: Vec<(String, Role)>,
}

impl Mapping {
    /// A mapping of these columns.
    pub fn new(columns: Vec<(String, Role)>) -> Self {
        Self { columns }
    }

    /// Reads a mapping from a table of `column`, `as`, `form`, `item` and `unit`, where `as` is `subject`, `visit`, `observed_at`, `item` or
    /// `ignore`; an item has a form and a name.
    ///
    /// # Errors
    /// The text is no such table.
    pub fn read(bytes: &[u8]) -> Result<Self, TableError> {
        let limits = TableLimits {
            bytes: 1 << 20,
            rows: 4_096,
            ..TableLimits::default()
        };
        let mut table = Table::open(bytes, limits)?;
        let places = table.columns(&COLUMNS, 2)?;
        let mut columns: Vec<(String, Role)> = Vec::new();
        while let Some(row) = table.next_row()? {
            let cell = |column: usize| {
                let text = places[column].and_then(|at| row.cell(at));
                text.map(str::trim).unwrap_or_default()
            };
            let error = |column: usize, kind| row.error(places[column].unwrap_or(0), kind);
            let filled = |column: usize, expected| match cell(column) {
                "" => Err(error(column, Kind::Blank(expected))),
                text => Ok(text.to_owned()),
            };
            let name = filled(0, "the name of a column")?;
            if columns.iter().any(|(earlier, _)| *earlier == name) {
                return Err(error(0, Kind::Expected("each column once")));
            }
            let role = match cell(1) {
                "subject" => Role::Subject,
                "visit" => Role::Visit,
                "observed_at" => Role::ObservedAt,
                "ignore" => Role::Ignored,
                "item" => Role::Item(ItemColumn {
                    form: filled(2, "the form of an item")?,
                    item: filled(3, "the name of an item")?,
                    unit: Some(cell(4).to_owned()).filter(|unit| !unit.is_empty()),
                }),
                _ => {
                    let kind = Kind::Expected("subject, visit, observed_at, item or ignore");
                    return Err(error(1, kind));
                }
            };
            columns.push((name, role));
        }
        Ok(Self { columns })
    }

    /// The columns and what they are.
    pub fn columns(&self) -> &[(String, Role)] {
        &self.columns
    }

    pub(super) fn role(&self, name: &str) -> Option<&Role> {
        let mut columns = self.columns.iter();
        let found = columns.find(|(column, _)| column == name);
        found.map(|(_, role)| role)
    }
}
