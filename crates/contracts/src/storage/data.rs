//! Byte strings: up to 31 bytes in the slot itself, longer ones from keccak256(slot) on.

use alloy_primitives::{B256, U256};

use super::{Placed, State};
use crate::host::Halt;

/// Bytes that are read of a string; who writes refuses longer ones.
const LIMIT: usize = 1_024;

/// A `bytes` or `string` of Solidity.
pub(crate) struct Data(U256);

impl Data {
    pub(crate) fn load(&self, state: &mut State<'_>) -> Result<Vec<u8>, Halt> {
        let head = state.load(self.0)?;
        if head.bit(0) {
            self.load_long(state, head)
        } else {
            Ok(load_short(head))
        }
    }

    /// Writes the bytes, and zeros where a longer string stood.
    pub(crate) fn save(&self, state: &mut State<'_>, bytes: &[u8]) -> Result<(), Halt> {
        let stood = words(state.load(self.0)?);
        if bytes.len() < 32 {
            let mut word = [0; 32];
            word[..bytes.len()].copy_from_slice(bytes);
            let head = U256::from_be_bytes(word) | U256::from(bytes.len() * 2);
            state.save(self.0, head)?;
            return self.save_words(state, &[], stood);
        }
        state.save(self.0, U256::from(bytes.len() * 2 + 1))?;
        self.save_words(state, bytes, stood)
    }

    fn load_long(&self, state: &mut State<'_>, head: U256) -> Result<Vec<u8>, Halt> {
        let first = self.first(state)?;
        let mut bytes = Vec::new();
        for index in 0..words(head) {
            let word = state.load(first.wrapping_add(U256::from(index)))?;
            bytes.extend_from_slice(&word.to_be_bytes::<32>());
        }
        bytes.truncate(long_length(head));
        Ok(bytes)
    }

    fn save_words(&self, state: &mut State<'_>, bytes: &[u8], stood: usize) -> Result<(), Halt> {
        let needed = bytes.len().div_ceil(32);
        if needed.max(stood) == 0 {
            return Ok(());
        }
        let first = self.first(state)?;
        for (chunk, index) in bytes.chunks(32).zip(0u64..) {
            let word = B256::right_padding_from(chunk);
            state.save(first.wrapping_add(U256::from(index)), word.into())?;
        }
        for index in needed..stood {
            state.save(first.wrapping_add(U256::from(index)), U256::ZERO)?;
        }
        Ok(())
    }

    fn first(&self, state: &mut State<'_>) -> Result<U256, Halt> {
        Ok(state.keccak(&self.0.to_be_bytes::<32>())?.into())
    }
}

/// Words that a string with this head takes besides it.
fn words(head: U256) -> usize {
    if head.bit(0) {
        long_length(head).div_ceil(32)
    } else {
        0
    }
}

fn long_length(head: U256) -> usize {
    (head >> 1usize).saturating_to::<usize>().min(LIMIT)
}

fn load_short(head: U256) -> Vec<u8> {
    let length = usize::from(head.byte(0)) / 2;
    head.to_be_bytes::<32>()[..length.min(31)].to_vec()
}

impl Placed for Data {
    fn at(slot: U256) -> Self {
        Self(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{addresses::MEMBERS, memory::MemoryHost};

    #[test]
    fn a_string_that_was_replaced_leaves_nothing_behind() {
        for length in [0, 1, 31, 32, 33, 64, 65, 1_024] {
            let mut host = MemoryHost::default();
            let state = &mut State::new(&mut host, MEMBERS);
            let (place, new) = (Data::at(U256::from(9)), vec![7; length]);
            place.save(state, &[9; 1_024]).expect("memory");
            place.save(state, &new).expect("memory");
            assert_eq!(place.load(state), Ok(new.clone()));
            let mut fresh = MemoryHost::default();
            let state = &mut State::new(&mut fresh, MEMBERS);
            place.save(state, &new).expect("memory");
            assert!(host.storage().eq(fresh.storage()), "{length} bytes");
        }
    }
}
