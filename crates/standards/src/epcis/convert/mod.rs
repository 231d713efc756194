//! Documents between JSON-LD and XML, and identifiers and terms between their forms.
//!
//! A syntax is changed in three steps: read, [`for_xml`] or [`for_json`] on the envelope and each event, print. What both
//! syntaxes define survives there and back. A converted event has the same event hash unless it holds a compact URI with a user's
//! prefix in a value or names of `cbvmda`, whose namespace the two syntaxes write differently: commit to an event in the
//! form in which it was captured.

mod business_header;
mod for_json;
mod for_xml;
mod forms;
mod identifier;
mod names;

pub use for_json::{envelope_for_json, event_for_json};
pub use for_xml::{envelope_for_xml, event_for_xml};
pub use forms::{IdentifierForm, TermForm, change_identifiers, change_terms};
pub use identifier::{to_digital_link, to_epc_urn};
