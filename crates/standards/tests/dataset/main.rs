//! Dataset-JSON against the published datasets and schemas.

mod bounds;
mod csv;
mod published;
mod round_trip;
mod rules;
mod schema;
mod speed;
mod support;
