//! Prescriptions between physician, patient and pharmacist: what each gives to the next.
//!
//! ```text
//! patient            physician                    patient              pharmacist
//! key file -------> prescribe ------> prescription file ---> offer ---> fill: taken on the ledger, packs dispensed
//!                       |                                                |
//!                       v                                                v
//!                   ledger: key, commitments, window            ledger: key spent, next key
//! ```
//!
//! The patient's secret key never leaves her machine: she gives a key's address, and signatures.

mod files;
mod network;
mod offer;
mod prescribe;

pub use files::{KeyFile, Offer, PrescriptionFile};
pub(super) use network::check_network;
pub use offer::{Standing, offer, standing};
pub use prescribe::Prescribing;
