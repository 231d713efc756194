//! The patient's word: what she signs, in fields that she can read.

use crate::{Client, Error};
use alloy_primitives::{Address, B256, Bytes, U256};
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::ACCESS,
    interfaces::IAccess::{approvalDigestCall, approvalFieldsCall},
    signing::domain,
};

pub use theriac_contracts::signing::Approval;

/// An approval with its signature; whoever has it may bring it to the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedApproval {
    /// The request.
    pub request: B256,
    /// Who asked.
    pub requester: Address,
    /// The organisation's name, as signed.
    pub organisation: String,
    /// The code of the purpose, as signed.
    pub purpose: String,
    /// The kinds of record, as signed.
    pub kinds: String,
    /// Unix seconds at which the grant ends.
    pub expiry: u64,
    /// Content id of the wrap set made for the request's one-time key.
    pub wrap: B256,
    /// Used once.
    pub nonce: U256,
    /// Who signed in place of the controller, where a delegate did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegate: Option<Address>,
    /// `r || s || v`.
    pub signature: Bytes,
}

impl Client {
    /// The fields that an approval of this request says, for showing them before anything is decided. Wrap and nonce are zero.
    ///
    /// # Errors
    /// `Refused` for whom is neither requester nor controller; those of [`Client::call`].
    pub async fn approval_fields(&self, request: B256) -> Result<Approval, Error> {
        let fields = self
            .call(ACCESS, &approvalFieldsCall { id: request })
            .await?;
        Ok(Approval {
            organisation: fields.organisation,
            purpose: fields.purpose,
            kinds: fields.kinds,
            expiry: fields.expiry,
            request,
            requester: fields.requester,
            wrap: B256::ZERO,
            nonce: U256::ZERO,
        })
    }

    /// Signs an approval as this account. What is signed is hashed here, and compared with what the contract says it hashes.
    ///
    /// # Errors
    /// `LedgerMismatch` where the node shows other fields than the contract would check; those of [`Client::call`].
    pub async fn sign_approval(&self, approval: Approval) -> Result<SignedApproval, Error> {
        use alloy_sol_types::SolStruct;
        let digest = approval.eip712_signing_hash(&domain(self.chain_id().await?, ACCESS));
        let call = approvalDigestCall {
            id: approval.request,
            wrap: approval.wrap,
            nonce: approval.nonce,
        };
        if self.call(ACCESS, &call).await? != digest {
            return Err(Error::LedgerMismatch("approval digest"));
        }
        let signature = self
            .account()?
            .sign_digest(digest)
            .as_bytes()
            .to_vec()
            .into();
        let Approval {
            organisation,
            purpose,
            kinds,
            expiry,
            request,
            requester,
            wrap,
            nonce,
        } = approval;
        Ok(SignedApproval {
            request,
            requester,
            organisation,
            purpose,
            kinds,
            expiry,
            wrap,
            nonce,
            delegate: None,
            signature,
        })
    }
}
