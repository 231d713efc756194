//! Packs leave otherwise than by being dispensed.

use alloy_primitives::Address;

use super::leave::{Leaving, leave};
use crate::{
    codes::ExitKind,
    host::{Host, Stop},
    interfaces::IPacks::decommissionCall,
    refusals::Refusal,
    trade::partner,
};

/// Decommissions packs, all or none.
///
/// # Errors
/// In this order: of [`partner`], `UnknownExitKind`, then of [`leave`].
pub(super) fn decommission(
    host: &mut dyn Host,
    caller: Address,
    call: &decommissionCall,
) -> Result<(), Stop> {
    let actor = partner(host, caller)?;
    let kind = ExitKind::from_code(call.kind).filter(|kind| *kind != ExitKind::Dispensed);
    let leaving = Leaving {
        nullifiers: &call.nullifiers,
        undo: &call.undo,
        kind: kind.ok_or(Refusal::UnknownExitKind)?,
    };
    leave(host, &actor, &leaving)
}

#[cfg(test)]
mod tests;
