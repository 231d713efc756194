//! A query is opened, answered or ended.
//!
//! ```text
//!          answer (site)             close
//! open ------------------> answered --------> closed (final)
//!  | \                        |
//!  |  \   close               | open again
//!  |   +---> closed           +---> open
//!  | cancel
//!  +---> cancelled (final)
//! ```

use alloy_primitives::{Address, B256};
use alloy_sol_types::SolValue;

use super::{
    draft::{About, Draft},
    roles,
    schedule::UNSCHEDULED,
    state::{self, QUERIES, Query, Subject, Terms},
};
use crate::{
    codes::{QueryState, TrialEntry},
    host::{Halt, Host, Stop},
    interfaces::ITrials::queryCall,
    refusals::Refusal,
};

/// Most queries of a study: what the packed sums can hold.
const QUERIES_MAX: u32 = (1 << 24) - 1;

/// Takes a query from its state to another.
///
/// # Errors
/// In this order: `StudyUnknown`, `SubjectUnknown`, `UnknownQueryState`, of [`roles::check`] at the subject's site (of those who ask, or to answer of those
/// who enter data), `StudyLocked`, `CommitmentMissing`; for a new query `NumberNotNext`, `StudyFull`, `QueryNotThere`, `CellUnknown`; for another
/// `QueryDiffers`, `QueryNotThere`.
pub(super) fn query(host: &mut dyn Host, caller: Address, call: &queryCall) -> Result<(), Stop> {
    let head = state::head(host, call.study)?;
    let mut draft = Draft::begin(host, (call.study, head), caller)?;
    let subject = draft.subject(host, call.slot)?;
    let to = QueryState::from_code(call.state).ok_or(Refusal::UnknownQueryState)?;
    let allowed = match to {
        QueryState::Answered => roles::ENTERING,
        QueryState::Open | QueryState::Closed | QueryState::Cancelled => roles::ASKING,
    };
    roles::check(host, caller, (call.study, subject.site), allowed)?;
    draft.head.check_unlocked()?;
    if call.text.is_zero() {
        return Err(Refusal::CommitmentMissing.into());
    }
    let mut terms = state::terms(host, call.study)?;
    let is_new = call.query == 0 || call.query > terms.queries;
    let was = match is_new {
        true => check_new(call, &terms, &subject, to).map(|()| None)?,
        false => Some(check_step(host, call, to)?),
    };
    let about = About::subject(call.slot, subject.site);
    let pending = subject.open_queries + u32::from(to.is_pending());
    let open_queries = pending - u32::from(was.is_some_and(QueryState::is_pending));
    draft.set_subject(
        call.slot,
        Subject {
            open_queries,
            ..subject
        },
    );
    draft.enter(host, TrialEntry::Queried, about, body(call))?;
    if is_new {
        terms.queries = call.query;
        state::save_terms(host, call.study, &terms)?;
    }
    save(host, call)?;
    Ok(draft.write(host, &[])?)
}

fn check_new(
    call: &queryCall,
    terms: &Terms,
    subject: &Subject,
    to: QueryState,
) -> Result<(), Refusal> {
    if terms.queries.checked_add(1) != Some(call.query) {
        return Err(Refusal::NumberNotNext);
    }
    if call.query > QUERIES_MAX {
        return Err(Refusal::StudyFull);
    }
    if to != QueryState::Open {
        return Err(Refusal::QueryNotThere);
    }
    let known = match call.cell.checked_sub(UNSCHEDULED) {
        Some(place) => place < subject.unscheduled,
        None => call.cell < u32::from(terms.cells),
    };
    match known {
        true => Ok(()),
        false => Err(Refusal::CellUnknown),
    }
}

fn check_step(host: &mut dyn Host, call: &queryCall, to: QueryState) -> Result<QueryState, Stop> {
    let found = load(host, call.study, call.query)?;
    if (found.slot, found.cell) != (call.slot, call.cell) {
        return Err(Refusal::QueryDiffers.into());
    }
    let from = QueryState::from_code(found.state).ok_or(Refusal::QueryUnknown)?;
    let leads = match from {
        QueryState::Open => to != QueryState::Open,
        QueryState::Answered => matches!(to, QueryState::Open | QueryState::Closed),
        QueryState::Closed | QueryState::Cancelled => false,
    };
    match leads {
        true => Ok(from),
        false => Err(Refusal::QueryNotThere.into()),
    }
}

/// A query; zeros where there is none.
pub(super) fn load(host: &mut dyn Host, study: B256, number: u32) -> Result<Query, Halt> {
    let state = &mut state::state(host);
    QUERIES.at(state, study)?.at(state, number)?.load(state)
}

fn save(host: &mut dyn Host, call: &queryCall) -> Result<(), Halt> {
    let query = Query {
        slot: call.slot,
        cell: call.cell,
        state: call.state,
    };
    let state = &mut state::state(host);
    QUERIES
        .at(state, call.study)?
        .at(state, call.query)?
        .save(state, &query)
}

pub(super) fn body(call: &queryCall) -> Vec<u8> {
    let fields = (call.query, call.cell, u16::from(call.state), call.text);
    fields.abi_encode_params()
}

#[cfg(test)]
mod tests;
