//! Element strings: identifiers with their data, as barcodes carry them and as people read them.
//!
//! ```text
//! raw        010761234567890017281200 10ABC <GS> 21XYZ    parse, split, to_raw
//! bracketed  (01)07612345678900(17)281200(10)ABC(21)XYZ   parse_bracketed, to_bracketed
//! ```
//!
//! FNC1 is the byte 0x1D (GS) after the first, which a barcode's symbology identifier stands for. Reading has two steps, so that
//! a pack with faulty data can still be reported: `split` finds the elements, `faults` says what is wrong inside them. `parse`
//! takes both and refuses the first fault. Which elements go together is asked for apart, since a label's elements may stand in
//! several barcodes.

mod association;
mod bracketed;
mod element;
mod fault;
mod lint;
mod parse;
mod print;

pub use association::AssociationError;
pub use element::{Element, ElementString};
pub use fault::{ElementError, ElementFault};
pub use parse::{FNC1, MAX_BYTES, MAX_ELEMENTS};
