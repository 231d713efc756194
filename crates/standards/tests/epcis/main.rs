//! EPCIS against the published documents, hashes and schemas.

mod canonical;
mod round_trip;
mod support;
