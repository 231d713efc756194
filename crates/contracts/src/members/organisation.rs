//! Views of organisations.

use alloy_primitives::Address;

use super::state::{self, ORGANISATION_COUNT, ORGANISATION_NAME, ORGANISATIONS};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{Organisation, organisationsReturn},
    page::page,
    refusals::Refusal,
};

/// One organisation.
///
/// # Errors
/// `UnknownOrganisation`.
pub(super) fn organisation(host: &mut dyn Host, id: u32) -> Result<Organisation, Stop> {
    if id == 0 || id > ORGANISATION_COUNT.load(&mut state::state(host))? {
        return Err(Refusal::UnknownOrganisation.into());
    }
    Ok(load(host, id)?)
}

/// A page of organisations.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn organisations(
    host: &mut dyn Host,
    from: u64,
    limit: u32,
) -> Result<organisationsReturn, Stop> {
    let total = u64::from(ORGANISATION_COUNT.load(&mut state::state(host))?);
    let ids = page(from, limit, total)?.map(|index| index as u32 + 1);
    let page = ids.map(|id| load(host, id)).collect::<Result<_, _>>()?;
    Ok(organisationsReturn { page, total })
}

/// The organisation whose admin account this is, or 0.
pub(super) fn organisation_of(host: &mut dyn Host, admin: Address) -> Result<u32, Stop> {
    Ok(state::organisation_of(host, admin)?.unwrap_or_default().0)
}

fn load(host: &mut dyn Host, id: u32) -> Result<Organisation, Halt> {
    let state = &mut state::state(host);
    let entry = ORGANISATIONS.at(state, id)?;
    let fields = entry.fields.load(state)?;
    Ok(Organisation {
        id,
        kind: fields.kind,
        admin: fields.admin,
        gasPerBlock: fields.gas_per_block,
        name: entry.text(ORGANISATION_NAME).load(state)?,
    })
}
