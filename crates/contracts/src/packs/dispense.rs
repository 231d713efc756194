//! Packs are dispensed.

use alloy_primitives::Address;

use super::leave::{Leaving, leave};
use crate::{
    codes::{ExitKind, Role},
    host::{Host, Stop},
    interfaces::IPacks::dispenseCall,
    refusals::Refusal,
    trade::actor,
};

/// Dispenses packs, all or none.
///
/// # Errors
/// In this order: of [`actor`], `NotADispenser`, `RoleMayNotDispense`, then of [`leave`].
pub(super) fn dispense(
    host: &mut dyn Host,
    caller: Address,
    call: &dispenseCall,
) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    if !actor.kind.is_dispenser() {
        return Err(Refusal::NotADispenser.into());
    }
    if !matches!(actor.role, Role::Pharmacist | Role::Gateway) {
        return Err(Refusal::RoleMayNotDispense.into());
    }
    let leaving = Leaving {
        nullifiers: &call.nullifiers,
        undo: &call.undo,
        kind: ExitKind::Dispensed,
    };
    leave(host, &actor, &leaving)
}

#[cfg(test)]
mod tests;
