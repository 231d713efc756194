//! CDISC ODM 1.1 to 2.0 and Define-XML 2.0 and 2.1: what a clinical trial asks for, and what was answered.
//!
//! ```text
//! bytes --xml--> pieces, nothing lost --reader--> records: metadata, subjects, items, audit records, signatures
//!                  |                                |
//!                  +-- write: pieces as text        +-- validate: the rules of the schemas and beyond, with places
//!                  +-- convert: 1.3.2 to 2.0 and back
//! ```
//! A file of any length streams by: one definition or one item is in memory at a time, and of the metadata what is needed to check against.

pub mod clinical;
pub mod convert;
mod dialect;
mod error;
mod grammar;
mod header;
mod limits;
pub mod metadata;
mod place;
mod reader;
pub mod validate;
pub mod xml;

pub use dialect::Dialect;
pub use error::{OdmError, OdmErrorKind, WriteError};
pub use grammar::DataType;
pub use header::{FileType, Header};
pub use limits::Limits;
pub use place::Place;
pub use reader::{Reader, Record};
