//! Adds a record: checked, encrypted and wrapped to the patient here, then registered.

use super::check_document;
use crate::{Client, Error, random};
use alloy_primitives::{Address, B256};
use theriac_contracts::{
    addresses::RECORDS,
    codes::{Kind, Protection},
    interfaces::IRecords::registerCall,
};
use theriac_envelope::{ContentId, Encrypted, WrapContext, encrypt, wrap};

/// The version with which a record begins.
const FIRST_VERSION: u32 = 1;

/// A document to be recorded.
#[derive(Clone, Copy, Debug)]
pub struct NewRecord<'a> {
    /// The chart.
    pub chart: B256,
    /// Who controls the chart, to whose key the data key is wrapped; `None` asks the ledger, which tells parties of the chart only.
    pub patient: Option<Address>,
    /// What everyone who sees the ledger may know about it.
    pub kind: Kind,
    /// The FHIR document as JSON; its bytes are recorded as they are.
    pub document: &'a [u8],
}

/// A record that was added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddedRecord {
    /// Its identifier.
    pub record: B256,
    /// The salted commitment on the ledger.
    pub commitment: B256,
    /// The name of the ciphertext in the vault.
    pub content_id: B256,
    /// The name of the data key's wrap to the patient.
    pub wrap_id: B256,
    /// Bytes of the ciphertext.
    pub ciphertext_bytes: u64,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

/// Content and wrap as they were put into the vault.
pub(crate) struct Stored {
    pub(crate) commitment: B256,
    pub(crate) content_id: B256,
    pub(crate) wrap_id: B256,
    pub(crate) ciphertext_bytes: u64,
}

impl Client {
    /// Adds a record. The ciphertext and the wrap are in the vault before the ledger names them.
    ///
    /// # Errors
    /// `Document` for one that is not taken, before anything is sent; `NoPublishedKey` of the patient; `Refused`; those of
    /// [`Client::send`] and [`Client::put_blob`].
    pub async fn add_record(&self, new: NewRecord<'_>) -> Result<AddedRecord, Error> {
        let (call, ciphertext_bytes) = prepare(self, new).await?;
        let receipt = self.send(RECORDS, &call).await?;
        Ok(AddedRecord {
            record: call.record,
            commitment: call.commitment,
            content_id: call.contentId,
            wrap_id: call.wrapId,
            ciphertext_bytes,
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}

/// Checks and encrypts a document, puts it into the vault, and returns its registration and the bytes of its ciphertext.
pub(super) async fn prepare(
    client: &Client,
    new: NewRecord<'_>,
) -> Result<(registerCall, u64), Error> {
    check_document(new.document)?;
    let patient = match new.patient {
        Some(patient) => patient,
        None => client.chart(new.chart).await?.controller,
    };
    let record = B256::new(random());
    let stored = encrypt_for(client, patient, (record, FIRST_VERSION), new.document).await?;
    let call = registerCall {
        record,
        chart: new.chart,
        commitment: stored.commitment,
        contentId: stored.content_id,
        wrapId: stored.wrap_id,
        kind: new.kind.code(),
        protection: Protection::Direct.code(),
    };
    Ok((call, stored.ciphertext_bytes))
}

/// Encrypts a document under a fresh key, wraps that key to the patient, and puts both into the vault.
pub(crate) async fn encrypt_for(
    client: &Client,
    patient: Address,
    (record, version): (B256, u32),
    document: &[u8],
) -> Result<Stored, Error> {
    let key = client.published_key(patient).await?;
    let chain_id = client.chain_id().await?;
    let Encrypted { ciphertext, secret } = encrypt(document, &mut rand::rng())?;
    let context = WrapContext::to_controller(chain_id, record.0, version);
    let wrapped = wrap(&secret, &key, &context, &mut rand::rng())?;
    let ciphertext_bytes = ciphertext.len() as u64;
    let ContentId(content_id) = client.put_blob(ciphertext).await?;
    let ContentId(wrap_id) = client.put_blob(wrapped.encode()).await?;
    let commitment = secret.commitment().0.into();
    Ok(Stored {
        commitment,
        content_id: content_id.into(),
        wrap_id: wrap_id.into(),
        ciphertext_bytes,
    })
}
