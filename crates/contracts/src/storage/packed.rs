//! Value types that share a slot with others.

use alloy_primitives::{Address, B256, U256};

/// A value type of Solidity and its width.
pub(crate) trait Packed: Copy {
    /// Width in bytes.
    const BYTES: usize;

    /// The value in the low bytes of a word.
    fn to_word(self) -> U256;

    /// The value in the low bytes of a word whose other bytes are zero.
    fn from_word(word: U256) -> Self;
}

macro_rules! packed_integer {
    ($($integer:ty)+) => {$(
        impl Packed for $integer {
            const BYTES: usize = size_of::<$integer>();

            fn to_word(self) -> U256 {
                U256::from(self)
            }

            fn from_word(word: U256) -> Self {
                word.wrapping_to()
            }
        }
    )+};
}

packed_integer!(u8 u16 u32 u64);

impl Packed for bool {
    const BYTES: usize = 1;

    fn to_word(self) -> U256 {
        U256::from(u8::from(self))
    }

    fn from_word(word: U256) -> Self {
        !word.is_zero()
    }
}

impl Packed for U256 {
    const BYTES: usize = 32;

    fn to_word(self) -> U256 {
        self
    }

    fn from_word(word: U256) -> Self {
        word
    }
}

impl Packed for B256 {
    const BYTES: usize = 32;

    fn to_word(self) -> U256 {
        self.into()
    }

    fn from_word(word: U256) -> Self {
        word.into()
    }
}

impl Packed for Address {
    const BYTES: usize = 20;

    fn to_word(self) -> U256 {
        self.into_word().into()
    }

    fn from_word(word: U256) -> Self {
        Self::from_word(word.into())
    }
}

/// Takes `bytes` bytes of a word, beginning `offset` bytes from its low end.
pub(crate) fn unpack<T: Packed>(word: U256, offset: usize) -> T {
    let mask = if T::BYTES == 32 {
        U256::MAX
    } else {
        (U256::ONE << (8 * T::BYTES)) - U256::ONE
    };
    T::from_word((word >> (8 * offset)) & mask)
}

/// A value moved to `offset` bytes from the low end of a word.
pub(crate) fn pack<T: Packed>(value: T, offset: usize) -> U256 {
    value.to_word() << (8 * offset)
}
