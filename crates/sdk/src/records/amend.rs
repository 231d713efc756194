//! Replaces the content of a record with a new version, under a new key.

use super::{add::Stored, check_document, encrypt_for};
use crate::{Client, Error};
use alloy_primitives::B256;
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::RECORDS,
    codes::Protection,
    interfaces::IRecords::{amendCall, amendSealedCall},
};

/// A record that was amended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AmendedRecord {
    /// Its new version.
    pub version: u32,
    /// The salted commitment on the ledger.
    pub commitment: B256,
    /// The name of the new ciphertext.
    pub content_id: B256,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Amends a record; this account is its author, and its protection stays. Grants made before hold no wrap of the new version of a
    /// record with direct protection; a sealed one has a new seal.
    ///
    /// # Errors
    /// As [`Client::add_record`].
    pub async fn amend_record(
        &self,
        record: B256,
        document: &[u8],
    ) -> Result<AmendedRecord, Error> {
        check_document(document)?;
        let old = self.record(record).await?;
        let patient = self.chart(old.chart).await?.controller;
        let version = old.version + 1;
        let protection =
            Protection::from_code(old.protection).ok_or(Error::MalformedAnswer("protection"))?;
        let stored = encrypt_for(self, patient, (record, version), protection, document).await?;
        let receipt = self.send_amendment(record, &stored).await?;
        let height = receipt.block_number.unwrap_or_default();
        Ok(AmendedRecord {
            version,
            commitment: stored.commitment,
            content_id: stored.content_id,
            transaction: receipt.transaction_hash,
            height,
        })
    }

    async fn send_amendment(
        &self,
        record: B256,
        stored: &Stored,
    ) -> Result<TransactionReceipt, Error> {
        let (commitment, content_id) = (stored.commitment, stored.content_id);
        match stored.seal {
            Some((salt, sealed_key)) => {
                let call = amendSealedCall {
                    record,
                    commitment,
                    contentId: content_id,
                    wrapId: stored.wrap_id,
                    salt,
                    sealedKey: sealed_key,
                };
                self.send(RECORDS, &call).await
            }
            None => {
                let call = amendCall {
                    record,
                    commitment,
                    contentId: content_id,
                    wrapId: stored.wrap_id,
                };
                self.send(RECORDS, &call).await
            }
        }
    }
}
