//! EPCIS 1.2 and 2.0 in XML, read and printed event by event.
//!
//! The wrappers that 1.2 puts around later additions (`extension`, `baseExtension`) are taken off when read and put on when 1.2
//! is written. Document types, entities beyond the five predefined ones, other encodings than UTF-8 and text mixed with
//! elements are refused; comments and processing instructions are passed over.

mod decode;
mod document;
mod element;
mod encode;
mod envelope;
mod error;
mod extension;
mod layout;
mod meter;
mod name;
mod print;
mod reader;
mod scan;
mod sensor;
mod start;
mod write;

pub use document::{read_document, write_document};
pub use element::XmlElement;
pub use error::{XmlError, XmlErrorKind, XmlWriteError};
pub use layout::{Edition, xml_order};
pub use reader::{XmlEvent, XmlReader};
pub use scan::parse;
pub use write::XmlWriter;

pub(crate) use layout::{is_common, own_fields};
pub(crate) use name::is_epcis;
