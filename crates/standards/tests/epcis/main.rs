//! EPCIS against the published documents, hashes and schemas.

mod bounds;
mod canonical;
mod conversion;
mod event_hash;
mod exceptions;
mod queries;
mod round_trip;
mod schema;
mod support;
mod validation;
mod values;
mod xsd;
