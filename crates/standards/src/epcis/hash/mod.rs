//! The event hash of the Core Business Vocabulary 2.0, and what the ledger holds of it.
//!
//! The hash is taken over a text in a fixed order with canonical times, numbers, terms and identifiers, so that two parties who
//! wrote the same event in other words get the same hash. It is no commitment: an event can be guessed. The ledger
//! holds [`Commitment`], which is salted.
//!
//! Where the text of the standard leaves a choice, the choice of the published examples stands: business
//! transactions, sources, destinations, master data of instances and user extensions stand after the sensor data, ordered by
//! their bytes; `type` stands before the value it qualifies; `bizRules` of a sensor report stands with them. Compact URIs
//! with a user's prefix are expanded in JSON-LD and not in XML, where values have no prefixes.

mod commitment;
mod digital_link;
mod epc_urn;
mod pre_hash;
mod sensor;
mod value;

pub use commitment::{Commitment, EventHash};
pub use pre_hash::{event_hash, event_hash_without, pre_hash, pre_hash_without};
pub use value::canonical_identifier;
