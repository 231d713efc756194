//! One of the changes, in calls, in state and in effect.

use alloy_sol_types::SolCall;

use super::{
    add_validator, admit, move_validator, remove, remove_validator, set_parameters, set_quota,
    upgrade,
};
use crate::{
    codes::ProposalKind,
    host::{Halt, Host, Stop},
    interfaces::IMembers::{
        proposeAddValidatorCall, proposeAdmitCall, proposeMoveValidatorCall, proposeParametersCall,
        proposeQuotaCall, proposeRemoveCall, proposeRemoveValidatorCall, proposeUpgradeCall,
    },
};

/// A change that is proposed, as the call that proposes it.
pub(in crate::members) enum Change {
    Admit(proposeAdmitCall),
    Remove(proposeRemoveCall),
    AddValidator(proposeAddValidatorCall),
    RemoveValidator(proposeRemoveValidatorCall),
    Quota(proposeQuotaCall),
    Parameters(proposeParametersCall),
    Upgrade(proposeUpgradeCall),
    MoveValidator(proposeMoveValidatorCall),
}

impl Change {
    pub(super) fn kind(&self) -> ProposalKind {
        match self {
            Self::Admit(_) => ProposalKind::Admit,
            Self::Remove(_) => ProposalKind::Remove,
            Self::AddValidator(_) => ProposalKind::AddValidator,
            Self::RemoveValidator(_) => ProposalKind::RemoveValidator,
            Self::Quota(_) => ProposalKind::Quota,
            Self::Parameters(_) => ProposalKind::Parameters,
            Self::Upgrade(_) => ProposalKind::Upgrade,
            Self::MoveValidator(_) => ProposalKind::MoveValidator,
        }
    }

    /// The arguments of the call, ABI-encoded; at most 320 bytes, since texts are bounded.
    pub(super) fn content(&self) -> Vec<u8> {
        match self {
            Self::Admit(call) => arguments(call),
            Self::Remove(call) => arguments(call),
            Self::AddValidator(call) => arguments(call),
            Self::RemoveValidator(call) => arguments(call),
            Self::Quota(call) => arguments(call),
            Self::Parameters(call) => arguments(call),
            Self::Upgrade(call) => arguments(call),
            Self::MoveValidator(call) => arguments(call),
        }
    }

    /// The change of a proposal in state.
    pub(in crate::members) fn decode(kind: ProposalKind, content: &[u8]) -> Option<Self> {
        Some(match kind {
            ProposalKind::Admit => Self::Admit(call(content)?),
            ProposalKind::Remove => Self::Remove(call(content)?),
            ProposalKind::AddValidator => Self::AddValidator(call(content)?),
            ProposalKind::RemoveValidator => Self::RemoveValidator(call(content)?),
            ProposalKind::Quota => Self::Quota(call(content)?),
            ProposalKind::Parameters => Self::Parameters(call(content)?),
            ProposalKind::Upgrade => Self::Upgrade(call(content)?),
            ProposalKind::MoveValidator => Self::MoveValidator(call(content)?),
        })
    }

    /// Whether the change is possible now.
    ///
    /// # Errors
    /// Those of its kind.
    pub(in crate::members) fn check(&self, host: &mut dyn Host) -> Result<(), Stop> {
        match self {
            Self::Admit(call) => admit::check(host, call),
            Self::Remove(call) => remove::check(host, call),
            Self::AddValidator(call) => add_validator::check(host, call),
            Self::RemoveValidator(call) => remove_validator::check(host, call),
            Self::Quota(call) => set_quota::check(host, call),
            Self::Parameters(call) => set_parameters::check(call),
            Self::Upgrade(call) => upgrade::check(host, call),
            Self::MoveValidator(call) => move_validator::check(host, call),
        }
    }

    /// Does what was checked.
    pub(in crate::members) fn apply(&self, host: &mut dyn Host) -> Result<(), Halt> {
        match self {
            Self::Admit(call) => admit::apply(host, call),
            Self::Remove(call) => remove::apply(host, call),
            Self::AddValidator(call) => add_validator::apply(host, call),
            Self::RemoveValidator(call) => remove_validator::apply(host, call),
            Self::Quota(call) => set_quota::apply(host, call),
            Self::Parameters(call) => set_parameters::apply(host, call),
            Self::Upgrade(call) => upgrade::apply(host, call),
            Self::MoveValidator(call) => move_validator::apply(host, call),
        }
    }
}

fn arguments<C: SolCall>(call: &C) -> Vec<u8> {
    let mut encoded = Vec::new();
    call.abi_encode_raw(&mut encoded);
    encoded
}

fn call<C: SolCall>(content: &[u8]) -> Option<C> {
    C::abi_decode_raw_validate(content).ok()
}
