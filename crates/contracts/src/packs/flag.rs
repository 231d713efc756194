//! A flag is raised on a lot, a container or a pack.

use alloy_primitives::{Address, B256};

use super::state::{self, FLAG_COUNT, FLAGGED, FLAGS, Flag, Flagged, LOTS, STANDING_LIMIT};
use crate::{
    codes::{FlagKind, FlagSubject},
    host::{Halt, Host, Stop},
    interfaces::IPacks::{self, flagCall},
    refusals::Refusal,
    trade::{Actor, actor},
};

/// Raises a flag, and returns its number.
///
/// # Errors
/// In this order: of [`actor`], `NotATradingPartner` (nor a regulator), `RoleMayNotHandlePacks`, `UnknownFlagSubject`, `UnknownFlagKind`, `HandleMalformed`,
/// `LotUnknown`, `MayNotFlag`, `TooManyFlags`, `FlagTwice`.
pub(super) fn flag(host: &mut dyn Host, caller: Address, call: &flagCall) -> Result<u64, Stop> {
    let actor = actor(host, caller)?;
    if !actor.is_regulator() {
        actor.check_partner()?;
    }
    actor.check_role()?;
    let subject = check_form(call)?;
    check_authority(host, &actor, subject, call.handle)?;
    let flagged = {
        let state = &mut state::state(host);
        let place = FLAGGED.at(state, call.subject)?;
        place.at(state, call.handle)?.load(state)?
    };
    if flagged.standing >= STANDING_LIMIT {
        return Err(Refusal::TooManyFlags.into());
    }
    if stands_newest(host, &actor, call, &flagged)? {
        return Err(Refusal::FlagTwice.into());
    }
    Ok(write(host, &actor, call, &flagged)?)
}

fn check_form(call: &flagCall) -> Result<FlagSubject, Refusal> {
    let subject = FlagSubject::from_code(call.subject).ok_or(Refusal::UnknownFlagSubject)?;
    FlagKind::from_code(call.kind)
        .filter(|kind| kind.may_stand_on(subject))
        .ok_or(Refusal::UnknownFlagKind)?;
    let is_key = Address::from_word(call.handle).into_word() == call.handle;
    let is_handle = match subject {
        FlagSubject::Container => is_key,
        FlagSubject::Lot | FlagSubject::Pack => true,
    };
    if call.handle.is_zero() || !is_handle {
        return Err(Refusal::HandleMalformed);
    }
    Ok(subject)
}

/// Refuses who may not flag this. Who knows a container's key or a pack's nullifier may: its holder, or one who sent it there.
///
/// # Errors
/// In this order: `LotUnknown`, `MayNotFlag`.
fn check_authority(
    host: &mut dyn Host,
    actor: &Actor,
    subject: FlagSubject,
    handle: B256,
) -> Result<(), Stop> {
    match subject {
        FlagSubject::Container | FlagSubject::Pack => Ok(()),
        FlagSubject::Lot => {
            let state = &mut state::state(host);
            let lot = LOTS.at(state, handle)?.load(state)?;
            if lot.organisation == 0 {
                return Err(Refusal::LotUnknown.into());
            }
            if !actor.is_regulator() && lot.organisation != actor.organisation {
                return Err(Refusal::MayNotFlag.into());
            }
            Ok(())
        }
    }
}

/// Whether the newest flag of the handle says the same and stands: the call was sent twice.
fn stands_newest(
    host: &mut dyn Host,
    actor: &Actor,
    call: &flagCall,
    flagged: &Flagged,
) -> Result<bool, Halt> {
    let Some(number) = flagged.newest.checked_sub(1) else {
        return Ok(false);
    };
    let state = &mut state::state(host);
    let newest = FLAGS.at(state, number)?.load(state)?;
    let same = (newest.organisation, newest.kind, newest.notice)
        == (actor.organisation, call.kind, call.notice);
    Ok(same && newest.cleared_by == 0)
}

fn write(
    host: &mut dyn Host,
    actor: &Actor,
    call: &flagCall,
    flagged: &Flagged,
) -> Result<u64, Halt> {
    let flag = Flag {
        handle: call.handle,
        notice: call.notice,
        account: actor.account,
        organisation: actor.organisation,
        subject: call.subject,
        kind: call.kind,
        previous: flagged.newest,
        height: host.height(),
        time_ms: host.time_ms(),
        cleared_by: 0,
    };
    let state = &mut state::state(host);
    let number = FLAG_COUNT.load(state)?;
    FLAG_COUNT.save(state, &(number + 1))?;
    FLAGS.at(state, number)?.save(state, &flag)?;
    let flagged = Flagged {
        newest: number + 1,
        standing: flagged.standing + 1,
    };
    let place = FLAGGED.at(state, call.subject)?;
    place.at(state, call.handle)?.save(state, &flagged)?;
    state.emit(&IPacks::Flagged {
        number,
        handle: call.handle,
        organisation: actor.organisation,
        subject: call.subject,
        kind: call.kind,
        notice: call.notice,
    })?;
    Ok(number)
}

#[cfg(test)]
mod tests;
