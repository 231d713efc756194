//! What every book is: one SQLite file in a folder of its own that only its owner may read, with one writer at a time.

mod failure;
mod file;
mod lock;

pub use failure::BookError;
pub(crate) use file::{connect, has_table, make_file};
pub use lock::lock;
