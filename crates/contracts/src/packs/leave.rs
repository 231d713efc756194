//! Packs leave: what dispensing and decommissioning have in common.

use alloy_primitives::B256;

use super::state::{self, CLOSING_COUNT, EXITS, Exit, LIST_LIMIT, UNDOS, standing_on_pack};
use crate::{
    codes::ExitKind,
    host::{Halt, Host, Stop},
    interfaces::IPacks::Left,
    refusals::Refusal,
    storage::State,
    trade::Actor,
};

/// Packs that leave together in one way.
pub(super) struct Leaving<'a> {
    pub(super) nullifiers: &'a [B256],
    /// For each a commitment to the secret that undoes it, or zero.
    pub(super) undo: &'a [B256],
    pub(super) kind: ExitKind,
}

/// Lets the packs leave, all or none.
///
/// # Errors
/// In this order: `PackCountOutOfRange`, `ListsDiffer`, `UndoNotAllowed`; for each pack `CommitmentMissing`, `PackTwice`,
/// `AlreadyDispensed` or `AlreadyDecommissioned`, `PackFlagged`, `PackReserved`.
pub(super) fn leave(host: &mut dyn Host, actor: &Actor, leaving: &Leaving<'_>) -> Result<(), Stop> {
    check_form(leaving)?;
    let (height, time_ms) = (host.height(), host.time_ms());
    let state = &mut state::state(host);
    let mut exits = Vec::with_capacity(leaving.nullifiers.len());
    for index in 0..leaving.nullifiers.len() {
        exits.push(check_pack(state, actor, leaving, index)?);
    }
    let closings = CLOSING_COUNT.load(state)?;
    for ((before, nullifier), undo) in exits.iter().zip(leaving.nullifiers).zip(leaving.undo) {
        let exit = Exit {
            account: actor.account,
            organisation: actor.organisation,
            kind: leaving.kind.code(),
            exits: before.exits.saturating_add(1),
            contested: before.contested,
            reserved_for: before.reserved_for,
            height,
            time_ms,
            closings,
        };
        write(state, *nullifier, &exit, *undo)?;
    }
    Ok(())
}

fn check_form(leaving: &Leaving<'_>) -> Result<(), Refusal> {
    if !(1..=LIST_LIMIT).contains(&leaving.nullifiers.len()) {
        return Err(Refusal::PackCountOutOfRange);
    }
    if leaving.undo.len() != leaving.nullifiers.len() {
        return Err(Refusal::ListsDiffer);
    }
    let undone = leaving.undo.iter().any(|undo| !undo.is_zero());
    if undone && !leaving.kind.may_be_undone() {
        return Err(Refusal::UndoNotAllowed);
    }
    Ok(())
}

/// What was known of a pack that may leave.
fn check_pack(
    state: &mut State<'_>,
    actor: &Actor,
    leaving: &Leaving<'_>,
    index: usize,
) -> Result<Exit, Stop> {
    let nullifier = leaving.nullifiers[index];
    if nullifier.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    if leaving.nullifiers[..index].contains(&nullifier) {
        return Err(Refusal::PackTwice.into());
    }
    let exit = EXITS.at(state, nullifier)?.load(state)?;
    if exit.kind == ExitKind::Dispensed.code() {
        return Err(Refusal::AlreadyDispensed.into());
    }
    if exit.kind != 0 {
        return Err(Refusal::AlreadyDecommissioned.into());
    }
    if leaving.kind.is_use() && standing_on_pack(state, nullifier)? != 0 {
        return Err(Refusal::PackFlagged.into());
    }
    if exit.reserved_for != 0 && exit.reserved_for != actor.organisation {
        return Err(Refusal::PackReserved.into());
    }
    Ok(exit)
}

fn write(state: &mut State<'_>, nullifier: B256, exit: &Exit, undo: B256) -> Result<(), Halt> {
    EXITS.at(state, nullifier)?.save(state, exit)?;
    if !undo.is_zero() {
        UNDOS.at(state, nullifier)?.save(state, &undo)?;
    }
    state.emit(&Left {
        nullifier,
        organisation: exit.organisation,
        kind: exit.kind,
        account: exit.account,
    })
}
