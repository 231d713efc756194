//! Sets of purposes of use.

use crate::codes::Purpose;

/// A set of purposes of use, one bit each: the bit is the code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Purposes(pub u32);

impl Purposes {
    /// Every purpose there is.
    pub const ALL: Self = Self(((1 << Purpose::ALL.len()) - 1) << 1);

    /// Whether it names only purposes that exist.
    pub const fn is_valid(self) -> bool {
        self.0 & !Self::ALL.0 == 0
    }

    /// Whether it is empty, which stands for all, or the purpose of this code is in it.
    pub const fn admits(self, purpose: u8) -> bool {
        self.0 == 0 || (purpose < 32 && self.0 & (1 << purpose) != 0)
    }
}

impl FromIterator<Purpose> for Purposes {
    fn from_iter<T: IntoIterator<Item = Purpose>>(purposes: T) -> Self {
        Self(
            purposes
                .into_iter()
                .fold(0, |mask, purpose| mask | (1 << purpose.code())),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_admits_its_purposes_and_an_empty_one_all() {
        let two: Purposes = [Purpose::Treatment, Purpose::Test].into_iter().collect();
        for purpose in Purpose::ALL {
            let named = [Purpose::Treatment, Purpose::Test].contains(purpose);
            assert_eq!(two.admits(purpose.code()), named, "{purpose}");
            assert!(Purposes(0).admits(purpose.code()));
        }
        assert!(!two.admits(0) && !two.admits(32) && !two.admits(255));
    }

    #[test]
    fn only_bits_of_purposes_that_exist_are_valid() {
        assert!(Purposes(0).is_valid() && Purposes::ALL.is_valid());
        assert!(!Purposes(1).is_valid() && !Purposes(1 << 15).is_valid());
    }
}
