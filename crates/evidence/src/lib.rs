//! Facts that can be checked offline: formats, certificates, state proofs, bundles.
//!
//! Pure: no I/O, no clock, no randomness, no C. `docs/protocol/evidence.md` specifies every byte.

pub mod addresses;
pub mod bundle;
pub mod certificate;
pub mod committee;
pub mod digest;
pub mod header;
mod hexadecimal;
pub mod history;
pub mod proof;
pub mod rlp;
pub mod section;
pub mod state;
pub mod trial;
mod varint;
