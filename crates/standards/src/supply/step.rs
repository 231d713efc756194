//! One thing that somebody does.

use crate::gs1::{
    key::{Expiry, Lot, Sscc},
    pack_label::PackLabel,
};

use super::{Fraud, Reading, document::text_of};

/// Something that a party does, or that befalls it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its number, from 0.
    pub number: u64,
    /// When it really is, in Unix milliseconds.
    pub time_ms: u64,
    /// When it is said to be.
    pub stated_ms: u64,
    /// Who does it: a place in the list of parties.
    pub party: usize,
    /// What is done.
    pub act: Act,
    /// What is wrong with it.
    pub fraud: Option<Fraud>,
}

/// A pack or a logistic unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// A pack.
    Pack(PackLabel),
    /// A case, a pallet, a tote.
    Unit(Sscc),
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Packs of a lot are made.
    Commission {
        /// The lot's number.
        lot: Lot,
        /// The lot's expiry.
        expiry: Expiry,
        /// The packs.
        packs: Vec<PackLabel>,
    },
    /// Things go into a unit.
    Pack {
        /// The unit.
        unit: Sscc,
        /// What goes into it.
        items: Vec<Item>,
    },
    /// Things come out of a unit.
    Unpack {
        /// The unit.
        unit: Sscc,
        /// What comes out of it.
        items: Vec<Item>,
    },
    /// Things leave for another party.
    Ship {
        /// To whom.
        to: usize,
        /// What leaves.
        items: Vec<Item>,
    },
    /// Things arrive.
    Receive {
        /// From whom.
        from: usize,
        /// What arrives, as the papers have it.
        items: Vec<Item>,
    },
    /// A pack is held under a scanner; no paper says so.
    Scan {
        /// What is printed on it.
        pack: PackLabel,
        /// What the scanner made of it.
        reading: Reading,
    },
    /// A pack is dispensed.
    Dispense {
        /// The pack.
        pack: PackLabel,
    },
    /// A dispensing is undone: the pack was not handed over.
    Undo {
        /// The pack.
        pack: PackLabel,
    },
    /// A pack is destroyed.
    Destroy {
        /// The pack.
        pack: PackLabel,
    },
    /// Things are taken by nobody knows whom; no paper says so.
    Vanish {
        /// What.
        items: Vec<Item>,
    },
}

impl Step {
    /// When it really is, as EPCIS writes it.
    pub fn time(&self) -> String {
        text_of(self.time_ms)
    }
}

impl Act {
    /// The packs and units that it concerns.
    pub fn items(&self) -> Vec<Item> {
        match self {
            Self::Commission { packs, .. } => packs.iter().copied().map(Item::Pack).collect(),
            Self::Pack { items, .. }
            | Self::Unpack { items, .. }
            | Self::Ship { items, .. }
            | Self::Receive { items, .. }
            | Self::Vanish { items } => items.clone(),
            Self::Scan { pack, .. }
            | Self::Dispense { pack }
            | Self::Undo { pack }
            | Self::Destroy { pack } => vec![Item::Pack(*pack)],
        }
    }

    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Commission { .. } => "commission",
            Self::Pack { .. } => "pack",
            Self::Unpack { .. } => "unpack",
            Self::Ship { .. } => "ship",
            Self::Receive { .. } => "receive",
            Self::Scan { .. } => "scan",
            Self::Dispense { .. } => "dispense",
            Self::Undo { .. } => "undo",
            Self::Destroy { .. } => "destroy",
            Self::Vanish { .. } => "vanish",
        }
    }
}
