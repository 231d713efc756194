//! Votes are counted, and what they decide is done.
//!
//! ```text
//!          more than 2/3 for it      +-> accepted (done)
//! open ------------------------------+-> failed   (no longer possible)
//!   |      2/3 out of reach          --> rejected
//!   +----- deadline                  --> expired
//! ```
//!
//! Nothing leaves the states on the right.

use super::{
    proposals,
    propose::Change,
    seats::{self, Tally, Verdict},
    state::{self, PROPOSAL_CONTENT, PROPOSALS, Proposal},
};
use crate::{
    codes::{ProposalKind, ProposalStatus},
    host::{Halt, Host, Stop},
    interfaces::IMembers::Decided,
    refusals::Refusal,
};

/// Counts again, since validators may have left after the last vote, and writes an expiry.
///
/// # Errors
/// In this order: `ProposalUnknown`, `ProposalDecided`, `VotesUndecided`.
pub(super) fn settle(host: &mut dyn Host, id: u64) -> Result<(), Stop> {
    let (proposal, status) = proposals::load(host, id)?;
    if proposal.decided_height != 0 {
        return Err(Refusal::ProposalDecided.into());
    }
    let tally = seats::tally(host, id)?;
    if status == ProposalStatus::Expired {
        let decision = (ProposalStatus::Expired, None);
        return Ok(close(host, id, proposal, (tally, decision))?);
    }
    if tally.verdict() == Verdict::Undecided {
        return Err(Refusal::VotesUndecided.into());
    }
    Ok(decide(host, id, proposal, tally)?)
}

/// Decides an open proposal if its votes do.
pub(super) fn count(host: &mut dyn Host, id: u64) -> Result<(), Halt> {
    let tally = seats::tally(host, id)?;
    if tally.verdict() == Verdict::Undecided {
        return Ok(());
    }
    let state = &mut state::state(host);
    let proposal = PROPOSALS.at(state, id)?.fields.load(state)?;
    decide(host, id, proposal, tally)
}

fn decide(host: &mut dyn Host, id: u64, proposal: Proposal, tally: Tally) -> Result<(), Halt> {
    if tally.verdict() == Verdict::Rejected {
        let decision = (ProposalStatus::Rejected, None);
        return close(host, id, proposal, (tally, decision));
    }
    let Some(change) = change(host, id, &proposal)? else {
        let decision = (ProposalStatus::Failed, Some(Refusal::ContentUnreadable));
        return close(host, id, proposal, (tally, decision));
    };
    match change.check(host) {
        Ok(()) => {
            close(
                host,
                id,
                proposal,
                (tally, (ProposalStatus::Accepted, None)),
            )?;
            change.apply(host)
        }
        Err(Stop::Revert(data)) => {
            let refusal = Refusal::from_revert(&data);
            close(
                host,
                id,
                proposal,
                (tally, (ProposalStatus::Failed, refusal)),
            )
        }
        Err(Stop::Halt(halt)) => Err(halt),
    }
}

/// What a proposal would do; `None` where it was written under other rules of encoding.
fn change(host: &mut dyn Host, id: u64, proposal: &Proposal) -> Result<Option<Change>, Halt> {
    let state = &mut state::state(host);
    let place = PROPOSALS.at(state, id)?.data(PROPOSAL_CONTENT);
    let content = place.load(state)?;
    let kind = ProposalKind::from_code(proposal.kind);
    Ok(kind.and_then(|kind| Change::decode(kind, &content)))
}

type Decision = (ProposalStatus, Option<Refusal>);

fn close(
    host: &mut dyn Host,
    id: u64,
    mut proposal: Proposal,
    (tally, (status, refusal)): (Tally, Decision),
) -> Result<(), Halt> {
    proposal.status = status.code();
    proposal.refusal = refusal.map_or(0, Refusal::code);
    // Blocks with transactions begin at height 1, so that 0 can stand for "not decided".
    proposal.decided_height = host.height();
    (proposal.yes, proposal.no, proposal.validators) = (tally.yes, tally.no, tally.validators);
    let state = &mut state::state(host);
    PROPOSALS.at(state, id)?.fields.save(state, &proposal)?;
    state.emit(&Decided {
        proposal: id,
        status: proposal.status,
        yes: tally.yes,
        no: tally.no,
        validators: tally.validators,
        refusal: proposal.refusal,
    })
}

#[cfg(test)]
mod tests;
