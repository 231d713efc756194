//! What proves a clinical trial offline: the bytes of `docs/protocol/trials.md`, bundles, and their claims.

mod abi;
pub mod body;
pub mod bundle;
mod cell;
mod cursor;
mod entry;
mod form;
mod item;
pub mod list;
pub mod log;
mod malformed;
mod outcome;
mod schedule;
mod signature;
pub mod state;
mod subject;
mod sums;
pub mod verify;

pub use body::{Body, Signed, kind_word};
pub use cell::{Cell, Latest, ReasonFailure, root_of_items};
pub use cursor::Cursor;
pub use entry::{ENTRY_BYTES, Entry, next_tip, study_id};
pub use form::{MAX_ITEMS, Opening, PlainItem, ProvedItem};
pub use item::{Item, ItemKind, MAX_TEXT, Replaces, form_context, salt};
pub use malformed::Malformed;
pub use outcome::{FIELDS, Outcome, name_word, word as outcome_word};
pub use schedule::{FIRST_EXTRA, MAX_CELLS, MAX_VISITS, Schedule};
pub use signature::{MEANINGS, recover, signing_digest};
pub use subject::{SUBJECT_BYTES, Subject};
pub use sums::{
    SUMS_BYTES, SumNode, SumTree, Sums, empty_sums_root, prove_subject, verify_subject,
};
