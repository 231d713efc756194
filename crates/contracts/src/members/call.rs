//! Functions of members by selector.

use alloy_primitives::Bytes;

use super::{
    organisation, parameters, proposals,
    propose::{Change, propose},
    schedule, settle, state, validators, vote,
};
use crate::{
    dispatch::{done, enter, mutating, returns},
    host::{Call, Host, Stop},
    interfaces::IMembers::{self, IMembersCalls},
};

pub(crate) fn call(host: &mut dyn Host, call: &Call<'_>) -> Result<Bytes, Stop> {
    match enter(host, call)? {
        IMembersCalls::proposeAdmit(c) => {
            let id = enter_change(host, call, &Change::Admit(c))?;
            returns::<IMembers::proposeAdmitCall>(host, &id)
        }
        IMembersCalls::proposeRemove(c) => {
            let id = enter_change(host, call, &Change::Remove(c))?;
            returns::<IMembers::proposeRemoveCall>(host, &id)
        }
        IMembersCalls::proposeAddValidator(c) => {
            let id = enter_change(host, call, &Change::AddValidator(c))?;
            returns::<IMembers::proposeAddValidatorCall>(host, &id)
        }
        IMembersCalls::proposeRemoveValidator(c) => {
            let id = enter_change(host, call, &Change::RemoveValidator(c))?;
            returns::<IMembers::proposeRemoveValidatorCall>(host, &id)
        }
        IMembersCalls::proposeQuota(c) => {
            let id = enter_change(host, call, &Change::Quota(c))?;
            returns::<IMembers::proposeQuotaCall>(host, &id)
        }
        IMembersCalls::proposeParameters(c) => {
            let id = enter_change(host, call, &Change::Parameters(c))?;
            returns::<IMembers::proposeParametersCall>(host, &id)
        }
        IMembersCalls::proposeUpgrade(c) => {
            let id = enter_change(host, call, &Change::Upgrade(c))?;
            returns::<IMembers::proposeUpgradeCall>(host, &id)
        }
        IMembersCalls::proposeMoveValidator(c) => {
            let id = enter_change(host, call, &Change::MoveValidator(c))?;
            returns::<IMembers::proposeMoveValidatorCall>(host, &id)
        }
        IMembersCalls::vote(c) => {
            mutating(call)?;
            done(vote::vote(host, call.caller, c.proposal, c.support))
        }
        IMembersCalls::voteAs(c) => {
            mutating(call)?;
            let place = (c.proposal, c.validator);
            done(vote::vote_as(host, call.caller, place, c.support))
        }
        IMembersCalls::settle(c) => {
            mutating(call)?;
            done(settle::settle(host, c.proposal))
        }
        IMembersCalls::proposal(c) => {
            let value = proposals::proposal(host, c.id)?;
            returns::<IMembers::proposalCall>(host, &value)
        }
        IMembersCalls::proposals(c) => {
            let value = proposals::proposals(host, c.from, c.limit)?;
            returns::<IMembers::proposalsCall>(host, &value)
        }
        IMembersCalls::openProposals(_) => {
            let value = proposals::open_proposals(host)?;
            returns::<IMembers::openProposalsCall>(host, &value)
        }
        IMembersCalls::votes(c) => {
            let value = proposals::votes(host, c.id)?;
            returns::<IMembers::votesCall>(host, &value)
        }
        IMembersCalls::validatorsMax(_) => {
            let value = state::VALIDATORS_MAX.load(&mut state::state(host))?;
            returns::<IMembers::validatorsMaxCall>(host, &value)
        }
        IMembersCalls::upgrade(_) => {
            let value = schedule::schedule(host)?;
            returns::<IMembers::upgradeCall>(host, &value)
        }
        IMembersCalls::organisation(c) => {
            let value = organisation::organisation(host, c.id)?;
            returns::<IMembers::organisationCall>(host, &value)
        }
        IMembersCalls::organisations(c) => {
            let value = organisation::organisations(host, c.from, c.limit)?;
            returns::<IMembers::organisationsCall>(host, &value)
        }
        IMembersCalls::organisationOf(c) => {
            let value = organisation::organisation_of(host, c.admin)?;
            returns::<IMembers::organisationOfCall>(host, &value)
        }
        IMembersCalls::validators(c) => {
            let value = validators::validators(host, c.from, c.limit)?;
            returns::<IMembers::validatorsCall>(host, &value)
        }
        IMembersCalls::quota(c) => {
            let value = parameters::quota(host, c.id)?;
            returns::<IMembers::quotaCall>(host, &value)
        }
        IMembersCalls::parameters(_) => {
            let value = parameters::parameters(host)?;
            returns::<IMembers::parametersCall>(host, &value)
        }
    }
}

fn enter_change(host: &mut dyn Host, call: &Call<'_>, change: &Change) -> Result<u64, Stop> {
    mutating(call)?;
    propose(host, call.caller, change)
}
