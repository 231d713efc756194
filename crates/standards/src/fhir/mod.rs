//! FHIR R4: prescriptions in, dispensings out.
//!
//! ```text
//! JSON --> json (bounded) --> node (a value and its path) --> MedicationRequest --> Order: what a prescription on the ledger can hold
//!                                                                    |
//!                                                  packs, amount --> write_dispense --> MedicationDispense
//! ```
//!
//! What changes the meaning of an order and is not understood is refused, with its path; what is only said beside it is passed over.

mod concept;
mod dispense;
mod error;
mod json;
mod node;
mod order;
mod product;
mod quantity;
mod reference;
mod request;
mod resolve;
mod time;

pub use concept::{Coding, Concept};
pub use dispense::{HandedOver, write_dispense};
pub use error::{Fault, FhirError};
pub use json::{MAX_BYTES, MAX_DEPTH};
pub use order::{MAX_AMOUNT, MAX_FILLS, Order};
pub use product::{GTIN_SYSTEM, NDC_SYSTEM, ndc};
pub use quantity::Quantity;
pub use reference::{Identifier, Reference};
pub use request::{DispenseRequest, MedicationRequest, read_request};
pub use time::{Period, When};
