//! A manufacturer enters a lot.

use alloy_primitives::Address;

use super::state::{self, LOT_OF, LOTS, Lot};
use crate::{
    codes::{OrganisationKind, Role},
    host::{Host, Stop},
    interfaces::IPacks::{Commissioned, commissionCall},
    refusals::Refusal,
    trade::{Actor, actor},
};

/// Enters a lot by its root, with the key that holds its packs.
///
/// # Errors
/// In this order: of [`actor`], `NotAManufacturer`, `RoleMayNotHandlePacks`, `CommitmentMissing`, `KeyMissing`, `LotCommissioned`,
/// `KeyUsed`.
pub(super) fn commission(
    host: &mut dyn Host,
    caller: Address,
    call: &commissionCall,
) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    check_form(&actor, call)?;
    let lot = Lot {
        account: caller,
        organisation: actor.organisation,
        height: host.height(),
        key: call.key,
        time_ms: host.time_ms(),
        document: call.document,
    };
    let state = &mut state::state(host);
    let place = LOTS.at(state, call.root)?;
    if place.load(state)?.organisation != 0 {
        return Err(Refusal::LotCommissioned.into());
    }
    if state::is_used(state, call.key)? {
        return Err(Refusal::KeyUsed.into());
    }
    place.save(state, &lot)?;
    LOT_OF.at(state, call.key)?.save(state, &call.root)?;
    Ok(state.emit(&Commissioned {
        root: call.root,
        organisation: actor.organisation,
        account: caller,
        key: call.key,
        document: call.document,
    })?)
}

fn check_form(actor: &Actor, call: &commissionCall) -> Result<(), Refusal> {
    if actor.kind != OrganisationKind::Manufacturer {
        return Err(Refusal::NotAManufacturer);
    }
    if !matches!(actor.role, Role::Gateway | Role::Administrator) {
        return Err(Refusal::RoleMayNotHandlePacks);
    }
    if call.root.is_zero() {
        return Err(Refusal::CommitmentMissing);
    }
    if call.key.is_zero() {
        return Err(Refusal::KeyMissing);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
