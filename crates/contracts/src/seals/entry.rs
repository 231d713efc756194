//! What the entry of an opening says of it.

use alloy_primitives::B256;

use crate::{access::Terms, codes::Basis};

/// The subject of an opening's entry: why, by which right, how much, and its number, in one word that can be read without asking anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpeningTerms {
    /// Purpose, role, organisation, kinds and expiry.
    pub terms: Terms,
    /// Code of the basis.
    pub basis: u8,
    /// How many records.
    pub records: u32,
    /// The number of the opening.
    pub number: u64,
}

impl OpeningTerms {
    /// Big-endian from the highest byte on: purpose (1), role (1), organisation (4), kinds (4), expiry (8), basis (1), zero (1), number of records (4),
    /// number of the opening (8).
    pub fn to_word(self) -> B256 {
        let mut word = self.terms.to_word();
        word[18] = self.basis;
        word[20..24].copy_from_slice(&self.records.to_be_bytes());
        word[24..].copy_from_slice(&self.number.to_be_bytes());
        word
    }

    /// The terms in a word; `None` when it has no basis that exists, or byte 19 is not zero.
    pub fn from_word(word: B256) -> Option<Self> {
        let (terms, own) = word.split_at(18);
        if own[1] != 0 {
            return None;
        }
        Basis::from_code(own[0])?;
        Some(Self {
            terms: Terms::from_word(B256::right_padding_from(terms))?,
            basis: own[0],
            records: u32::from_be_bytes(own[2..6].try_into().ok()?),
            number: u64::from_be_bytes(own[6..].try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use alloy_primitives::b256;

    use super::*;

    #[test]
    fn an_openings_terms_keep_their_places_in_the_word() {
        let terms = OpeningTerms {
            terms: Terms {
                purpose: 1,
                role: 2,
                organisation: 3,
                kinds: 0x0c,
                expiry: 0x0102_0304_0506_0708,
            },
            basis: 4,
            records: 500,
            number: 0x0a0b_0c0d,
        };
        let word = b256!("0102000000030000000c01020304050607080400000001f4000000000a0b0c0d");
        assert_eq!(terms.to_word(), word);
        assert_eq!(OpeningTerms::from_word(word), Some(terms));
        let mut odd = word;
        odd[18] = 0;
        assert_eq!(OpeningTerms::from_word(odd), None);
        odd = word;
        odd[19] = 1;
        assert_eq!(OpeningTerms::from_word(odd), None);
    }
}
