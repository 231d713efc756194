//! The query language of EPCIS 2.0: parameters such as `EQ_bizStep` or `GE_value_CEL`, parsed once and asked of events.
//!
//! All parameters of a query must hold. One that lists values holds where any of them does. Terms and identifiers match in whatever form
//! they are written, sensor values and quantities in whatever unit of the same kind.

mod clause;
mod error;
mod extension;
mod given;
mod hierarchy;
mod matches;
mod matching;
mod parse;
mod pattern;
mod select;
mod sensor;
mod sources;
mod unit;
mod values;

pub use error::QueryError;
pub use hierarchy::Hierarchy;
pub use parse::Query;
pub use select::{Direction, OrderBy, TooMany};
pub use unit::convert;
