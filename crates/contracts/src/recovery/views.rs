//! Views of guardians and recoveries, for those whom they concern.

use alloy_primitives::{Address, B256};

use super::{
    approve::choice,
    seat::{guardian, is_concerned},
    state::{self, Case, SUCCESSIONS, WARD_COUNT, WARDS_OF},
};
use crate::{
    addresses::RECOVERY,
    codes::RecoveryStatus,
    host::{Halt, Host, Stop},
    interfaces::IRecovery::{self, Guardians, guardiansReturn, successionDigestCall, wardsReturn},
    page::page,
    refusals::Refusal,
    signing,
};

/// The guardians of an account now and to come, for those whom it concerns.
///
/// # Errors
/// `NotConcerned`.
pub(super) fn guardians(
    host: &mut dyn Host,
    caller: Address,
    account: Address,
) -> Result<guardiansReturn, Stop> {
    check_concerned(host, caller, account)?;
    let guardianship = state::guardianship(host, account)?;
    Ok(guardiansReturn {
        current: show_terms(host, account, guardianship.current)?,
        next: show_terms(host, account, guardianship.next)?,
        from: guardianship.next_from_ms.div_ceil(1_000),
    })
}

/// The newest recovery of an account, for those whom it concerns.
///
/// # Errors
/// In this order: `NotConcerned`, `RecoveryUnknown`.
pub(super) fn recovery(
    host: &mut dyn Host,
    caller: Address,
    account: Address,
) -> Result<IRecovery::Recovery, Stop> {
    check_concerned(host, caller, account)?;
    let case = state::case(host, account)?.ok_or(Refusal::RecoveryUnknown)?;
    Ok(show(host, account, &case)?)
}

/// A page of the accounts that ever named the caller as a guardian.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn wards(
    host: &mut dyn Host,
    caller: Address,
    from: u64,
    limit: u32,
) -> Result<wardsReturn, Stop> {
    let state = &mut state::state(host);
    let total = WARD_COUNT.at(state, caller)?.load(state)?;
    let list = WARDS_OF.at(state, caller)?;
    let page = page(from, limit, total)?
        .map(|index| list.at(state, index)?.load(state))
        .collect::<Result<Vec<Address>, Halt>>()?;
    Ok(wardsReturn { page, total })
}

/// Who took the place of an account; the directory says the same to everyone.
pub(super) fn succession(
    host: &mut dyn Host,
    account: Address,
) -> Result<IRecovery::Succession, Halt> {
    let state = &mut state::state(host);
    let found = SUCCESSIONS.at(state, account)?.load(state)?;
    Ok(IRecovery::Succession {
        successor: found.successor,
        timeMs: found.time_ms,
        moved: found.moved,
        charts: found.charts,
    })
}

/// What a successor signs.
pub(super) fn succession_digest(
    host: &mut dyn Host,
    call: &successionDigestCall,
) -> Result<B256, Halt> {
    let succession = signing::Succession {
        account: call.account,
        successor: call.successor,
        deadline: call.deadline,
    };
    signing::digest(host, RECOVERY, &succession)
}

fn check_concerned(host: &mut dyn Host, caller: Address, account: Address) -> Result<(), Stop> {
    if !is_concerned(host, account, caller)? {
        return Err(Refusal::NotConcerned.into());
    }
    Ok(())
}

fn show_terms(host: &mut dyn Host, account: Address, number: u32) -> Result<Guardians, Halt> {
    let terms = state::terms(host, account, number)?;
    let accounts = (0..terms.count)
        .map(|index| guardian(host, account, (number, index)))
        .collect::<Result<_, _>>()?;
    Ok(Guardians {
        accounts,
        threshold: terms.threshold,
        delay: terms.delay,
    })
}

fn show(host: &mut dyn Host, account: Address, case: &Case) -> Result<IRecovery::Recovery, Halt> {
    let recovery = &case.recovery;
    let mut shown = IRecovery::Recovery {
        account,
        round: recovery.round,
        successor: recovery.successor,
        status: case.status.code(),
        needed: recovery.needed,
        vetoes: recovery.vetoes,
        frozen: recovery.frozen && case.is_open(),
        proposedTimeMs: recovery.proposed_time_ms,
        executable: match case.status {
            RecoveryStatus::Waiting => recovery.executable_ms(&case.terms).div_ceil(1_000),
            RecoveryStatus::Proposed
            | RecoveryStatus::Executed
            | RecoveryStatus::Cancelled
            | RecoveryStatus::Lapsed => 0,
        },
        lapses: recovery.lapses_ms(&case.terms).div_ceil(1_000),
        ..IRecovery::Recovery::default()
    };
    for index in 0..case.terms.count {
        let (bit, place) = (1 << index, (recovery.terms, index));
        shown.guardians.push(guardian(host, account, place)?);
        shown
            .approves
            .push(choice(host, account, (recovery.round, index))?);
        shown.freezes.push(recovery.freezes & bit != 0);
        shown.cancels.push(recovery.cancels & bit != 0);
    }
    Ok(shown)
}

#[cfg(test)]
mod tests;
