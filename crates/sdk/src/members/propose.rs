//! Proposes a change, as the admin account of an organisation that runs a validator.

use super::Change;
use crate::{Client, Error, client::event};
use alloy_primitives::B256;
use theriac_contracts::{
    addresses::MEMBERS,
    interfaces::IMembers::{
        Proposed, proposeAddValidatorCall, proposeAdmitCall, proposeMoveValidatorCall,
        proposeParametersCall, proposeQuotaCall, proposeRemoveCall, proposeRemoveValidatorCall,
        proposeUpgradeCall,
    },
};

/// A proposal that was entered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// Its number.
    pub proposal: u64,
    /// Unix seconds from which on no vote is taken.
    pub deadline: u64,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Proposes a change. It is no vote: vote for it too.
    ///
    /// # Errors
    /// `Refused`: this account does not speak for a validator, or the change is not possible; those of [`Client::send`].
    pub async fn propose(&self, change: Change) -> Result<Submitted, Error> {
        let receipt = match change {
            Change::Admit {
                name,
                kind,
                admin,
                gas_per_block,
            } => {
                let call = proposeAdmitCall {
                    name,
                    kind: kind.code(),
                    admin,
                    gasPerBlock: gas_per_block,
                };
                self.send(MEMBERS, &call).await
            }
            Change::Remove { organisation } => {
                self.send(MEMBERS, &proposeRemoveCall { organisation })
                    .await
            }
            Change::AddValidator {
                identity,
                organisation,
                location,
            } => {
                let call = proposeAddValidatorCall {
                    identity,
                    organisation,
                    location,
                };
                self.send(MEMBERS, &call).await
            }
            Change::RemoveValidator { identity } => {
                self.send(MEMBERS, &proposeRemoveValidatorCall { identity })
                    .await
            }
            Change::Quota {
                organisation,
                gas_per_block,
            } => {
                let call = proposeQuotaCall {
                    organisation,
                    gasPerBlock: gas_per_block,
                };
                self.send(MEMBERS, &call).await
            }
            Change::Parameters(parameters) => {
                self.send(MEMBERS, &proposeParametersCall { parameters })
                    .await
            }
            Change::Upgrade { version, height } => {
                self.send(MEMBERS, &proposeUpgradeCall { version, height })
                    .await
            }
            Change::MoveValidator { identity, location } => {
                let call = proposeMoveValidatorCall { identity, location };
                self.send(MEMBERS, &call).await
            }
        }?;
        let proposed: Proposed = event(&receipt, MEMBERS)?;
        Ok(Submitted {
            proposal: proposed.proposal,
            deadline: proposed.deadline,
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}
