//! Two people count an item.

use alloy_primitives::{Address, B256};

use super::{
    commitment::{Blinding, Commitment},
    points::{are_equal, decode},
    state::{self, ACTIVITY, Activity, BALANCES, Cabinet, Discrepancy},
    unexplained,
};
use crate::{
    addresses::CABINETS,
    directory::standing::{Standing, find_person},
    host::{Host, Stop},
    interfaces::ICabinets::{Counted, DiscrepancyOpened, countCall, countReturn},
    refusals::Refusal,
    signing::{self, SIGNATURE_LIMIT, is_signed_by},
};

/// Enters a count. One that is proven equal is noted, one that is said to differ opens a discrepancy.
///
/// # Errors
/// In this order: of [`find_person`], `CabinetUnknown`, `NotYourCabinet`, `RoleMayNotCount`, `ItemUnknown`, `ScalarMalformed`, `CommitmentMalformed`,
/// `WitnessIsTheCounter`, `WitnessNotEligible`, `SignatureTooLong`, `NotSignedByWitness`, `CountNotProven`.
pub(super) fn count(
    host: &mut dyn Host,
    caller: Address,
    call: &countCall,
) -> Result<countReturn, Stop> {
    let cabinet = check_counter(host, caller, call.cabinet)?;
    let (activity, stock) = load(host, call)?;
    let blinding = Blinding::decode(call.blinding).map_err(|_| Refusal::ScalarMalformed)?;
    let counted = decode(host, call.counted)?;
    check_witness(host, caller, (call, &cabinet, activity.entries))?;
    let equal = is_equal(host, (stock, counted), blinding)?;
    note(host, call, (&activity, equal))?;
    if !equal {
        let discrepancy = discrepancy(host, caller, (call, &cabinet, &activity), stock);
        let number = enter(host, &discrepancy)?;
        return Ok(countReturn {
            equal,
            discrepancy: number,
        });
    }
    state::state(host).emit(&Counted {
        cabinet: call.cabinet,
        item: call.item,
        counter: caller,
        witness: call.witness,
    })?;
    Ok(countReturn {
        equal,
        discrepancy: 0,
    })
}

fn check_counter(host: &mut dyn Host, caller: Address, cabinet: B256) -> Result<Cabinet, Stop> {
    let standing = find_person(host, caller)??;
    let found = state::cabinet(host, cabinet)?;
    if standing.organisation.0 != found.organisation {
        return Err(Refusal::NotYourCabinet.into());
    }
    if !standing.role.may_count() {
        return Err(Refusal::RoleMayNotCount.into());
    }
    Ok(found)
}

/// What was done about the item, and its stock.
fn load(host: &mut dyn Host, call: &countCall) -> Result<(Activity, B256), Stop> {
    let state = &mut state::state(host);
    let activity = ACTIVITY.at(state, call.cabinet)?.at(state, call.item)?;
    let activity = activity.load(state)?;
    let balances = BALANCES.at(state, call.cabinet)?.at(state, call.item)?;
    // The stock is the second slot.
    let stock = balances.word(state, 1)?;
    if activity.entries == 0 {
        return Err(Refusal::ItemUnknown.into());
    }
    Ok((activity, stock.into()))
}

fn check_witness(
    host: &mut dyn Host,
    caller: Address,
    (call, cabinet, number): (&countCall, &Cabinet, u64),
) -> Result<(), Stop> {
    if call.witness == caller {
        return Err(Refusal::WitnessIsTheCounter.into());
    }
    let may = |standing: &Standing| {
        standing.organisation.0 == cabinet.organisation && standing.role.may_count()
    };
    if !find_person(host, call.witness)?.is_ok_and(|standing| may(&standing)) {
        return Err(Refusal::WitnessNotEligible.into());
    }
    if call.signature.len() > SIGNATURE_LIMIT {
        return Err(Refusal::SignatureTooLong.into());
    }
    let message = signing::Count {
        cabinet: call.cabinet,
        item: call.item,
        counted: call.counted,
        number,
    };
    let digest = signing::digest(host, CABINETS, &message)?;
    if !is_signed_by(host, call.witness, digest, &call.signature)? {
        return Err(Refusal::NotSignedByWitness.into());
    }
    Ok(())
}

/// Whether the count is proven equal. Without a blinding it is said to differ, unless both commitments are the same.
fn is_equal(
    host: &mut dyn Host,
    (stock, counted): (B256, Commitment),
    blinding: Blinding,
) -> Result<bool, Stop> {
    let stock = decode(host, stock)?;
    let equal = are_equal(host, (&stock, &counted), blinding)?;
    if !equal && blinding != Blinding::NONE {
        return Err(Refusal::CountNotProven.into());
    }
    Ok(equal)
}

fn note(
    host: &mut dyn Host,
    call: &countCall,
    (activity, equal): (&Activity, bool),
) -> Result<(), Stop> {
    let after = Activity {
        entries: activity.entries + 1,
        equal_time_ms: if equal {
            host.time_ms()
        } else {
            activity.equal_time_ms
        },
    };
    let state = &mut state::state(host);
    let place = ACTIVITY.at(state, call.cabinet)?.at(state, call.item)?;
    Ok(place.save(state, &after)?)
}

/// What differed: it arose since the last count that was equal, or since the cabinet was opened.
fn discrepancy(
    host: &dyn Host,
    counter: Address,
    (call, cabinet, activity): (&countCall, &Cabinet, &Activity),
    stock: B256,
) -> Discrepancy {
    let from_ms = match activity.equal_time_ms {
        0 => cabinet.opened_time_ms,
        time_ms => time_ms,
    };
    Discrepancy {
        cabinet: call.cabinet,
        item: call.item,
        counted: call.counted,
        stock,
        counter,
        organisation: cabinet.organisation,
        from_ms,
        witness: call.witness,
        auditor: cabinet.auditor,
        time_ms: host.time_ms(),
        document: B256::ZERO,
        explained_by: Address::ZERO,
        outcome: 0,
        explained_time_ms: 0,
    }
}

fn enter(host: &mut dyn Host, discrepancy: &Discrepancy) -> Result<u64, Stop> {
    let number = unexplained::enter(host, discrepancy)?;
    state::state(host).emit(&DiscrepancyOpened {
        number,
        cabinet: discrepancy.cabinet,
        organisation: discrepancy.organisation,
        item: discrepancy.item,
        counter: discrepancy.counter,
        witness: discrepancy.witness,
        due: discrepancy.due(),
    })?;
    Ok(number)
}

#[cfg(test)]
mod tests;
