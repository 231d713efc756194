//! What is printed on a pack of medicine: product, serial number, lot and expiry.
//!
//! # Canonical bytes
//!
//! The only encoding of these four values, that of `docs/protocol/packs.md`, section 2; what is hashed is this and nothing else.
//!
//! ```text
//! version   1 byte     1
//! gtin     14 bytes    ASCII digits
//! serial    1 + n      length 1 to 20, then characters of set 82; case counts
//! lot       1 + n      length 1 to 20, then characters of set 82; case counts
//! expiry    6 bytes    ASCII digits YYMMDD as printed, day 00 included
//! ```
//!
//! Nothing follows. Each length is in front of its text, so no two labels share an encoding and no encoding is the start of another.

mod bytes;
mod label;

pub use bytes::{CanonicalError, VERSION};
pub use label::{PackLabel, PackLabelError};
