//! Views of flags.

use super::state::{self, CLEARINGS, FLAG_COUNT, FLAGGED, FLAGS};
use crate::{
    codes::FlagSubject,
    host::{Halt, Host, Stop},
    interfaces::IPacks::{Flag, flagsOfCall, flagsOfReturn, flagsReturn},
    page::page,
    refusals::Refusal,
    storage::State,
};

/// How many flags there were.
pub(super) fn flag_count(host: &mut dyn Host) -> Result<u64, Halt> {
    FLAG_COUNT.load(&mut state::state(host))
}

/// A flag.
///
/// # Errors
/// `FlagUnknown`.
pub(super) fn flag_by_number(host: &mut dyn Host, number: u64) -> Result<Flag, Stop> {
    let (flag, _) = show(&mut state::state(host), number)?;
    if flag.organisation == 0 {
        return Err(Refusal::FlagUnknown.into());
    }
    Ok(flag)
}

/// A page of flags in order of number.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn flags(host: &mut dyn Host, from: u64, limit: u32) -> Result<flagsReturn, Stop> {
    let state = &mut state::state(host);
    let total = FLAG_COUNT.load(state)?;
    let mut flags = Vec::new();
    for number in page(from, limit, total)? {
        flags.push(show(state, number)?.0);
    }
    Ok(flagsReturn { page: flags, total })
}

/// A page of the flags of a handle, newest first.
///
/// # Errors
/// In this order: `UnknownFlagSubject`, `PageOutOfRange`, `FlagUnknown` (`before` is no flag of the handle).
pub(super) fn flags_of(host: &mut dyn Host, call: &flagsOfCall) -> Result<flagsOfReturn, Stop> {
    FlagSubject::from_code(call.subject).ok_or(Refusal::UnknownFlagSubject)?;
    page(0, call.limit, 0)?;
    let state = &mut state::state(host);
    let flagged = FLAGGED.at(state, call.subject)?;
    let flagged = flagged.at(state, call.handle)?.load(state)?;
    let mut next = match call.before {
        u64::MAX => flagged.newest,
        before => {
            let (flag, previous) = show(state, before)?;
            if (flag.subject, flag.handle) != (call.subject, call.handle) {
                return Err(Refusal::FlagUnknown.into());
            }
            previous
        }
    };
    let mut flags = Vec::new();
    while next != 0 && flags.len() < call.limit as usize {
        let (flag, previous) = show(state, next - 1)?;
        flags.push(flag);
        next = previous;
    }
    Ok(flagsOfReturn {
        page: flags,
        standing: flagged.standing,
    })
}

/// A flag, and one more than the number of the flag before it on the same handle.
fn show(state: &mut State<'_>, number: u64) -> Result<(Flag, u64), Halt> {
    let flag = FLAGS.at(state, number)?.load(state)?;
    let clearing = CLEARINGS.at(state, number)?.load(state)?;
    let shown = Flag {
        number,
        subject: flag.subject,
        handle: flag.handle,
        kind: flag.kind,
        organisation: flag.organisation,
        account: flag.account,
        notice: flag.notice,
        height: flag.height,
        timeMs: flag.time_ms,
        clearedBy: flag.cleared_by,
        clearedNotice: clearing.notice,
        clearedTimeMs: clearing.time_ms,
    };
    Ok((shown, flag.previous))
}
