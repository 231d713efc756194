//! To set an organisation's quota.

use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{QuotaSet, proposeQuotaCall},
    members::state::{self, ORGANISATIONS},
    refusals::Refusal,
};

/// # Errors
/// In this order: `UnknownOrganisation`, `NoLongerAMember`, `QuotaZero`.
pub(super) fn check(host: &mut dyn Host, call: &proposeQuotaCall) -> Result<(), Stop> {
    state::member(host, call.organisation)?;
    if call.gasPerBlock == 0 {
        return Err(Refusal::QuotaZero.into());
    }
    Ok(())
}

pub(super) fn apply(host: &mut dyn Host, call: &proposeQuotaCall) -> Result<(), Halt> {
    let state = &mut state::state(host);
    let place = ORGANISATIONS.at(state, call.organisation)?.fields;
    let mut organisation = place.load(state)?;
    organisation.gas_per_block = call.gasPerBlock;
    place.save(state, &organisation)?;
    state.emit(&QuotaSet {
        organisation: call.organisation,
        gasPerBlock: call.gasPerBlock,
    })
}
