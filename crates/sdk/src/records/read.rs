//! Reads a record's document: fetched, checked against the ledger, decrypted.

use super::Record;
use crate::{Client, Error};
use alloy_primitives::B256;
use theriac_contracts::Refusal;
use theriac_envelope::{
    ContentId, PrivateKey, RecordSecret, Suite, Wrap, WrapContext, WrapError, unwrap,
};
use zeroize::Zeroizing;

/// A document that was read; erased from memory when dropped.
#[derive(Clone)]
pub struct Document {
    /// The ledger's entry under which it was read.
    pub record: Record,
    /// Its bytes, as the author recorded them.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl Client {
    /// Reads a record of a chart that this account controls. It needs no grant and leaves no entry.
    ///
    /// # Errors
    /// `Refused` for whom does not control the chart; `Wrap`, `LedgerMismatch`; those of [`Client::get_blob`].
    pub async fn read_record(&self, record: B256) -> Result<Document, Error> {
        let entry = self.record(record).await?;
        let secret = self.unwrap_own(&entry).await?;
        decrypt(self, entry, &secret).await
    }

    /// The secret of a record of this account's chart, checked against the ledger.
    pub(crate) async fn unwrap_own(&self, entry: &Record) -> Result<RecordSecret, Error> {
        let blob = self.get_blob(ContentId(entry.wrapId.0)).await?;
        let context = WrapContext::to_controller(self.chain_id().await?, entry.id.0, entry.version);
        let secret = match unwrap(&Wrap::decode(&blob)?, &self.record_key()?, &context) {
            Err(WrapError::DoesNotOpen) => return Err(self.why_closed(entry).await?),
            outcome => outcome?,
        };
        check_secret(entry, &secret)?;
        Ok(secret)
    }

    /// Why a wrap to the controller does not open: this account is another, or the author wrapped to another key.
    async fn why_closed(&self, entry: &Record) -> Result<Error, Error> {
        let controller = self.chart(entry.chart).await?.controller;
        Ok(if controller == self.address() {
            WrapError::DoesNotOpen.into()
        } else {
            Refusal::NotTheController.into()
        })
    }

    /// The key with which others wrap records to this account.
    pub(crate) fn record_key(&self) -> Result<PrivateKey, Error> {
        Ok(PrivateKey::from_account_key(
            Suite::XWing,
            &self.account()?.secret_bytes(),
        ))
    }
}

/// Fetches and decrypts the content that the ledger names.
pub(crate) async fn decrypt(
    client: &Client,
    record: Record,
    secret: &RecordSecret,
) -> Result<Document, Error> {
    check_secret(&record, secret)?;
    let ciphertext = client.get_blob(ContentId(record.contentId.0)).await?;
    let bytes = theriac_envelope::decrypt(&ciphertext, secret)?;
    Ok(Document { record, bytes })
}

/// The secret must be that of exactly the content to which the author committed on the ledger.
fn check_secret(record: &Record, secret: &RecordSecret) -> Result<(), Error> {
    if secret.content_id().0 != record.contentId.0 {
        return Err(Error::LedgerMismatch("content id"));
    }
    if secret.commitment().0 != record.commitment.0 {
        return Err(Error::LedgerMismatch("commitment"));
    }
    Ok(())
}
