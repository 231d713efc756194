//! Views of seals, pointers and openings, for those whom they concern.

use alloy_primitives::{Address, B256};

use super::{
    by_rule::pointer,
    owed::watches_over,
    state::{self, OPENING_COUNT, REVIEWS, SEALS_OF, glass_scope},
};
use crate::{
    access::state::check_controller,
    codes::Kind,
    host::{Halt, Host, Stop},
    identifiers::OrganisationId,
    interfaces::ISeals::{self, RulePointer, sealsCall, sealsReturn},
    page::page,
    records::state::{RECORDS_OF, chart, heading, state as records_state},
    refusals::Refusal,
    standing::is_party,
};

/// The seal of the newest version of a record.
///
/// # Errors
/// In this order: `RecordUnknown`, `NotAParty`, `RecordNotSealed`.
pub(super) fn seal_of(
    host: &mut dyn Host,
    caller: Address,
    record: B256,
) -> Result<ISeals::Seal, Stop> {
    let found = heading(host, record)?.ok_or(Refusal::RecordUnknown)?;
    check_party(host, caller, found.chart)?;
    let seal = load(host, record, found.version)?;
    if seal.id.is_zero() {
        return Err(Refusal::RecordNotSealed.into());
    }
    Ok(seal)
}

/// A page of the seals of a chart's records.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotAParty`, `PageOutOfRange`.
pub(super) fn seals(
    host: &mut dyn Host,
    caller: Address,
    call: &sealsCall,
) -> Result<sealsReturn, Stop> {
    let found = chart(host, call.chart)?.ok_or(Refusal::ChartUnknown)?;
    check_party(host, caller, call.chart)?;
    let total = found.record_count;
    let mut seals = Vec::new();
    for index in page(call.from, call.limit, total)? {
        let record = {
            let state = &mut records_state(host);
            let of_chart = RECORDS_OF.at(state, call.chart)?;
            of_chart.at(state, index)?.load(state)?
        };
        if let Some(found) = heading(host, record)? {
            seals.push(load(host, record, found.version)?);
        }
    }
    Ok(sealsReturn { page: seals, total })
}

/// Where the rules of a chart's kinds stand, for its controller.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotTheController`.
pub(super) fn rule_pointers(
    host: &mut dyn Host,
    caller: Address,
    chart: B256,
) -> Result<Vec<RulePointer>, Stop> {
    check_controller(host, caller, chart)?;
    let mut pointers = Vec::with_capacity(Kind::ALL.len());
    for kind in Kind::ALL {
        let pointer = pointer(host, chart, *kind)?;
        pointers.push(RulePointer {
            kind: kind.code(),
            rule: pointer.rule,
            codeHash: pointer.code_hash,
        });
    }
    Ok(pointers)
}

/// The kinds that break-glass may open, for the parties of the chart.
///
/// # Errors
/// In this order: `ChartUnknown`, `NotAParty`.
pub(super) fn break_glass_scope(
    host: &mut dyn Host,
    caller: Address,
    id: B256,
) -> Result<u32, Stop> {
    chart(host, id)?.ok_or(Refusal::ChartUnknown)?;
    check_party(host, caller, id)?;
    Ok(glass_scope(host, id)?.0)
}

/// How many openings there were.
pub(super) fn opening_count(host: &mut dyn Host) -> Result<u64, Halt> {
    OPENING_COUNT.load(&mut state::state(host))
}

/// An opening, for those whom it concerns.
///
/// # Errors
/// Of [`concerned`].
pub(super) fn opening_by_number(
    host: &mut dyn Host,
    caller: Address,
    number: u64,
) -> Result<ISeals::Opening, Stop> {
    let opening = concerned(host, caller, number)?;
    let closed = number < state::closed_before(host, opening.chart)?;
    Ok(ISeals::Opening {
        number,
        chart: opening.chart,
        key: opening.key,
        sealsRoot: opening.seals_root,
        request: opening.request,
        requester: opening.requester,
        organisation: opening.organisation,
        role: opening.role,
        purpose: opening.purpose,
        basis: opening.basis,
        status: opening.status,
        kinds: opening.kinds,
        height: opening.height,
        timeMs: opening.time_ms,
        expiry: opening.expiry,
        entry: opening.entry,
        closed,
    })
}

/// An opening, if the caller may see it: its requester, a party of the chart, and for one that broke the glass who watches over the
/// requester's organisation.
///
/// # Errors
/// In this order: `OpeningUnknown`, `NotAParty`.
pub(super) fn concerned(
    host: &mut dyn Host,
    caller: Address,
    number: u64,
) -> Result<state::Opening, Stop> {
    let opening = state::opening(host, number)?.ok_or(Refusal::OpeningUnknown)?;
    if opening.requester == caller || is_party(host, opening.chart, caller)? {
        return Ok(opening);
    }
    let review = {
        let state = &mut state::state(host);
        REVIEWS.at(state, number)?.load(state)?
    };
    let organisation = OrganisationId(opening.organisation);
    if review.due != 0 && watches_over(host, organisation, caller)? {
        return Ok(opening);
    }
    Err(Refusal::NotAParty.into())
}

fn check_party(host: &mut dyn Host, caller: Address, chart: B256) -> Result<(), Stop> {
    if !is_party(host, chart, caller)? {
        return Err(Refusal::NotAParty.into());
    }
    Ok(())
}

fn load(host: &mut dyn Host, record: B256, version: u32) -> Result<ISeals::Seal, Halt> {
    let state = &mut state::state(host);
    let seal = SEALS_OF.at(state, record)?.at(state, version)?;
    let seal = seal.load(state)?;
    Ok(ISeals::Seal {
        record,
        version,
        id: seal.id,
        sealedKey: seal.sealed_key,
    })
}

#[cfg(test)]
mod tests;
