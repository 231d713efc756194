//! GS1 EPCIS 2.0 and CBV 2.0: what happened to which things, when, where and why.
//!
//! ```text
//! JSON-LD --json--+                +-- validate: what EPCIS and CBV require, with the place of each fault
//!                 +--> model ------+-- hash: the event hash, and the commitment that the ledger holds
//! XML ------xml---+                +-- convert: between syntaxes and forms of identifiers
//!                                  +-- query: the query language over events
//! ```

pub mod convert;
pub mod error;
mod event_error;
mod excerpt;
pub mod hash;
pub mod json;
mod limits;
pub mod model;
mod number;
pub mod path;
pub mod query;
pub mod time;
pub mod uri;
pub mod validate;
pub mod vocabulary;
pub mod xml;

pub use error::ReadError;
pub use event_error::{EventError, EventErrorKind};
pub use excerpt::Excerpt;
pub use limits::Limits;
pub use number::{MAX_NUMBER_BYTES, Number};
