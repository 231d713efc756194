//! A key puts another one in its own place.

use crate::{Client, Error, client::event};
use alloy_primitives::{Address, B256, Bytes};
use alloy_sol_types::SolStruct;
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    Refusal,
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
    /// The transaction; zero where only the successor could see that it is done.
    pub transaction: B256,
    /// The height of its block; zero likewise.
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
    /// From the block on in which it is done nodes let the old key in no more, so `successor`, a client of the new key, is asked then.
    ///
    /// # Errors
    /// `Refused`; those of [`Client::send`].
    pub async fn hand_over(
        &self,
        signed: &SignedSuccession,
        successor: &Client,
    ) -> Result<HandedOver, Error> {
        let call = handOverCall {
            successor: signed.successor,
            deadline: signed.deadline,
            signature: signed.signature.clone(),
        };
        let receipt = match self.send(RECOVERY, &call).await {
            Ok(receipt) => receipt,
            Err(error) if is_shut_out(&error) => {
                return match successor.succession(signed.account).await? {
                    Some(found) if found.successor == signed.successor => Ok(HandedOver {
                        announced: None,
                        transaction: B256::ZERO,
                        height: 0,
                    }),
                    Some(_) | None => Err(error),
                };
            }
            Err(error) => return Err(error),
        };
        let announced = event::<HandOverAnnounced>(&receipt, RECOVERY).ok();
        Ok(HandedOver {
            announced: announced.map(|event| event.from),
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}

/// Whether a node no longer lets this account in.
fn is_shut_out(error: &Error) -> bool {
    matches!(
        error,
        Error::LoginNeeded | Error::NotAllowed(_) | Error::Refused(Refusal::NotEnrolled)
    )
}
