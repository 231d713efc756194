//! Keyboard layouts of Europe: what arrives when a scanner types as if the keyboard were American and the computer thinks otherwise.
//!
//! A scanner that behaves as a keyboard sends key strokes. It chooses those that give the barcode's characters on a US layout; a
//! computer set to another layout turns the same keys into other characters.

mod accents;
mod decode;
mod table;
mod typed;

pub use table::{LAYOUTS, Layout};
