//! Values that fill whole slots: single value types, and structs with packed fields.

use alloy_primitives::U256;

use super::{
    Packed, State,
    packed::{pack, unpack},
};
use crate::host::Halt;

/// A value that fills whole slots from a base.
pub(crate) trait Stored: Sized {
    /// Reads it from the slots that begin at `base`.
    fn load(state: &mut State<'_>, base: U256) -> Result<Self, Halt>;

    /// Writes all its slots.
    fn save(&self, state: &mut State<'_>, base: U256) -> Result<(), Halt>;
}

/// Where a field lies: for comparison with the compiler's own layout.
#[cfg(test)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// The name in Solidity.
    pub(crate) label: &'static str,
    /// Slot from the base of the struct.
    pub(crate) slot: u64,
    /// Bytes from the low end of the slot.
    pub(crate) offset: usize,
    /// Width in bytes.
    pub(crate) bytes: usize,
}

impl<T: Packed> Stored for T {
    fn load(state: &mut State<'_>, base: U256) -> Result<Self, Halt> {
        Ok(unpack(state.load(base)?, 0))
    }

    fn save(&self, state: &mut State<'_>, base: U256) -> Result<(), Halt> {
        state.save(base, pack(*self, 0))
    }
}

/// Takes a field from words that begin at the base.
pub(crate) fn take<T: Packed>(words: &[U256], slot: usize, offset: usize) -> T {
    unpack(words[slot], offset)
}

/// Puts a field into words that are zero there.
pub(crate) fn put<T: Packed>(words: &mut [U256], place: (usize, usize), value: T) {
    words[place.0] |= pack(value, place.1);
}

/// Declares a struct with packed fields: `field: Type = (slot, offset in bytes), "solidityLabel"`.
macro_rules! stored {
    ($(#[$meta:meta])* $name:ident, $slots:literal slots {
        $($(#[$doc:meta])* $field:ident: $kind:ty = ($slot:literal, $offset:literal), $label:literal;)+
    }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(crate) struct $name { $($(#[$doc])* pub(crate) $field: $kind,)+ }

        impl $name {
            /// Where each field lies.
            #[cfg(test)]
            pub(crate) const FIELDS: &'static [$crate::storage::Field] = &[$($crate::storage::Field {
                label: $label,
                slot: $slot,
                offset: $offset,
                bytes: <$kind as $crate::storage::Packed>::BYTES,
            },)+];

            fn words(&self) -> [alloy_primitives::U256; $slots] {
                let mut words = [alloy_primitives::U256::ZERO; $slots];
                $($crate::storage::put(&mut words, ($slot, $offset), self.$field);)+
                words
            }
        }

        impl $crate::storage::Stored for $name {
            fn load(
                state: &mut $crate::storage::State<'_>,
                base: alloy_primitives::U256,
            ) -> Result<Self, $crate::host::Halt> {
                let mut words = [alloy_primitives::U256::ZERO; $slots];
                for (word, slot) in words.iter_mut().zip(0u64..) {
                    *word = state.load(base.wrapping_add(alloy_primitives::U256::from(slot)))?;
                }
                Ok(Self { $($field: $crate::storage::take(&words, $slot, $offset),)+ })
            }

            fn save(
                &self,
                state: &mut $crate::storage::State<'_>,
                base: alloy_primitives::U256,
            ) -> Result<(), $crate::host::Halt> {
                for (word, slot) in self.words().into_iter().zip(0u64..) {
                    state.save(base.wrapping_add(alloy_primitives::U256::from(slot)), word)?;
                }
                Ok(())
            }
        }
    };
}

pub(crate) use stored;
