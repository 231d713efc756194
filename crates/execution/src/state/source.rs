//! Where state comes from when a single call is simulated.

use alloy_primitives::Bytes;
use theriac_evidence::state::StateKey;

/// The answer of a [`StateSource`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// What the key holds; `None` where it is absent.
    Value(Option<Bytes>),
    /// Not loaded: the caller loads the key and runs the same again.
    Missing,
}

/// State at one height, encoded as `theriac_evidence::state` says.
pub trait StateSource {
    /// What is known of `key`.
    fn get(&self, key: &StateKey) -> Lookup;
}

/// Whoever holds all state of interest in a map answers without ever missing a key.
impl<H: core::hash::BuildHasher> StateSource for std::collections::HashMap<StateKey, Bytes, H> {
    fn get(&self, key: &StateKey) -> Lookup {
        Lookup::Value(self.get(key).cloned())
    }
}
