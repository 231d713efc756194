//! A key puts another one in its own place.

use crate::{Client, Error, client::event};
use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::SolStruct;
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::RECOVERY,
    interfaces::IRecovery::{HandOverAnnounced, handOverCall, successionDigestCall},
    signing::{self, domain},
};

/// A successor's word that it takes the place of an account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedSuccession {
    /// The account.
    pub account: Address,
    /// Who takes its place.
    pub successor: Address,
    /// Unix seconds; at this time and later the signature no longer counts.
    pub deadline: u64,
    /// `r || s || v`.
    pub signature: Bytes,
}

/// What came of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HandedOver {
    /// Unix seconds from which the same call does it; `None` when it is done.
    pub announced: Option<u64>,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Signs, as this account, that it takes the place of another one. `chain` is a client of whom the node answers, for a successor is
    /// enrolled nowhere.
    ///
    /// # Errors
    /// `LedgerMismatch` where the contract would check other values; those of [`Client::call`].
    pub async fn sign_succession(
        &self,
        chain: &Client,
        account: Address,
        deadline: u64,
    ) -> Result<SignedSuccession, Error> {
        let successor = self.address();
        let succession = signing::Succession {
            account,
            successor,
            deadline,
        };
        let digest = succession.eip712_signing_hash(&domain(chain.chain_id().await?, RECOVERY));
        let call = successionDigestCall {
            account,
            successor,
            deadline,
        };
        if chain.call(RECOVERY, &call).await? != digest {
            return Err(Error::LedgerMismatch("succession digest"));
        }
        let signature = self.account()?.sign_digest(digest);
        Ok(SignedSuccession {
            account,
            successor,
            deadline,
            signature: signature.as_bytes().to_vec().into(),
        })
    }

    /// Puts a successor in the place of this account: at once, or, with guardians, announces it; the same call after their delay does it.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn hand_over(&self, signed: &SignedSuccession) -> Result<HandedOver, Error> {
        let call = handOverCall {
            successor: signed.successor,
            deadline: signed.deadline,
            signature: signed.signature.clone(),
        };
        let receipt = self.send(RECOVERY, &call).await?;
        let announced = event::<HandOverAnnounced>(&receipt, RECOVERY).ok();
        Ok(HandedOver {
            announced: announced.map(|event| event.from),
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}
