//! What a scanner says: the symbology, then the data of the barcode; and what became of it on the way.

mod candidate;
mod envelope;
pub mod layout;
mod missing_separator;
mod read;
mod repair;
mod repaired;
mod symbology;

pub use envelope::{Envelope, EnvelopeError, IfaPack, IfaProduct};
pub use read::{Content, Scan, ScanError};
pub use repair::{repair, repair_typed_through};
pub use repaired::{Repair, RepairError, Repaired};
pub use symbology::Symbology;
