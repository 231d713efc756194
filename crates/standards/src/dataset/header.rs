//! What stands around the rows of a dataset.

use super::{Column, HeaderError, Json, Limits, column::whole};
use crate::epcis::Excerpt;

/// The name of the member that holds the rows.
pub(super) const ROWS: &str = "rows";

/// All of a dataset but its rows: every member in its order, and the columns as types.
#[derive(Clone, Debug)]
pub struct Header {
    members: Vec<(String, Json)>,
    /// How many members come before the rows, where they are a member.
    rows_after: usize,
    columns: Vec<Column>,
}

/// What a new dataset says of itself.
#[derive(Clone, Copy, Debug)]
pub struct HeaderFields<'a> {
    /// When the file is made: date and time with seconds.
    pub created: &'a str,
    /// When the data were last changed.
    pub modified: Option<&'a str>,
    /// The study.
    pub study_oid: Option<&'a str>,
    /// The version of its metadata.
    pub metadata_version_oid: Option<&'a str>,
    /// Who makes the file.
    pub originator: Option<&'a str>,
    /// The table in Define-XML.
    pub item_group_oid: &'a str,
    /// The table.
    pub name: &'a str,
    /// What it is.
    pub label: &'a str,
    /// How many rows follow.
    pub records: u64,
}

impl Header {
    /// The header of a new dataset.
    pub fn new(fields: &HeaderFields<'_>, columns: Vec<Column>) -> Self {
        let mut members = Vec::new();
        let mut add = |name: &str, value| members.push((name.to_owned(), value));
        add("datasetJSONCreationDateTime", Json::text(fields.created));
        add("datasetJSONVersion", Json::text("1.1.0"));
        for (name, value) in [
            ("dbLastModifiedDateTime", fields.modified),
            ("originator", fields.originator),
            ("studyOID", fields.study_oid),
            ("metaDataVersionOID", fields.metadata_version_oid),
        ] {
            if let Some(value) = value {
                add(name, Json::text(value));
            }
        }
        add("itemGroupOID", Json::text(fields.item_group_oid));
        add("records", whole(fields.records));
        add("name", Json::text(fields.name));
        add("label", Json::text(fields.label));
        let described = columns.iter().map(Column::to_json).collect();
        add("columns", Json::List(described));
        Self {
            rows_after: members.len(),
            members,
            columns,
        }
    }

    /// The header that these members are, `rows` not among them.
    ///
    /// # Errors
    /// There are no columns, too many, or they are no objects; or a member stands twice.
    pub fn from_members(
        members: Vec<(String, Json)>,
        limits: &Limits,
    ) -> Result<Self, HeaderError> {
        let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
        for (at, name) in names.iter().enumerate() {
            if names[..at].contains(name) || *name == ROWS {
                return Err(HeaderError::Twice(Excerpt::new(name)));
            }
        }
        let columns = members.iter().find(|(name, _)| name == "columns");
        let columns = match columns {
            None => return Err(HeaderError::NoColumns),
            Some((_, Json::List(columns))) => columns,
            Some((_, other)) => {
                return Err(HeaderError::Expected {
                    pointer: "/columns".to_owned(),
                    got: other.kind(),
                    expected: "an array",
                });
            }
        };
        if columns.len() > limits.columns {
            return Err(HeaderError::TooManyColumns(limits.columns));
        }
        let typed = columns.iter().enumerate();
        let columns = typed
            .map(|(at, column)| Column::from_json(at, column))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            rows_after: members.len(),
            members,
            columns,
        })
    }

    /// Takes a member that came after the rows.
    pub(super) fn append(&mut self, name: String, value: Json) -> Result<(), HeaderError> {
        if name == ROWS || self.member(&name).is_some() {
            return Err(HeaderError::Twice(Excerpt::new(&name)));
        }
        self.members.push((name, value));
        Ok(())
    }

    /// All members but the rows, in their order.
    pub fn members(&self) -> &[(String, Json)] {
        &self.members
    }

    /// The members before the rows, and those after them.
    pub(super) fn around_rows(&self) -> (&[(String, Json)], &[(String, Json)]) {
        self.members.split_at(self.rows_after)
    }

    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&Json> {
        let mut members = self.members.iter();
        let found = members.find(|(member, _)| member == name);
        found.map(|(_, value)| value)
    }

    /// The text of a member, where it is one.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.member(name).and_then(Json::as_str)
    }

    /// The table in Define-XML.
    pub fn item_group_oid(&self) -> Option<&str> {
        self.text("itemGroupOID")
    }

    /// The table.
    pub fn name(&self) -> Option<&str> {
        self.text("name")
    }

    /// How many rows the header announces.
    pub fn records(&self) -> Option<u64> {
        match self.member("records") {
            Some(Json::Number(number)) => number.as_str().parse().ok(),
            Some(_) | None => None,
        }
    }

    /// The same header for another number of rows.
    #[must_use]
    pub fn with_records(mut self, records: u64) -> Self {
        let mut members = self.members.iter_mut();
        match members.find(|(name, _)| name == "records") {
            Some((_, value)) => *value = whole(records),
            None => self.members.push(("records".to_owned(), whole(records))),
        }
        self
    }

    /// The columns.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The place of the column of this name, from 0.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }
}

impl PartialEq for Header {
    /// The same members with the same values; their order does not count, as in JSON.
    fn eq(&self, other: &Self) -> bool {
        Json::Object(self.members.clone()) == Json::Object(other.members.clone())
    }
}
