//! The standards of the field, parsed, validated, printed and translated; and a synthetic supply that is written in them.
//!
//! Pure: no I/O, no clock, no randomness of its own, and every input is bounded in size and depth.

pub mod dataset;
pub mod epcis;
pub mod fhir;
pub mod gs1;
pub mod odm;
pub mod outcomes;
pub mod screening;
pub mod supply;
pub mod table;
pub mod usdm;
