//! An author's word that someone else brings to the ledger, such as a gateway for a physician.

use super::{AddedRecord, NewRecord, add::prepare};
use crate::{Client, Error};
use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::RECORDS,
    interfaces::IRecords::{Authority, nonceCall, registerSignedCall},
    signing::{Registration, domain},
};

/// A registration with its author's signature; whoever has it may bring it to the ledger until its deadline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignedRegistration {
    /// The record.
    pub record: B256,
    /// Its chart.
    pub chart: B256,
    /// The salted commitment.
    pub commitment: B256,
    /// The name of the ciphertext.
    pub content_id: B256,
    /// The name of the data key's wrap to the patient.
    pub wrap_id: B256,
    /// Bytes of the ciphertext.
    pub ciphertext_bytes: u64,
    /// The code of the kind.
    pub kind: u8,
    /// The code of the protection.
    pub protection: u8,
    /// Who signed.
    pub author: Address,
    /// The author's number.
    pub nonce: u64,
    /// Unix seconds.
    pub deadline: u64,
    /// `r || s || v`.
    pub signature: Bytes,
}

impl Client {
    /// Encrypts a document and signs its registration as this account, without sending it. Ciphertext and wrap are in the vault.
    ///
    /// # Errors
    /// As [`Client::add_record`].
    pub async fn sign_record(
        &self,
        new: NewRecord<'_>,
        deadline: u64,
    ) -> Result<SignedRegistration, Error> {
        let author = self.account()?.address();
        let nonce = self.call(RECORDS, &nonceCall { author }).await?;
        let (call, ciphertext_bytes) = prepare(self, new).await?;
        let registration = Registration {
            record: call.record,
            chart: call.chart,
            commitment: call.commitment,
            contentId: call.contentId,
            wrapId: call.wrapId,
            kind: call.kind,
            protection: call.protection,
            nonce,
            deadline,
        };
        let signature = self
            .account()?
            .sign_typed(&registration, &domain(self.chain_id().await?, RECORDS));
        Ok(SignedRegistration {
            record: call.record,
            chart: call.chart,
            commitment: call.commitment,
            content_id: call.contentId,
            wrap_id: call.wrapId,
            ciphertext_bytes,
            kind: call.kind,
            protection: call.protection,
            author,
            nonce,
            deadline,
            signature: signature.to_vec().into(),
        })
    }

    /// Brings a signed registration to the ledger, as whoever this account is.
    ///
    /// # Errors
    /// `Refused`: tampered with, replayed, too late; those of [`Client::send`].
    pub async fn relay_record(&self, signed: &SignedRegistration) -> Result<AddedRecord, Error> {
        let SignedRegistration {
            author,
            nonce,
            deadline,
            ..
        } = *signed;
        let call = registerSignedCall {
            record: signed.record,
            chart: signed.chart,
            commitment: signed.commitment,
            contentId: signed.content_id,
            wrapId: signed.wrap_id,
            kind: signed.kind,
            protection: signed.protection,
            authority: Authority {
                author,
                nonce,
                deadline,
                signature: signed.signature.clone(),
            },
        };
        let receipt = self.send(RECORDS, &call).await?;
        Ok(AddedRecord {
            record: signed.record,
            commitment: signed.commitment,
            content_id: signed.content_id,
            wrap_id: signed.wrap_id,
            ciphertext_bytes: signed.ciphertext_bytes,
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}
