//! How guardians are written.

use alloy_primitives::Address;

use super::state::{
    self, GUARDIANS, GUARDIANSHIPS, Guardianship, LISTED, TERMS, Terms, WARD_COUNT, WARDS_OF,
};
use crate::{
    host::{Halt, Host},
    storage::State,
};

/// Writes terms under the next number and returns it.
pub(super) fn write_terms(
    host: &mut dyn Host,
    account: Address,
    guardians: &[Address],
    terms: &Terms,
) -> Result<u32, Halt> {
    let state = &mut state::state(host);
    let place = GUARDIANSHIPS.at(state, account)?;
    let guardianship = place.load(state)?;
    let newest = guardianship.newest + 1;
    place.save(
        state,
        &Guardianship {
            newest,
            ..guardianship
        },
    )?;
    TERMS
        .at(state, account)?
        .at(state, newest)?
        .save(state, terms)?;
    let list = GUARDIANS.at(state, account)?.at(state, newest)?;
    for (guardian, index) in guardians.iter().zip(0u8..) {
        list.at(state, index)?.save(state, guardian)?;
        enter_ward(state, *guardian, account)?;
    }
    Ok(newest)
}

/// Adds the account to the guardian's list unless it stands there.
fn enter_ward(state: &mut State<'_>, guardian: Address, account: Address) -> Result<(), Halt> {
    let listed = LISTED.at(state, guardian)?.at(state, account)?;
    if listed.load(state)? {
        return Ok(());
    }
    listed.save(state, &true)?;
    let count = WARD_COUNT.at(state, guardian)?;
    let index = count.load(state)?;
    WARDS_OF
        .at(state, guardian)?
        .at(state, index)?
        .save(state, &account)?;
    count.save(state, &(index + 1))
}
