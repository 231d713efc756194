//! Openings of allocations, which keepers answer as they answer those of `seals`.

use alloy_primitives::B256;

use super::{
    digest::sha256,
    state::{self, OPENING_COUNT, OPENINGS, Opening},
};
use crate::host::{Halt, Host};

/// The first number: those of `seals` count from 0 and never come here.
pub(super) const FIRST: u64 = 1 << 63;

/// Gas of a seal's hash, as the precompile of SHA-256 takes it for three words.
pub(super) const SEAL_GAS: u64 = 60 + 3 * 12;

const SEAL_DOMAIN: &[u8] = b"theriac/trial/seal/v1";

/// Whether an opening with this number is one of trials.
pub(crate) const fn is_of_trials(number: u64) -> bool {
    number >= FIRST
}

/// The seal of an entry of a list: nobody supplies it, and each entry has its own.
pub fn seal_id(chain_id: u64, study: B256, (list, index): (u16, u32)) -> B256 {
    sha256(&[
        SEAL_DOMAIN,
        &chain_id.to_be_bytes(),
        study.as_slice(),
        &list.to_be_bytes(),
        &index.to_be_bytes(),
    ])
}

/// The opening with this number, if there is one.
pub(super) fn find(host: &mut dyn Host, number: u64) -> Result<Option<Opening>, Halt> {
    let state = &mut state::state(host);
    let count = OPENING_COUNT.load(state)?;
    match number.checked_sub(FIRST) {
        Some(index) if index < count => OPENINGS.at(state, number)?.load(state).map(Some),
        Some(_) | None => Ok(None),
    }
}

/// Writes an opening, and returns its number.
pub(super) fn save(host: &mut dyn Host, opening: &Opening) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    let count = OPENING_COUNT.load(state)?;
    OPENING_COUNT.save(state, &(count + 1))?;
    OPENINGS.at(state, FIRST + count)?.save(state, opening)?;
    Ok(FIRST + count)
}
