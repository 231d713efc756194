//! Typed places in a contract's storage, with exactly the layout that Solidity gives the same variables.

mod data;
mod item;
mod map;
mod packed;
mod state;
mod stored;
mod text;

pub(crate) use data::Data;
pub(crate) use item::Item;
pub(crate) use map::Map;
pub(crate) use packed::Packed;
pub(crate) use state::State;
#[cfg(test)]
pub(crate) use stored::Field;
pub(crate) use stored::{Stored, put, stored, take};
pub(crate) use text::Text;

/// A place that begins at a slot: what a mapping leads to.
pub(crate) trait Placed {
    /// The place that begins at this slot.
    fn at(slot: alloy_primitives::U256) -> Self;
}
