//! A dataset of CDISC, read in place.

use anyhow::Context as _;
use std::{fs, path::Path};
use theriac_standards::dataset::{Dataset, Json, Limits, Row};

/// A dataset.
pub(super) struct Table(Dataset);

impl Table {
    /// Reads it from a file.
    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        let told = || format!("cannot read {}", file.display());
        let bytes = fs::read(file).with_context(told)?;
        let (dataset, _) = Dataset::read(&bytes, Limits::default()).with_context(told)?;
        Ok(Self(dataset))
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &Row> {
        self.0.rows.iter()
    }

    /// The value of a column as it is written; `None` where there is none.
    pub(super) fn text(&self, row: &Row, column: &str) -> Option<String> {
        let value = row.get(self.0.header.column(column)?)?;
        if let Json::Number(number) = value {
            return Some(number.as_str().to_owned());
        }
        value
            .as_str()
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }
}
