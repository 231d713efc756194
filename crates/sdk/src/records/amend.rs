//! Replaces the content of a record with a new version, under a new key.

use super::{add::Stored, check_document, encrypt_for};
use crate::{Client, Error};
use alloy_primitives::B256;
use theriac_contracts::{addresses::RECORDS, interfaces::IRecords::amendCall};

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
    /// Amends a record; this account is its author. Grants made before hold no wrap of the new version.
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
        let Stored {
            commitment,
            content_id,
            wrap_id,
            ..
        } = encrypt_for(self, patient, (record, version), document).await?;
        let call = amendCall {
            record,
            commitment,
            contentId: content_id,
            wrapId: wrap_id,
        };
        let receipt = self.send(RECORDS, &call).await?;
        let height = receipt.block_number.unwrap_or_default();
        Ok(AmendedRecord {
            version,
            commitment,
            content_id,
            transaction: receipt.transaction_hash,
            height,
        })
    }
}
