//! XML 1.0 with namespaces, read and written without loss, piece by piece.
//!
//! Kept are elements, attributes, declarations of namespaces with their prefixes, text with its white space, comments and instructions: what is
//! written back is equal as canonical XML. Not kept is what canonical XML drops as well: the order of attributes among declarations, quotes,
//! CDATA sections, the XML declaration and a document type. A document type without declarations is passed over and never fetched; one with
//! declarations, other entities than the predefined five, and other encodings than UTF-8, US-ASCII and ISO-8859-1 are refused.

mod decode;
mod element;
mod meter;
mod name;
mod names;
mod scan;
mod start;
mod write;

pub use element::{Attribute, Element, Node};
pub use name::{Name, Space};
pub(crate) use name::{ODM_1_3, ODM_2_0};
pub use scan::{Piece, Scanner};
pub use write::Writer;
