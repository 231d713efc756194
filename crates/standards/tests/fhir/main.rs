//! FHIR: prescriptions in, dispensings out, with the published examples as they are.

mod bounds;
mod dispense;
mod order;
mod request;
mod support;
