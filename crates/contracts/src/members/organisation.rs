//! Views of organisations, and how one is entered.

use alloy_primitives::Address;

use super::state::{self, ORGANISATION_COUNT, ORGANISATION_NAME, ORGANISATION_OF, ORGANISATIONS};
use crate::{
    codes::MemberStatus,
    host::{Halt, Host, Stop},
    interfaces::IMembers::{Organisation, organisationsReturn},
    page::page,
    refusals::Refusal,
    storage::State,
};

/// Organisations that there may ever be.
pub(crate) const ORGANISATIONS_MAX: u32 = 10_000;
/// Longest name, in bytes.
const NAME_MAX: usize = 64;

/// Whether an organisation may have this name.
pub(crate) fn is_name(name: &str) -> bool {
    (1..=NAME_MAX).contains(&name.len()) && !name.chars().any(char::is_control)
}

/// Enters an organisation under the next identifier, which is returned.
pub(crate) fn insert(
    state: &mut State<'_>,
    fields: &state::Organisation,
    name: &str,
) -> Result<u32, Halt> {
    let id = ORGANISATION_COUNT.load(state)? + 1;
    ORGANISATION_COUNT.save(state, &id)?;
    let entry = ORGANISATIONS.at(state, id)?;
    entry.fields.save(state, fields)?;
    entry.text(ORGANISATION_NAME).save(state, name)?;
    ORGANISATION_OF.at(state, fields.admin)?.save(state, &id)?;
    Ok(id)
}

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
    let status = if fields.removed {
        MemberStatus::Removed
    } else {
        MemberStatus::Active
    };
    Ok(Organisation {
        id,
        kind: fields.kind,
        admin: fields.admin,
        status: status.code(),
        gasPerBlock: fields.gas_per_block,
        name: entry.text(ORGANISATION_NAME).load(state)?,
    })
}
