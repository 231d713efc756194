//! The seat of a guardian, and whom a recovery concerns.

use alloy_primitives::Address;

use super::state::{self, GUARDIANS, Terms, guardianship, holder};
use crate::{
    directory::standing::{check_key, is_replaced},
    host::{Halt, Host, Stop},
    refusals::Refusal,
};

/// A guardian's place among the guardians of an account.
#[derive(Clone, Debug)]
pub(super) struct Seat {
    /// Number of the terms.
    pub(super) number: u32,
    /// How the guardians decide.
    pub(super) terms: Terms,
    /// Index of the guardian.
    pub(super) index: u8,
}

/// The seat of a guardian; a key that took the place of a guardian's has it too.
///
/// # Errors
/// In this order: `KeyFrozen` or `KeyReplaced` (of the caller), `KeyReplaced` (of the account), `NoGuardians`, `NotAGuardian`.
pub(super) fn seat(host: &mut dyn Host, caller: Address, account: Address) -> Result<Seat, Stop> {
    check_key(host, caller)??;
    if is_replaced(host, account)? {
        return Err(Refusal::KeyReplaced.into());
    }
    let number = guardianship(host, account)?.current;
    if number == 0 {
        return Err(Refusal::NoGuardians.into());
    }
    let terms = state::terms(host, account, number)?;
    let index = index_of(host, account, (number, terms.count), caller)?;
    Ok(Seat {
        number,
        terms,
        index: index.ok_or(Refusal::NotAGuardian)?,
    })
}

/// Whether `caller` is told of the recovery of `account`: the account, its guardians of now and to come, and who takes its place.
pub(crate) fn is_concerned(
    host: &mut dyn Host,
    account: Address,
    caller: Address,
) -> Result<bool, Halt> {
    if caller == account || holder(host, account)? == caller {
        return Ok(true);
    }
    if state::awaited_by(host, caller)? == account {
        return Ok(true);
    }
    let guardianship = guardianship(host, account)?;
    for number in [guardianship.current, guardianship.next] {
        let count = state::terms(host, account, number)?.count;
        if index_of(host, account, (number, count), caller)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The guardian at an index.
pub(super) fn guardian(
    host: &mut dyn Host,
    account: Address,
    (number, index): (u32, u8),
) -> Result<Address, Halt> {
    let state = &mut state::state(host);
    GUARDIANS
        .at(state, account)?
        .at(state, number)?
        .at(state, index)?
        .load(state)
}

/// The index of a guardian by her own key, or by the key that took its place.
fn index_of(
    host: &mut dyn Host,
    account: Address,
    (number, count): (u32, u8),
    caller: Address,
) -> Result<Option<u8>, Halt> {
    let mut guardians = Vec::with_capacity(usize::from(count));
    for index in 0..count {
        guardians.push(guardian(host, account, (number, index))?);
    }
    for (guardian, index) in guardians.iter().zip(0u8..) {
        if *guardian == caller {
            return Ok(Some(index));
        }
    }
    for (guardian, index) in guardians.iter().zip(0u8..) {
        if holder(host, *guardian)? == caller {
            return Ok(Some(index));
        }
    }
    Ok(None)
}
