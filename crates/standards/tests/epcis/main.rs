//! EPCIS against the published documents, hashes and schemas.

mod canonical;
mod event_hash;
mod round_trip;
mod support;
mod validation;
