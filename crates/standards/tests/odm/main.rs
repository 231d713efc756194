//! ODM and Define-XML against the published examples, their schemas and other readers.

mod bounds;
mod conversion;
mod mutations;
mod random;
mod reading;
mod records;
mod round_trip;
mod schema;
mod support;
mod validation;
