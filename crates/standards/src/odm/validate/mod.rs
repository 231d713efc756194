//! What ODM and Define-XML require: the rules of their schemas, and those that a schema cannot say.
//!
//! A file is refused for an error: it cannot be used as it claims. A warning is a deviation that does no harm to who reads with care; the additions
//! of vendors are warnings. What was found several times at the same kind of place is told once, with its first place and its number.
//! No value of a subject or person is repeated.

mod check;
mod data;
mod frame;
mod references;
mod report;
mod rule;
mod structure;
mod value;

pub use check::check;
pub use report::{Problem, Report};
pub use rule::{Rule, Severity};
pub(super) use structure::Structure;
