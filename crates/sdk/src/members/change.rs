//! A change that is proposed, as its proposer calls it and as voters read it.

use crate::Error;
use alloy_primitives::{Address, B256};
use alloy_sol_types::SolCall;
use theriac_contracts::{
    OrganisationKind,
    codes::ProposalKind,
    interfaces::IMembers::{
        Parameters, proposeAddValidatorCall, proposeAdmitCall, proposeMoveValidatorCall,
        proposeParametersCall, proposeQuotaCall, proposeRemoveCall, proposeRemoveValidatorCall,
        proposeUpgradeCall,
    },
};

/// What the validators vote on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// To admit an organisation.
    Admit {
        /// Its public name, 1 to 64 bytes.
        name: String,
        /// What it is.
        kind: OrganisationKind,
        /// The account that enrols its people.
        admin: Address,
        /// Gas that its accounts may use together in one block.
        gas_per_block: u64,
    },
    /// To remove an organisation.
    Remove {
        /// Its identifier.
        organisation: u32,
    },
    /// To add a validator.
    AddValidator {
        /// Its Ed25519 public key.
        identity: B256,
        /// The organisation that runs it.
        organisation: u32,
        /// The address of its peer-to-peer door, `10.0.0.1:9000` or `[2001:db8::1]:9000`.
        location: String,
    },
    /// To remove a validator.
    RemoveValidator {
        /// Its Ed25519 public key.
        identity: B256,
    },
    /// To set an organisation's quota.
    Quota {
        /// Its identifier.
        organisation: u32,
        /// Gas that its accounts may use together in one block.
        gas_per_block: u64,
    },
    /// To set the limits of the network, all of them.
    Parameters(Parameters),
    /// To follow another version of the protocol's rules.
    Upgrade {
        /// The version.
        version: u32,
        /// The first block that follows it.
        height: u64,
    },
    /// To reach a validator at another address.
    MoveValidator {
        /// Its Ed25519 public key.
        identity: B256,
        /// As in [`Change::AddValidator`].
        location: String,
    },
}

impl Change {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> ProposalKind {
        match self {
            Self::Admit { .. } => ProposalKind::Admit,
            Self::Remove { .. } => ProposalKind::Remove,
            Self::AddValidator { .. } => ProposalKind::AddValidator,
            Self::RemoveValidator { .. } => ProposalKind::RemoveValidator,
            Self::Quota { .. } => ProposalKind::Quota,
            Self::Parameters(_) => ProposalKind::Parameters,
            Self::Upgrade { .. } => ProposalKind::Upgrade,
            Self::MoveValidator { .. } => ProposalKind::MoveValidator,
        }
    }

    /// Reads the content of a proposal; `None` for a kind that is not of this version.
    ///
    /// # Errors
    /// `MalformedAnswer` for content that is not of its kind.
    pub(super) fn decode(kind: u8, content: &[u8]) -> Result<Option<Self>, Error> {
        ProposalKind::from_code(kind)
            .map(|kind| Self::of_kind(kind, content))
            .transpose()
    }

    fn of_kind(kind: ProposalKind, content: &[u8]) -> Result<Self, Error> {
        Ok(match kind {
            ProposalKind::Admit => {
                let call: proposeAdmitCall = arguments(content)?;
                Self::Admit {
                    name: call.name,
                    kind: OrganisationKind::from_code(call.kind)
                        .ok_or(Error::MalformedAnswer("proposal"))?,
                    admin: call.admin,
                    gas_per_block: call.gasPerBlock,
                }
            }
            ProposalKind::Remove => {
                let proposeRemoveCall { organisation } = arguments(content)?;
                Self::Remove { organisation }
            }
            ProposalKind::AddValidator => {
                let call: proposeAddValidatorCall = arguments(content)?;
                Self::AddValidator {
                    identity: call.identity,
                    organisation: call.organisation,
                    location: call.location,
                }
            }
            ProposalKind::RemoveValidator => {
                let proposeRemoveValidatorCall { identity } = arguments(content)?;
                Self::RemoveValidator { identity }
            }
            ProposalKind::Quota => {
                let call: proposeQuotaCall = arguments(content)?;
                Self::Quota {
                    organisation: call.organisation,
                    gas_per_block: call.gasPerBlock,
                }
            }
            ProposalKind::Parameters => {
                let proposeParametersCall { parameters } = arguments(content)?;
                Self::Parameters(parameters)
            }
            ProposalKind::Upgrade => {
                let proposeUpgradeCall { version, height } = arguments(content)?;
                Self::Upgrade { version, height }
            }
            ProposalKind::MoveValidator => {
                let proposeMoveValidatorCall { identity, location } = arguments(content)?;
                Self::MoveValidator { identity, location }
            }
        })
    }
}

fn arguments<C: SolCall>(content: &[u8]) -> Result<C, Error> {
    C::abi_decode_raw_validate(content).map_err(|_| Error::MalformedAnswer("proposal"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_of_a_kind_that_is_not_known_is_none_whatever_its_content() {
        for (kind, content) in [(0, &[][..]), (9, &[7; 64]), (255, &[7; 3])] {
            assert_eq!(Change::decode(kind, content).unwrap(), None, "{kind}");
        }
    }

    #[test]
    fn content_of_another_kind_or_cut_short_is_no_change() {
        let call = proposeUpgradeCall {
            version: 2,
            height: 500,
        };
        let content = &call.abi_encode()[4..];
        let upgrade = Change::Upgrade {
            version: 2,
            height: 500,
        };
        let code = ProposalKind::Upgrade.code();
        assert_eq!(Change::decode(code, content).unwrap(), Some(upgrade));
        for (kind, content) in [(1, content), (code, &content[1..])] {
            let wrong = Change::decode(kind, content);
            assert!(matches!(wrong, Err(Error::MalformedAnswer(_))), "{kind}");
        }
    }
}
