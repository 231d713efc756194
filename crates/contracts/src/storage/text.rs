//! Text: a byte string in UTF-8.

use alloy_primitives::U256;

use super::{Data, Placed, State};
use crate::host::Halt;

/// A `string` of Solidity.
pub(crate) struct Text(Data);

impl Text {
    pub(crate) fn load(&self, state: &mut State<'_>) -> Result<String, Halt> {
        Ok(String::from_utf8_lossy(&self.0.load(state)?).into_owned())
    }

    pub(crate) fn save(&self, state: &mut State<'_>, text: &str) -> Result<(), Halt> {
        self.0.save(state, text.as_bytes())
    }
}

impl Placed for Text {
    fn at(slot: U256) -> Self {
        Self(Data::at(slot))
    }
}
