//! Randomisation: lists made and committed to before the first consent, drawn, sealed, allocated from and opened.
//!
//! The base entries and the secret of a list are in the book of who made it, encrypted with the key of that account alone. Every book has the sealed
//! entries: one length each, and the key of each under the network's Seal. So an allocation opens through the keepers, to the reader whom the ledger
//! admitted, and the maker of the list need not be asked.

mod allocate;
mod commit;
mod kept;
mod open;
mod sealed;
mod unblind;

use alloy_primitives::B256;
use theriac_evidence::trial::list::BaseEntry;
use theriac_sdk::seals::BadKeeper;

pub(super) use kept::Kept;
pub use kept::NewList;
pub(super) use sealed::root_of;

/// What a subject was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allocation {
    /// The list.
    pub list: u16,
    /// The index.
    pub index: u32,
    /// The kit.
    pub kit: String,
    /// The arm.
    pub arm: String,
}

/// An allocation that the keepers opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenedAllocation {
    /// What the subject was given.
    pub allocation: Allocation,
    /// Keepers whose answers were wrong; it opened without them.
    pub bad: Vec<BadKeeper>,
}

impl Allocation {
    fn of((list, index): (u16, u32), entry: &BaseEntry) -> Self {
        Self {
            list,
            index,
            kit: entry.kit.clone(),
            arm: entry.arm.clone(),
        }
    }
}

/// A stratum as the ledger has it.
fn stratum_word(salt: &B256, stratum: &str) -> B256 {
    const STRATUM: &[u8] = b"theriac/trial/stratum/v1";
    super::hash::sha256(&[STRATUM, salt.as_slice(), stratum.as_bytes()])
}
