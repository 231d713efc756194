//! A change is checked and entered as a proposal.

use alloy_primitives::Address;

use super::Change;
use crate::{
    codes::ProposalStatus,
    host::{Halt, Host, Stop},
    interfaces::IMembers::Proposed,
    members::{
        proposals,
        state::{self, LIMITS, PROPOSAL_CONTENT, PROPOSAL_COUNT, PROPOSALS, PROPOSED_BY, Proposal},
        vote,
    },
    refusals::Refusal,
};

/// Open proposals that one organisation may have.
const OPEN_MAX: u8 = 8;

/// Enters a change as a proposal and returns its number.
///
/// # Errors
/// In this order: `NotAValidatorsAdmin`, those of the change, `TooManyProposals`.
pub(in crate::members) fn propose(
    host: &mut dyn Host,
    caller: Address,
    change: &Change,
) -> Result<u64, Stop> {
    let organisation = vote::elector(host, caller)?.organisation;
    change.check(host)?;
    let place = free_place(host, organisation)?.ok_or(Refusal::TooManyProposals)?;
    let time_ms = host.time_ms();
    let period = LIMITS.load(&mut state::state(host))?.voting_period;
    let proposal = Proposal {
        organisation,
        kind: change.kind().code(),
        status: ProposalStatus::Open.code(),
        refusal: 0,
        created_time_ms: time_ms,
        deadline: time_ms / 1_000 + period,
        decided_height: 0,
        by: caller,
        yes: 0,
        no: 0,
        validators: 0,
    };
    Ok(write(host, place, &proposal, change.content())?)
}

/// A place among those of the organisation whose proposal is not open, if there is one.
fn free_place(host: &mut dyn Host, organisation: u32) -> Result<Option<u8>, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let places = PROPOSED_BY.at(state, organisation)?;
    for place in 0..OPEN_MAX {
        let next = places.at(state, place)?.load(state)?;
        let Some(id) = next.checked_sub(1) else {
            return Ok(Some(place));
        };
        let proposal = PROPOSALS.at(state, id)?.fields.load(state)?;
        if proposals::status(&proposal, time_ms) != Some(ProposalStatus::Open) {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

fn write(
    host: &mut dyn Host,
    place: u8,
    proposal: &Proposal,
    content: Vec<u8>,
) -> Result<u64, Halt> {
    let state = &mut state::state(host);
    let id = PROPOSAL_COUNT.load(state)?;
    PROPOSAL_COUNT.save(state, &(id + 1))?;
    PROPOSED_BY
        .at(state, proposal.organisation)?
        .at(state, place)?
        .save(state, &(id + 1))?;
    let entry = PROPOSALS.at(state, id)?;
    entry.fields.save(state, proposal)?;
    entry.data(PROPOSAL_CONTENT).save(state, &content)?;
    state.emit(&Proposed {
        proposal: id,
        kind: proposal.kind,
        organisation: proposal.organisation,
        by: proposal.by,
        deadline: proposal.deadline,
        content: content.into(),
    })?;
    Ok(id)
}
