//! EPCIS 2.0 in JSON-LD, read and printed event by event.

mod context;
mod decode;
mod document;
mod encode;
mod envelope;
mod error;
mod extension;
mod print;
mod reader;
mod scan;
mod sensor;
mod token;
mod unit;
mod value;
mod write;

pub use context::{TooManyTerms, prefixes_of};
pub use document::{read_document, write_document};
pub use error::{JsonError, JsonErrorKind};
pub use reader::JsonReader;
pub use scan::parse;
pub use value::Json;
pub use write::JsonWriter;

pub(crate) use decode::event_from_json;
pub(crate) use print::{print, print_string};
pub(crate) use scan::Scanner;
pub(crate) use unit::Unit;
