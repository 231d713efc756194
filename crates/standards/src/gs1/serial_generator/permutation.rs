//! A permutation of the numbers of so many bits, drawn by a key.

use sha2::{Digest, Sha256};

const ROUNDS: u8 = 10;
const DOMAIN: &[u8] = b"theriac/serial-number/1";

/// Numbers of `bits` bits, split into a low and a high half; where the number of bits is odd the low half is the longer one.
pub(super) struct Permutation<'a> {
    pub(super) key: &'a [u8; 32],
    pub(super) bits: usize,
}

impl Permutation<'_> {
    /// The number to which `number` is taken.
    pub(super) fn forward(&self, number: u128) -> u128 {
        (0..ROUNDS).fold(number, |number, round| self.round(number, round))
    }

    /// The number that is taken to `number`.
    pub(super) fn back(&self, number: u128) -> u128 {
        (0..ROUNDS)
            .rev()
            .fold(number, |number, round| self.round(number, round))
    }

    /// Changes one half by the other; a second time undoes it.
    fn round(&self, number: u128, round: u8) -> u128 {
        let low_bits = self.bits.div_ceil(2);
        let low_mask = (1_u128 << low_bits) - 1;
        let (low, high) = (number & low_mask, number >> low_bits);
        if round.is_multiple_of(2) {
            let high_mask = (1_u128 << (self.bits - low_bits)) - 1;
            return number ^ ((self.mix(low, round) & high_mask) << low_bits);
        }
        number ^ (self.mix(high, round) & low_mask)
    }

    fn mix(&self, half: u128, round: u8) -> u128 {
        let hash = Sha256::new()
            .chain_update(DOMAIN)
            .chain_update(self.key)
            .chain_update([round, self.bits as u8])
            .chain_update(half.to_be_bytes())
            .finalize();
        let (head, _) = hash
            .split_first_chunk::<16>()
            .expect("SHA-256 has 32 bytes");
        u128::from_be_bytes(*head)
    }
}
