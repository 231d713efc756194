//! What a source says of one item, and where it says so.

use std::{fmt, sync::Arc};

use theriac_evidence::trial::ItemKind;
use theriac_standards::odm;

/// Where something stands in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// A line and a column.
    Text(odm::Place),
    /// A row of a table, from 1, and the name of its column.
    Row(u64, Arc<str>),
}

impl fmt::Display for At {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(place) => write!(formatter, "{place}"),
            Self::Row(row, column) if column.is_empty() => write!(formatter, "row {row}"),
            Self::Row(row, column) => write!(formatter, "row {row}, column {column}"),
        }
    }
}

/// Of which form something is. Each is a list of names; the first that the book knows counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whose {
    /// The subject.
    pub subject: Vec<String>,
    /// The visit.
    pub visit: Vec<String>,
    /// The form.
    pub form: Vec<String>,
}

/// What a source does to an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands.
    pub at: At,
    /// Of which form.
    pub whose: Arc<Whose>,
    /// The item.
    pub item: String,
    /// What the item is to be.
    pub kind: ItemKind,
    /// The value, or what stands for it.
    pub text: String,
    /// Whether it changes something that must be there.
    pub is_update: bool,
    /// Whether it goes on with what the change before it says of the same item.
    pub goes_on: bool,
    /// Why: a code of `CorrectionReason` and words.
    pub reason: Option<(u8, String)>,
    /// When, in Unix milliseconds; 0 where that is not known.
    pub observed: u64,
}

/// A query that a source tells of. It is listed and not entered: a query is opened by whoever asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedQuery {
    /// Where it stands.
    pub at: At,
    /// Its number or OID.
    pub id: Option<String>,
    /// Its state as the source has it.
    pub state: Option<String>,
    /// Of which form; empty where it is of something greater.
    pub whose: Arc<Whose>,
    /// The item, where it is of one.
    pub item: Option<String>,
}

/// What was read of a source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Source {
    /// What it does, in its order.
    pub changes: Vec<Change>,
    /// Queries.
    pub queries: Vec<ListedQuery>,
    /// What it says otherwise and is not taken.
    pub misfits: super::Misfits,
    /// Whether it tells what was done, one thing after another, rather than a state.
    pub is_history: bool,
}
