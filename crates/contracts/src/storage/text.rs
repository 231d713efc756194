//! Strings: up to 31 bytes in the slot itself, longer ones from keccak256(slot) on.

use alloy_primitives::{B256, U256};

use super::{Placed, State};
use crate::host::Halt;

/// Bytes that are read of a text; genesis refuses longer ones.
const LIMIT: usize = 128;

/// A `string` of Solidity. It is written once, at genesis.
pub(crate) struct Text(U256);

impl Text {
    pub(crate) fn load(&self, state: &mut State<'_>) -> Result<String, Halt> {
        let head = state.load(self.0)?;
        let bytes = if head.bit(0) {
            self.load_long(state, head)?
        } else {
            load_short(head)
        };
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }

    pub(crate) fn save(&self, state: &mut State<'_>, text: &str) -> Result<(), Halt> {
        if text.len() < 32 {
            let mut word = [0; 32];
            word[..text.len()].copy_from_slice(text.as_bytes());
            return state.save(
                self.0,
                U256::from_be_bytes(word) | U256::from(text.len() * 2),
            );
        }
        state.save(self.0, U256::from(text.len() * 2 + 1))?;
        let first = self.first(state)?;
        for (chunk, index) in text.as_bytes().chunks(32).zip(0u64..) {
            let word = B256::right_padding_from(chunk);
            state.save(first.wrapping_add(U256::from(index)), word.into())?;
        }
        Ok(())
    }

    fn load_long(&self, state: &mut State<'_>, head: U256) -> Result<Vec<u8>, Halt> {
        let length = (head >> 1usize).saturating_to::<usize>().min(LIMIT);
        let first = self.first(state)?;
        let mut bytes = Vec::new();
        for index in 0..length.div_ceil(32) {
            let word = state.load(first.wrapping_add(U256::from(index)))?;
            bytes.extend_from_slice(&word.to_be_bytes::<32>());
        }
        bytes.truncate(length);
        Ok(bytes)
    }

    fn first(&self, state: &mut State<'_>) -> Result<U256, Halt> {
        Ok(state.keccak(&self.0.to_be_bytes::<32>())?.into())
    }
}

fn load_short(head: U256) -> Vec<u8> {
    let length = usize::from(head.byte(0)) / 2;
    head.to_be_bytes::<32>()[..length.min(31)].to_vec()
}

impl Placed for Text {
    fn at(slot: U256) -> Self {
        Self(slot)
    }
}
