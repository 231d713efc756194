//! What a dataset is to have in its columns: a small file that a statistician writes.

use serde::{Deserialize, Serialize};

use crate::book::Form;

/// A dataset to be made of the locked data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct DatasetDefinition {
    /// `theriac-dataset/1`.
    pub format: String,
    /// Its name: letters, digits, `-`, `_` and `.`, 32 of them at most.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Visits, of each of which a subject has a row; a row for each subject where there are none.
    #[serde(default)]
    pub visits: Vec<String>,
    /// The columns.
    pub columns: Vec<ColumnDefinition>,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ColumnDefinition {
    /// The variable.
    pub name: String,
    /// What it is.
    pub label: String,
    /// A data type of Dataset-JSON.
    #[serde(rename = "type")]
    pub data_type: String,
    /// Where its values come from.
    pub from: ColumnSource,
}

/// Where the values of a column come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub enum ColumnSource {
    /// The number of the subject.
    Slot,
    /// The number of the site.
    Site,
    /// The visit of the row.
    Visit,
    /// An item.
    Item {
        /// The visit; that of the row where there is none.
        #[serde(default)]
        visit: Option<String>,
        /// The form.
        form: String,
        /// The item.
        item: String,
    },
    /// The arm that a list gave the subject.
    Arm {
        /// The list.
        list: u16,
    },
    /// The kit that a list gave the subject.
    Kit {
        /// The list.
        list: u16,
    },
}

impl Form for DatasetDefinition {
    const FORMAT: &'static str = "theriac-dataset/1";

    fn format(&self) -> &str {
        &self.format
    }
}
