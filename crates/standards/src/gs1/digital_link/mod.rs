//! GS1 Digital Link: elements as a web address.
//!
//! ```text
//! https://id.gs1.org/01/07612345678900/10/ABC/21/XYZ?17=281200
//! stem               key               qualifiers    data attributes
//! ```
//!
//! The rules are those of the GS1 Digital Link standard, URI syntax, as the GS1 Barcode Syntax Engine applies them.

mod build;
mod compressed;
mod fault;
mod link;
mod parse;
mod path;
pub mod percent;
mod query;
mod short_names;

pub use fault::DigitalLinkError;
pub use link::{CANONICAL_STEM, DigitalLink};
