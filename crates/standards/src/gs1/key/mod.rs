//! The values that name a product, a pack, a pallet and a place, each of a type of its own.

mod expiry;
mod fault;
mod gln;
mod gtin;
mod lot;
mod ppn;
mod serial;
mod sgtin;
mod sscc;
mod text;

pub use expiry::{Day, Expiry};
pub use fault::KeyError;
pub use gln::Gln;
pub use gtin::Gtin;
pub use lot::Lot;
pub use ppn::Ppn;
pub use serial::Serial;
pub use sgtin::Sgtin;
pub use sscc::Sscc;
