//! Plain tables (RFC 4180), and clinical data in them.
//!
//! Two forms are read. The *long* form has a row for each value, under a header of `subject`, `visit`, `form`, `item` and `value`, and where
//! they are known `unit`, `null_flavour`, `reason` and `observed_at`, in any order. The *wide* form has a row for each subject and visit and a
//! column for each item; a [`Mapping`] says what each column is. Anything that is not understood is refused with its line and column: what is
//! passed over in silence would be missing later.

mod clinical;
mod error;
mod limits;
mod mapping;
mod meter;
mod null_flavour;
mod table_reader;
mod wide;

pub use clinical::{ClinicalRow, LongReader};
pub use error::{TableError, TableErrorKind};
pub use limits::TableLimits;
pub use mapping::{ItemColumn, Mapping, Role};
pub use null_flavour::NullFlavour;
pub use table_reader::{Table, TableRow};
pub use wide::WideReader;
