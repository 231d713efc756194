//! A manufacturer or regulator says who answers for a product.

use alloy_primitives::Address;

use super::{
    state::{self, Claim, PRODUCT_AT, PRODUCT_COUNT, PRODUCTS},
    tag::is_gtin,
};
use crate::{
    codes::OrganisationKind,
    host::{Halt, Host, Stop},
    interfaces::IPacks::{ProductSet, setProductCall},
    members,
    refusals::Refusal,
    trade::{Actor, actor},
};

/// Longest responder, in bytes.
const RESPONDER_MAX: usize = 200;
const SCHEME: &str = "https://";

/// Claims a product, hands it over or changes its responder. What stands so already is not entered again.
///
/// # Errors
/// In this order: of [`actor`], `NotAManufacturer`, `RoleMayNotHandlePacks`, `GtinMalformed`, `ResponderMalformed`, `UnknownOrganisation`,
/// `NoLongerAMember` (of the holder), `HolderNotAManufacturer`, `NotTheProductHolder`.
pub(super) fn set_product(
    host: &mut dyn Host,
    caller: Address,
    call: &setProductCall,
) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    if !actor.is_regulator() && actor.kind != OrganisationKind::Manufacturer {
        return Err(Refusal::NotAManufacturer.into());
    }
    actor.check_role()?;
    check_form(call)?;
    let holder = members::state::member(host, call.holder)?;
    if holder.kind != OrganisationKind::Manufacturer.code() {
        return Err(Refusal::HolderNotAManufacturer.into());
    }
    let (before, responder) = {
        let state = &mut state::state(host);
        let place = PRODUCTS.at(state, call.gtin)?;
        (place.claim.load(state)?, place.responder.load(state)?)
    };
    if !may_set(&actor, before.holder, call.holder) {
        return Err(Refusal::NotTheProductHolder.into());
    }
    if (before.holder, &responder) == (call.holder, &call.responder) {
        return Ok(());
    }
    Ok(write(host, &actor, call, before.holder == 0)?)
}

fn check_form(call: &setProductCall) -> Result<(), Refusal> {
    if !is_gtin(call.gtin) {
        return Err(Refusal::GtinMalformed);
    }
    let text = call.responder.as_str();
    let is_address = text.len() > SCHEME.len()
        && text.len() <= RESPONDER_MAX
        && text.starts_with(SCHEME)
        && text.bytes().all(|byte| byte.is_ascii_graphic());
    if !text.is_empty() && !is_address {
        return Err(Refusal::ResponderMalformed);
    }
    Ok(())
}

/// Whether the actor may give a product of this holder, 0 for none, to another.
fn may_set(actor: &Actor, before: u32, holder: u32) -> bool {
    let unclaimed = before == 0;
    actor.is_regulator()
        || unclaimed && holder == actor.organisation
        || before == actor.organisation
}

fn write(
    host: &mut dyn Host,
    actor: &Actor,
    call: &setProductCall,
    is_new: bool,
) -> Result<(), Halt> {
    let claim = Claim {
        holder: call.holder,
        changed_time_ms: host.time_ms(),
    };
    let state = &mut state::state(host);
    let place = PRODUCTS.at(state, call.gtin)?;
    place.claim.save(state, &claim)?;
    place.responder.save(state, &call.responder)?;
    if is_new {
        let count = PRODUCT_COUNT.load(state)?;
        PRODUCT_AT.at(state, count)?.save(state, &call.gtin)?;
        PRODUCT_COUNT.save(state, &(count + 1))?;
    }
    state.emit(&ProductSet {
        gtin: call.gtin,
        holder: call.holder,
        by: actor.organisation,
        responder: call.responder.clone(),
    })
}

#[cfg(test)]
mod tests;
