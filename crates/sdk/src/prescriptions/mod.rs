//! Prescriptions: the right to controlled medicines, as a token with one holder.

mod cancel;
mod fill;
mod prescribe;
mod read;
mod wallet;

pub use fill::{NewFill, SignedFill};
pub use prescribe::NewPrescription;
pub use read::{Fill, Prescription};
pub use wallet::{Agreed, Prescribed, Remaining, Wallet};
