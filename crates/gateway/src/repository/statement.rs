//! Statements and their values. Placeholders are `$1`, `$2` and so on.

use super::value::Value;
use std::fmt::Write;

/// A question.
#[derive(Clone, Debug, Default)]
pub(crate) struct Select {
    pub(super) sql: String,
    pub(super) values: Vec<Value>,
}

impl Select {
    pub(super) fn new(sql: impl Into<String>, values: Vec<Value>) -> Self {
        Self {
            sql: sql.into(),
            values,
        }
    }

    /// Appends text.
    pub(super) fn push(&mut self, sql: &str) -> &mut Self {
        self.sql.push_str(sql);
        self
    }

    /// Appends a placeholder for `value`.
    pub(super) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        write!(self.sql, "${}", self.values.len()).expect("writing to a string does not fail");
        self
    }

    /// Appends `column IN (values)`; no value at all is in the empty list.
    pub(super) fn push_in<T: Into<Value>>(
        &mut self,
        column: &str,
        values: impl IntoIterator<Item = T>,
    ) -> &mut Self {
        self.push(column).push(" IN (");
        let mut any = false;
        for value in values {
            self.push(if any { ", " } else { "" }).bind(value);
            any = true;
        }
        if !any {
            self.push("NULL");
        }
        self.push(")")
    }
}

/// A statement that changes something, done for each row of values.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    pub(super) sql: &'static str,
    pub(super) rows: Vec<Vec<Value>>,
}

impl Change {
    pub(super) fn one(sql: &'static str, row: Vec<Value>) -> Self {
        Self {
            sql,
            rows: vec![row],
        }
    }
}
