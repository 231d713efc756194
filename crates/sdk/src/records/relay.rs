//! An author's word that someone else brings to the ledger, such as a gateway for a physician.

use super::{
    AddedRecord, NewRecord,
    add::{Prepared, prepare},
};
use crate::{Client, Error};
use alloy_primitives::{Address, B256, Bytes};
use serde::{Deserialize, Serialize};
use theriac_contracts::{
    addresses::RECORDS,
    codes::Protection,
    interfaces::IRecords::{Authority, nonceCall, registerSealedSignedCall, registerSignedCall},
    signing::{Registration, SealedRegistration, domain},
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
    /// The salt of its seal and the name of the sealed key, where it is sealed; otherwise its protection is direct.
    pub seal: Option<(B256, B256)>,
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
        let prepared = prepare(self, new).await?;
        let signature = self.sign_registration(&prepared, nonce, deadline).await?;
        let Prepared {
            record,
            chart,
            kind,
            stored,
        } = prepared;
        Ok(SignedRegistration {
            record,
            chart,
            commitment: stored.commitment,
            content_id: stored.content_id,
            wrap_id: stored.wrap_id,
            ciphertext_bytes: stored.ciphertext_bytes,
            kind: kind.code(),
            seal: stored.seal,
            author,
            nonce,
            deadline,
            signature,
        })
    }

    async fn sign_registration(
        &self,
        prepared: &Prepared,
        nonce: u64,
        deadline: u64,
    ) -> Result<Bytes, Error> {
        let (account, domain) = (self.account()?, domain(self.chain_id().await?, RECORDS));
        let stored = &prepared.stored;
        let signature = match stored.seal {
            Some((salt, sealed_key)) => {
                let registration = SealedRegistration {
                    record: prepared.record,
                    chart: prepared.chart,
                    commitment: stored.commitment,
                    contentId: stored.content_id,
                    wrapId: stored.wrap_id,
                    kind: prepared.kind.code(),
                    salt,
                    sealedKey: sealed_key,
                    nonce,
                    deadline,
                };
                account.sign_typed(&registration, &domain)
            }
            None => {
                let registration = Registration {
                    record: prepared.record,
                    chart: prepared.chart,
                    commitment: stored.commitment,
                    contentId: stored.content_id,
                    wrapId: stored.wrap_id,
                    kind: prepared.kind.code(),
                    protection: Protection::Direct.code(),
                    nonce,
                    deadline,
                };
                account.sign_typed(&registration, &domain)
            }
        };
        Ok(signature.to_vec().into())
    }

    /// Brings a signed registration to the ledger, as whoever this account is.
    ///
    /// # Errors
    /// `Refused`: tampered with, replayed, too late; those of [`Client::send`].
    pub async fn relay_record(&self, signed: &SignedRegistration) -> Result<AddedRecord, Error> {
        let authority = Authority {
            author: signed.author,
            nonce: signed.nonce,
            deadline: signed.deadline,
            signature: signed.signature.clone(),
        };
        let receipt = match signed.seal {
            Some((salt, sealed_key)) => {
                let call = registerSealedSignedCall {
                    record: signed.record,
                    chart: signed.chart,
                    commitment: signed.commitment,
                    contentId: signed.content_id,
                    wrapId: signed.wrap_id,
                    kind: signed.kind,
                    salt,
                    sealedKey: sealed_key,
                    authority,
                };
                self.send(RECORDS, &call).await?
            }
            None => {
                let call = registerSignedCall {
                    record: signed.record,
                    chart: signed.chart,
                    commitment: signed.commitment,
                    contentId: signed.content_id,
                    wrapId: signed.wrap_id,
                    kind: signed.kind,
                    protection: Protection::Direct.code(),
                    authority,
                };
                self.send(RECORDS, &call).await?
            }
        };
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
