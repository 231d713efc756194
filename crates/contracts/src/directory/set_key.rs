//! A person sets their own key.

use alloy_primitives::{Address, B256};

use super::{
    standing::check_key,
    state::{self, PEOPLE},
};
use crate::{
    host::{Host, Stop},
    interfaces::IDirectory::KeySet,
    refusals::Refusal,
};

/// Sets the content id of the caller's encapsulation public key. A person whose enrolment ended keeps this right.
///
/// # Errors
/// In this order: `KeyMissing`, `KeyFrozen` or `KeyReplaced`, `NotEnrolled` (never was).
pub(super) fn set_key(host: &mut dyn Host, caller: Address, key: B256) -> Result<(), Stop> {
    if key.is_zero() {
        return Err(Refusal::KeyMissing.into());
    }
    check_key(host, caller)??;
    let state = &mut state::state(host);
    let person = PEOPLE.at(state, caller)?;
    if person.enrolment.load(state)?.status == 0 {
        return Err(Refusal::NotEnrolled.into());
    }
    person.key.save(state, &key)?;
    state.emit(&KeySet {
        person: caller,
        key,
    })?;
    Ok(())
}

#[cfg(test)]
mod tests;
