//! The patient approves: her client re-wraps the data keys and signs; anyone may bring that to the ledger.

use super::{
    Request, SignedApproval,
    wraps::{Terms, wrap_records},
};
use crate::{Client, Error, random};
use alloy_primitives::{B256, U256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    Refusal,
    addresses::ACCESS,
    codes::{Kinds, Purpose, RequestStatus},
    interfaces::IAccess::{approveSignedByDelegateCall, approveSignedCall, fulfilCall},
};

/// A request that was approved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Approved {
    /// The request, which is a grant now.
    pub request: B256,
    /// Content id of the wrap set.
    pub wrap: B256,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Approves a request of a chart that this account controls, or for whose controller it acts, and waits until that is final. What a
    /// rule admitted before is fulfilled.
    ///
    /// # Errors
    /// `Refused`: decided before, expired, not the controller; those of [`Client::prepare_approval`] and [`Client::send`].
    pub async fn approve(&self, request: B256) -> Result<Approved, Error> {
        let asked = self.access_request(request).await?;
        let (wrap, receipt) = match status(&asked)? {
            RequestStatus::Admitted => {
                let (wrap, _) = self.wraps(&asked).await?;
                (
                    wrap,
                    self.send(ACCESS, &fulfilCall { id: request, wrap }).await?,
                )
            }
            _ => {
                let approval = self.prepare_approval(request).await?;
                (approval.wrap, self.relay_approval(&approval).await?)
            }
        };
        let height = receipt.block_number.unwrap_or_default();
        Ok(Approved {
            request,
            wrap,
            transaction: receipt.transaction_hash,
            height,
        })
    }

    /// Makes and signs an approval without sending it: unwraps the data keys, wraps them to the request's one-time key, puts the
    /// wraps into the vault and signs.
    ///
    /// # Errors
    /// `Refused`: decided before, expired, not the controller; `Wrap`, `LedgerMismatch` for a record that cannot be wrapped.
    pub async fn prepare_approval(&self, request: B256) -> Result<SignedApproval, Error> {
        let asked = self.access_request(request).await?;
        if status(&asked)? != RequestStatus::Pending {
            return Err(Refusal::RequestDecided.into());
        }
        let (wrap, _) = self.wraps(&asked).await?;
        let mut approval = self.approval_fields(request).await?;
        approval.wrap = wrap;
        approval.nonce = U256::from_be_bytes(random::<32>());
        let mut signed = self.sign_approval(approval).await?;
        let controls = self.chart(asked.chart).await?.controller == self.address();
        signed.delegate = (!controls).then_some(self.address());
        Ok(signed)
    }

    /// The wraps for a request. Only the controller holds the keys of records with direct protection; a delegate has none to wrap.
    async fn wraps(&self, asked: &Request) -> Result<(B256, usize), Error> {
        let terms = terms(asked)?;
        match wrap_records(self, &terms).await {
            Err(Error::Refused(Refusal::NotTheController)) => {
                let purpose =
                    Purpose::from_code(asked.purpose).ok_or(Error::MalformedAnswer("purpose"))?;
                let acts = self.acts_for(asked.chart, terms.kinds, purpose).await?;
                Err(match acts {
                    true => Error::DirectProtection,
                    false => Refusal::NotTheController.into(),
                })
            }
            outcome => outcome,
        }
    }

    /// Brings a signed approval to the ledger, as whoever this account is.
    ///
    /// # Errors
    /// `Refused`: tampered with, replayed, decided before; those of [`Client::send`].
    pub async fn relay_approval(
        &self,
        approval: &SignedApproval,
    ) -> Result<TransactionReceipt, Error> {
        let SignedApproval {
            request,
            wrap,
            nonce,
            delegate,
            signature,
            ..
        } = approval.clone();
        if let Some(delegate) = delegate {
            let call = approveSignedByDelegateCall {
                id: request,
                delegate,
                wrap,
                nonce,
                signature,
            };
            return self.send(ACCESS, &call).await;
        }
        self.send(
            ACCESS,
            &approveSignedCall {
                id: request,
                wrap,
                nonce,
                signature,
            },
        )
        .await
    }
}

/// The status of a request that can still be approved.
fn status(request: &Request) -> Result<RequestStatus, Error> {
    match RequestStatus::from_code(request.status) {
        Some(status @ (RequestStatus::Pending | RequestStatus::Admitted)) => Ok(status),
        Some(RequestStatus::Expired) => Err(Refusal::RequestExpired.into()),
        Some(RequestStatus::Granted | RequestStatus::Denied | RequestStatus::Revoked) => {
            Err(Refusal::RequestDecided.into())
        }
        None => Err(Error::MalformedAnswer("status")),
    }
}

fn terms(request: &Request) -> Result<Terms, Error> {
    let purpose = Purpose::from_code(request.purpose).ok_or(Error::MalformedAnswer("purpose"))?;
    Ok(Terms {
        chart: request.chart,
        record: request.record,
        kinds: Kinds(request.kinds),
        grant: request.id,
        purpose: purpose.word(),
        expiry: request.expiry,
        key: request.key,
    })
}
