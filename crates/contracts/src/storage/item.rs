//! A variable that begins at a slot of its own.

use std::marker::PhantomData;

use alloy_primitives::U256;

use super::{Placed, State, Stored};
use crate::host::Halt;

/// A variable, a struct or a mapping's value.
pub(crate) struct Item<T>(U256, PhantomData<T>);

impl<T> Item<T> {
    /// The state variable at this slot.
    pub(crate) const fn new(slot: u64) -> Self {
        Self(U256::from_limbs([slot, 0, 0, 0]), PhantomData)
    }

    /// Where it begins.
    #[cfg(test)]
    pub(crate) fn slot(&self) -> U256 {
        self.0
    }

    /// The variable that begins `slots` places after the beginning.
    pub(crate) fn part<U>(&self, slots: u64) -> Item<U> {
        Item(self.0.wrapping_add(U256::from(slots)), PhantomData)
    }

    /// The word `slot` places after the beginning.
    pub(crate) fn word(&self, state: &mut State<'_>, slot: u64) -> Result<U256, Halt> {
        state.load(self.0.wrapping_add(U256::from(slot)))
    }
}

impl<T: Stored> Item<T> {
    pub(crate) fn load(&self, state: &mut State<'_>) -> Result<T, Halt> {
        T::load(state, self.0)
    }

    pub(crate) fn save(&self, state: &mut State<'_>, value: &T) -> Result<(), Halt> {
        value.save(state, self.0)
    }
}

impl<T> Placed for Item<T> {
    fn at(slot: U256) -> Self {
        Self(slot, PhantomData)
    }
}
