//! The GS1 application identifiers: what each one holds, what it goes with, and how a web address carries it.
//!
//! Facts of the GS1 Barcode Syntax Dictionary, in families that a reader can look through.

mod ai;
mod component;
mod dates;
mod entry;
mod healthcare;
mod identification;
mod internal;
mod logistics;
mod lookup;
mod measures;
mod money;
mod process;
mod product;

pub use ai::{Ai, AiError};
pub use component::{CharacterSet, Component};
pub use entry::Entry;
pub use lookup::{entries, entry, leading};
