//! What a scanner says: the symbology, then the data of the barcode.

mod read;
mod symbology;

pub use read::{Content, Scan, ScanError};
pub use symbology::Symbology;
