//! What may stand where, in which order and how often: the rules of the schemas as tables.
//!
//! ```text
//! odm_1_3.txt <- define_2_0.txt or define_2_1.txt <- arm_1_0.txt        odm_2_0.txt
//! ```
//! Each table on the right of another adds elements to it and replaces those that it extends.

mod content;
mod duration;
mod lexical;
mod moment;
mod table;
mod types;

pub(crate) use content::{Content, Step};
pub(crate) use table::{AttributeRule, Body, ElementRule, Grammar, grammar};
pub use types::DataType;
