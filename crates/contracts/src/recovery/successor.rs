//! Who may take the place of an account.

use alloy_primitives::Address;

use super::state;
use crate::{
    addresses::HISTORY,
    directory::standing::was_enrolled,
    host::{Host, Stop},
    members,
    refusals::Refusal,
    registry,
};

/// Refuses a successor who is someone already: zero, a native contract, an organisation's admin account, ever enrolled, or to take the place
/// of another account.
///
/// # Errors
/// `SuccessorNotAllowed`.
pub(super) fn check_successor(
    host: &mut dyn Host,
    account: Address,
    successor: Address,
) -> Result<(), Stop> {
    let native = successor == HISTORY || registry::native(successor).is_some();
    let awaited_by = state::awaited_by(host, successor)?;
    let is_someone = successor.is_zero()
        || native
        || members::state::organisation_of(host, successor)?.is_some()
        || was_enrolled(host, successor)?
        || !(awaited_by.is_zero() || awaited_by == account);
    if is_someone {
        return Err(Refusal::SuccessorNotAllowed.into());
    }
    Ok(())
}
