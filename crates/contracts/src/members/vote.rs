//! The admin account of a validator's organisation votes, and the last vote that is needed decides.

use alloy_primitives::Address;

use super::{proposals, seats, settle, state};
use crate::{
    codes::ProposalStatus,
    host::{Halt, Host, Stop},
    interfaces::IMembers::Voted,
    refusals::Refusal,
};

/// Votes for all validators of the caller's organisation that have not voted.
///
/// # Errors
/// In this order: `NotAValidatorsAdmin`, `ProposalUnknown`, `ProposalDecided`, `ProposalExpired`, `VotedAlready`.
pub(super) fn vote(
    host: &mut dyn Host,
    caller: Address,
    id: u64,
    support: bool,
) -> Result<(), Stop> {
    let elector = elector(host, caller)?;
    check_open(host, id)?;
    let mut validators = Vec::new();
    for index in elector.validators {
        if !seats::has_voted(host, id, index)? {
            validators.push(index);
        }
    }
    if validators.is_empty() {
        return Err(Refusal::VotedAlready.into());
    }
    cast(host, caller, id, &validators, support)?;
    Ok(settle::count(host, id)?)
}

/// Votes for one validator of the caller's organisation.
///
/// # Errors
/// In this order: `NotAValidatorsAdmin`, `ProposalUnknown`, `ProposalDecided`, `ProposalExpired`, `NotYourValidator`, `VotedAlready`.
pub(super) fn vote_as(
    host: &mut dyn Host,
    caller: Address,
    (id, index): (u64, u64),
    support: bool,
) -> Result<(), Stop> {
    let elector = elector(host, caller)?;
    check_open(host, id)?;
    if !elector.validators.contains(&index) {
        return Err(Refusal::NotYourValidator.into());
    }
    if seats::has_voted(host, id, index)? {
        return Err(Refusal::VotedAlready.into());
    }
    cast(host, caller, id, &[index], support)?;
    Ok(settle::count(host, id)?)
}

/// A member that runs validators.
pub(super) struct Elector {
    pub(super) organisation: u32,
    /// Indexes of its active validators.
    pub(super) validators: Vec<u64>,
}

/// The member for whose validators an account proposes and votes.
///
/// # Errors
/// `NotAValidatorsAdmin`.
pub(super) fn elector(host: &mut dyn Host, caller: Address) -> Result<Elector, Stop> {
    let Some(organisation) = state::organisation_of(host, caller)? else {
        return Err(Refusal::NotAValidatorsAdmin.into());
    };
    let validators = seats::of_organisation(host, organisation.0)?;
    if validators.is_empty() {
        return Err(Refusal::NotAValidatorsAdmin.into());
    }
    Ok(Elector {
        organisation: organisation.0,
        validators,
    })
}

fn check_open(host: &mut dyn Host, id: u64) -> Result<(), Stop> {
    let (_, status) = proposals::load(host, id)?;
    match status {
        ProposalStatus::Open => Ok(()),
        ProposalStatus::Expired => Err(Refusal::ProposalExpired.into()),
        ProposalStatus::Accepted | ProposalStatus::Rejected | ProposalStatus::Failed => {
            Err(Refusal::ProposalDecided.into())
        }
    }
}

fn cast(
    host: &mut dyn Host,
    caller: Address,
    id: u64,
    validators: &[u64],
    support: bool,
) -> Result<(), Halt> {
    let state = &mut state::state(host);
    for index in validators {
        seats::cast(state, id, *index, support)?;
        state.emit(&Voted {
            proposal: id,
            validator: *index,
            support,
            by: caller,
        })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
