//! The terms of a request as they stand in its log entry.

use alloy_primitives::B256;

/// Purpose, role, organisation, kinds and expiry of a request, in one word that can be read without asking anyone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Code of the purpose.
    pub purpose: u8,
    /// Code of the requester's role.
    pub role: u8,
    /// The requester's organisation.
    pub organisation: u32,
    /// Mask of kinds.
    pub kinds: u32,
    /// Unix seconds.
    pub expiry: u64,
}

impl Terms {
    /// The terms from the highest byte on, big-endian; the last 14 bytes are zero.
    pub fn to_word(self) -> B256 {
        let mut word = B256::ZERO;
        word[0] = self.purpose;
        word[1] = self.role;
        word[2..6].copy_from_slice(&self.organisation.to_be_bytes());
        word[6..10].copy_from_slice(&self.kinds.to_be_bytes());
        word[10..18].copy_from_slice(&self.expiry.to_be_bytes());
        word
    }

    /// The terms in a word; `None` when its last 14 bytes are not zero.
    pub fn from_word(word: B256) -> Option<Self> {
        let (fields, rest) = word.split_at(18);
        if rest.iter().any(|byte| *byte != 0) {
            return None;
        }
        Some(Self {
            purpose: fields[0],
            role: fields[1],
            organisation: u32::from_be_bytes(fields[2..6].try_into().ok()?),
            kinds: u32::from_be_bytes(fields[6..10].try_into().ok()?),
            expiry: u64::from_be_bytes(fields[10..18].try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use alloy_primitives::b256;

    use super::*;

    #[test]
    fn terms_keep_their_places_in_the_word() {
        let terms = Terms {
            purpose: 1,
            role: 2,
            organisation: 3,
            kinds: 0x0c,
            expiry: 0x0102030405060708,
        };
        let word = b256!("0102000000030000000c01020304050607080000000000000000000000000000");
        assert_eq!(terms.to_word(), word);
        assert_eq!(Terms::from_word(word), Some(terms));
        assert_eq!(Terms::from_word(word | B256::with_last_byte(1)), None);
    }
}
