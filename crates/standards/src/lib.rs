//! The standards of the field, parsed, validated, printed and translated.
//!
//! Pure: no I/O, no clock, no randomness of its own, and every input is bounded in size and depth.

pub mod epcis;
pub mod gs1;
pub mod supply;
