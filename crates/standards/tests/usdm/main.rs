//! USDM 4.0 against the published definitions and the schemas of its API.

mod bounds;
mod matrix;
mod published;
mod refusals;
mod schema;
mod support;
