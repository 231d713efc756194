//! A flag is cleared.

use alloy_primitives::{Address, B256};

use super::state::{self, CLEARINGS, Clearing, FLAGGED, FLAGS};
use crate::{
    host::{Host, Stop},
    interfaces::IPacks::Cleared,
    refusals::Refusal,
    trade::actor,
};

/// Clears a flag, once.
///
/// # Errors
/// In this order: of [`actor`], `RoleMayNotHandlePacks`, `FlagUnknown`, `FlagCleared`, `MayNotClear`.
pub(super) fn clear(
    host: &mut dyn Host,
    caller: Address,
    (number, notice): (u64, B256),
) -> Result<(), Stop> {
    let actor = actor(host, caller)?;
    actor.check_role()?;
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let place = FLAGS.at(state, number)?;
    let mut flag = place.load(state)?;
    if flag.organisation == 0 {
        return Err(Refusal::FlagUnknown.into());
    }
    if flag.cleared_by != 0 {
        return Err(Refusal::FlagCleared.into());
    }
    if !actor.is_regulator() && flag.organisation != actor.organisation {
        return Err(Refusal::MayNotClear.into());
    }
    flag.cleared_by = actor.organisation;
    place.save(state, &flag)?;
    let clearing = Clearing { notice, time_ms };
    CLEARINGS.at(state, number)?.save(state, &clearing)?;
    let of_subject = FLAGGED.at(state, flag.subject)?;
    let of_handle = of_subject.at(state, flag.handle)?;
    let mut flagged = of_handle.load(state)?;
    flagged.standing = flagged.standing.saturating_sub(1);
    of_handle.save(state, &flagged)?;
    Ok(state.emit(&Cleared {
        number,
        handle: flag.handle,
        organisation: actor.organisation,
        notice,
    })?)
}

#[cfg(test)]
mod tests;
