//! The book of a sponsor or a site: values, salts, texts and the log of one study, in one SQLite file that only its owner may read.
//!
//! What leads to entries on the ledger is in the book first, and is marked when they are final. What is of a subject is encrypted
//! under the subject's key; destroying the key erases it, and entries, positions and counts stay.
//!
//! ```text
//! seed --wrapped--> each reading account
//!   |
//!   +-> key pair of the book <--wrapped-- subject's key (once for each organisation that may read)
//!                                             |
//!                                             +-> forms, texts, label
//! ```

mod document;
mod form;
mod list;
mod log;
mod open;
mod outbox;
mod party;
mod schema;
mod subject;
mod text;

pub use crate::book::{BookError, lock};
pub use document::{Document, DocumentKind};
pub use form::{FormRow, NewFormRow};
pub use log::Logged;
pub use open::{Book, Owner};
pub use outbox::{Follow, Waiting, WaitingState};
pub use party::Card;
pub use subject::{KeyWrap, NewSubject, SubjectRow};
