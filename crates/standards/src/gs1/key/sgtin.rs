//! A serialised trade item: one pack in the world.

use std::fmt;

use super::{Gtin, Serial};

/// A trade item and the serial number of one of its packs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sgtin {
    /// The trade item.
    pub gtin: Gtin,
    /// The serial number.
    pub serial: Serial,
}

impl fmt::Display for Sgtin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "(01){}(21){}", self.gtin, self.serial)
    }
}
