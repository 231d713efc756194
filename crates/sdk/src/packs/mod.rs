//! Packs: products, lots, hand-overs, exits and flags.

mod clear;
mod close;
mod commission;
mod commit;
mod contest;
mod decommission;
mod dispense;
mod flag;
mod package;
mod read;
mod set_product;
mod undo;

pub use commission::NewLot;
pub use flag::NewFlag;
pub use package::{MAX_PACKAGE_BYTES, PackageError, open_package, seal_package};
pub use read::{Closing, DocumentEntry, Exit, Flag, Lot, Product};
pub use theriac_contracts::interfaces::IPacks::{CustodyProof, CustodyStep};
