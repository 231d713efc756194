//! Views of validators.

use super::state::{self, VALIDATOR_COUNT, VALIDATOR_LOCATION, VALIDATORS};
use crate::{
    host::{Halt, Host, Stop},
    interfaces::IMembers::{Validator, validatorsReturn},
    page::page,
};

/// A page of validators.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn validators(
    host: &mut dyn Host,
    from: u64,
    limit: u32,
) -> Result<validatorsReturn, Stop> {
    let total = VALIDATOR_COUNT.load(&mut state::state(host))?;
    let indexes = page(from, limit, total)?;
    let page = indexes
        .map(|index| load(host, index))
        .collect::<Result<_, _>>()?;
    Ok(validatorsReturn { page, total })
}

fn load(host: &mut dyn Host, index: u64) -> Result<Validator, Halt> {
    let state = &mut state::state(host);
    let entry = VALIDATORS.at(state, index)?;
    let fields = entry.fields.load(state)?;
    Ok(Validator {
        identity: fields.identity,
        organisation: fields.organisation,
        location: entry.text(VALIDATOR_LOCATION).load(state)?,
    })
}
