//! What every book is: one SQLite file in a folder of its own that only its owner may read, with one writer at a time; and the
//! small files that people with books give each other.

mod failure;
mod file;
mod form;
mod lock;
mod log;

pub use failure::BookError;
pub(crate) use file::{connect, has_table, make_file};
pub use form::{Form, FormFault, MAX_FORM_BYTES};
pub use lock::lock;
pub(crate) use log::LogWorker;
