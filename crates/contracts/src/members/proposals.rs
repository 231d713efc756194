//! Views of proposals and votes.

use super::{
    seats,
    state::{self, PROPOSAL_CONTENT, PROPOSAL_COUNT, PROPOSALS, Proposal},
};
use crate::{
    codes::ProposalStatus,
    host::{Halt, Host, Stop},
    interfaces::IMembers::{self, Vote, proposalsReturn},
    page::page,
    refusals::Refusal,
};

use super::parameters::VOTING_PERIOD_MAX;

/// Proposals that are looked through for open ones.
const OPEN_SCAN: u64 = 1_000;

/// One proposal.
///
/// # Errors
/// `ProposalUnknown`.
pub(super) fn proposal(host: &mut dyn Host, id: u64) -> Result<IMembers::Proposal, Stop> {
    let found = load(host, id)?;
    Ok(view(host, id, found)?)
}

/// A page of proposals.
///
/// # Errors
/// `PageOutOfRange`.
pub(super) fn proposals(
    host: &mut dyn Host,
    from: u64,
    limit: u32,
) -> Result<proposalsReturn, Stop> {
    let total = PROPOSAL_COUNT.load(&mut state::state(host))?;
    let page = page(from, limit, total)?
        .map(|id| proposal(host, id))
        .collect::<Result<_, _>>()?;
    Ok(proposalsReturn { page, total })
}

/// All votes cast on a proposal.
///
/// # Errors
/// `ProposalUnknown`.
pub(super) fn votes(host: &mut dyn Host, id: u64) -> Result<Vec<Vote>, Stop> {
    load(host, id)?;
    let votes = seats::votes(host, id)?.into_iter();
    Ok(votes
        .map(|(validator, support)| Vote { validator, support })
        .collect())
}

/// Numbers of the proposals that can be voted on, the newest first: of the last 1,000, and none older than a vote may last.
///
/// # Errors
/// Any [`Halt`].
pub fn open_proposals(host: &mut dyn Host) -> Result<Vec<u64>, Halt> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    let count = PROPOSAL_COUNT.load(state)?;
    let mut open = Vec::new();
    for id in (count.saturating_sub(OPEN_SCAN)..count).rev() {
        let proposal = PROPOSALS.at(state, id)?.fields.load(state)?;
        if proposal.created_time_ms + 1_000 * VOTING_PERIOD_MAX < time_ms {
            break;
        }
        if status(&proposal, time_ms) == Some(ProposalStatus::Open) {
            open.push(id);
        }
    }
    Ok(open)
}

/// A proposal by its number, and where it stands.
///
/// # Errors
/// `ProposalUnknown`.
pub(super) fn load(host: &mut dyn Host, id: u64) -> Result<(Proposal, ProposalStatus), Stop> {
    let time_ms = host.time_ms();
    let state = &mut state::state(host);
    if id >= PROPOSAL_COUNT.load(state)? {
        return Err(Refusal::ProposalUnknown.into());
    }
    let proposal = PROPOSALS.at(state, id)?.fields.load(state)?;
    let status = status(&proposal, time_ms).ok_or(Refusal::ProposalUnknown)?;
    Ok((proposal, status))
}

/// Where a proposal stands at this time; `None` where there is none.
pub(super) fn status(proposal: &Proposal, time_ms: u64) -> Option<ProposalStatus> {
    let status = ProposalStatus::from_code(proposal.status)?;
    let is_over = time_ms >= proposal.deadline.saturating_mul(1_000);
    Some(match status {
        ProposalStatus::Open if is_over => ProposalStatus::Expired,
        ProposalStatus::Open
        | ProposalStatus::Accepted
        | ProposalStatus::Rejected
        | ProposalStatus::Expired
        | ProposalStatus::Failed => status,
    })
}

fn view(
    host: &mut dyn Host,
    id: u64,
    (proposal, status): (Proposal, ProposalStatus),
) -> Result<IMembers::Proposal, Halt> {
    let tally = if proposal.decided_height == 0 {
        seats::tally(host, id)?
    } else {
        seats::Tally {
            yes: proposal.yes,
            no: proposal.no,
            validators: proposal.validators,
        }
    };
    let state = &mut state::state(host);
    let content = PROPOSALS
        .at(state, id)?
        .data(PROPOSAL_CONTENT)
        .load(state)?;
    Ok(IMembers::Proposal {
        id,
        kind: proposal.kind,
        status: status.code(),
        refusal: proposal.refusal,
        organisation: proposal.organisation,
        by: proposal.by,
        createdTimeMs: proposal.created_time_ms,
        deadline: proposal.deadline,
        decidedHeight: proposal.decided_height,
        yes: tally.yes,
        no: tally.no,
        validators: tally.validators,
        content: content.into(),
    })
}
