//! Who holds a pack strikes the exit that another organisation entered for it.

use alloy_primitives::{Address, B256};

use super::{
    custody,
    state::{self, Closing, EXITS, Exit, LOTS, Lot, UNDOS},
    tag::nullifier,
};
use crate::{
    addresses::PACKS,
    host::{Halt, Host, Stop},
    interfaces::IPacks::{Contested, contestCall},
    refusals::Refusal,
    signing,
    trade::{Actor, partner},
};

/// Gas of one hash of a proof: KECCAK256 of three words, and as much for what surrounds it.
const HASH_GAS: u64 = 96;

/// What state says of a proof.
struct Case {
    nullifier: B256,
    exit: Exit,
    lot: Lot,
    /// Of the key of each step, with its number.
    closings: Vec<Option<(u64, Closing)>>,
    /// Whether the key that the last step leads to is closed.
    is_moved_on: bool,
}

/// Strikes the exit of a pack, or takes over its reservation from an earlier holder.
///
/// # Errors
/// In this order: of [`partner`], `StepCountOutOfRange`, `CustodyNotProven` (a list too long), `NothingToContest`, `LotUnknown`,
/// `CustodyNotProven`, `KeyClosed`, `NotSignedByKey`, `ExitByTheHolder`.
pub(super) fn contest(
    host: &mut dyn Host,
    caller: Address,
    call: &contestCall,
) -> Result<(), Stop> {
    let actor = partner(host, caller)?;
    if call.proof.steps.len() > custody::STEP_LIMIT {
        return Err(Refusal::StepCountOutOfRange.into());
    }
    let hashes = custody::hashes(&call.proof).ok_or(Refusal::CustodyNotProven)?;
    host.charge(HASH_GAS.saturating_mul(hashes))?;
    let case = load(host, call)?;
    let holder = decide(&case, &actor, call)?;
    let message = signing::Contest {
        tag: call.tag,
        account: caller,
    };
    let digest = signing::digest(host, PACKS, &message)?;
    signing::check_key(host, holder, digest, &call.signature)?;
    if held_it(&case) {
        return Err(Refusal::ExitByTheHolder.into());
    }
    Ok(strike(host, &actor, case)?)
}

fn load(host: &mut dyn Host, call: &contestCall) -> Result<Case, Halt> {
    let nullifier = nullifier(host.chain_id(), call.tag);
    let state = &mut state::state(host);
    let exit = EXITS.at(state, nullifier)?.load(state)?;
    let lot = LOTS.at(state, call.proof.lot)?.load(state)?;
    let mut closings = Vec::with_capacity(call.proof.steps.len());
    for step in &call.proof.steps {
        closings.push(state::closing(state, step.key)?);
    }
    let last = call.proof.steps.last().map_or(lot.key, |step| step.next);
    let is_moved_on = state::closing(state, last)?.is_some();
    Ok(Case {
        nullifier,
        exit,
        lot,
        closings,
        is_moved_on,
    })
}

/// The key that holds the pack, if it can be contested.
fn decide(case: &Case, actor: &Actor, call: &contestCall) -> Result<Address, Refusal> {
    let disputed = match case.exit.kind {
        0 => case.exit.reserved_for,
        _ => case.exit.organisation,
    };
    if disputed == 0 || disputed == actor.organisation {
        return Err(Refusal::NothingToContest);
    }
    if case.lot.organisation == 0 {
        return Err(Refusal::LotUnknown);
    }
    let commitment = |found: &Option<(u64, Closing)>| match found {
        Some((_, closing)) => closing.commitment,
        None => B256::ZERO,
    };
    let commitments: Vec<_> = case.closings.iter().map(commitment).collect();
    let holder = custody::holder(call.tag, &call.proof, case.lot.key, &commitments)
        .map_err(|_| Refusal::CustodyNotProven)?;
    if case.is_moved_on {
        return Err(Refusal::KeyClosed);
    }
    Ok(holder)
}

/// Whether the organisation that let the pack leave held it then: it closed the key that held it, and did so later. Without this, who
/// dispensed a pack could hand it over afterwards, for another to strike the exit.
fn held_it(case: &Case) -> bool {
    let mut closings = case.closings.iter().flatten();
    let first_after = closings.find(|(number, _)| *number > case.exit.closings);
    case.exit.kind != 0
        && first_after.is_some_and(|(_, closing)| closing.organisation == case.exit.organisation)
}

fn strike(host: &mut dyn Host, actor: &Actor, case: Case) -> Result<(), Halt> {
    let guesser = case.exit.organisation;
    let exit = Exit {
        contested: true,
        reserved_for: actor.organisation,
        ..case.exit.taken_back()
    };
    let state = &mut state::state(host);
    EXITS.at(state, case.nullifier)?.save(state, &exit)?;
    UNDOS.at(state, case.nullifier)?.save(state, &B256::ZERO)?;
    state.emit(&Contested {
        nullifier: case.nullifier,
        organisation: actor.organisation,
        guesser,
        account: actor.account,
    })
}

#[cfg(test)]
mod tests;
