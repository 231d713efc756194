//! GS1: the keys that name products, packs, pallets and places, and how barcodes carry them.

pub mod datamatrix;
pub mod dictionary;
pub mod digital_link;
pub mod element_string;
pub mod epc;
pub mod key;
pub mod linter;
pub mod pack_label;
pub mod scan;
pub mod serial_generator;
