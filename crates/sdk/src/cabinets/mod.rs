//! Cabinets: controlled medicines in stock, balanced without telling how many.

mod count;
mod explain;
mod open;
mod read;
mod record;

pub use count::{Counted, NewCount, SignedCount};
pub use read::{Balances, Cabinet, Discrepancy};
pub use record::{Amounts, Movement};
pub use theriac_contracts::cabinets::{Blinding, Commitment, CommitmentError};
