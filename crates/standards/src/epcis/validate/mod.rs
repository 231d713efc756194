//! What EPCIS and CBV require beyond the shape of a document, each fault with its place.
//!
//! A *fault* breaks a requirement of EPCIS 2.0 or CBV 2.0 and refuses the event. An *advice* marks what the conformance
//! requirements ask for but published valid documents do not always keep, or what cannot be decided without a remote context.

mod document;
mod event;
mod names;
mod report;
mod rule;
mod sensor;
mod values;
mod what;

pub use document::{Validator, check_envelope};
pub use event::check_event;
pub use report::{Place, Problem, Report, What, check_json, check_xml};
pub use rule::{Finding, Rule, Severity, Syntax};
