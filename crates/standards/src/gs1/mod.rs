//! GS1: the keys that name products, packs, pallets and places, and how barcodes carry them.

pub mod dictionary;
pub mod linter;
