//! Adds a record: checked, encrypted and wrapped to the patient here, then registered.

use super::check_document;
use crate::seals::seal_for;
use crate::{Client, Error, random};
use alloy_primitives::{Address, B256};
use alloy_rpc_types_eth::TransactionReceipt;
use theriac_contracts::{
    addresses::RECORDS,
    codes::{Kind, Protection},
    interfaces::IRecords::{registerCall, registerSealedCall},
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
    /// Sealed: the patient, whoever she or her rules admit, and a quorum of the network's members together could ever read it. Direct:
    /// the patient and those for whom her own client wraps the key, nobody else.
    pub protection: Protection,
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

/// Content, wrap and seal as they were put into the vault.
pub(crate) struct Stored {
    pub(crate) commitment: B256,
    pub(crate) content_id: B256,
    pub(crate) wrap_id: B256,
    pub(crate) ciphertext_bytes: u64,
    /// Salt and sealed blob, where the record is sealed.
    pub(crate) seal: Option<(B256, B256)>,
}

/// A record that is encrypted and not registered yet.
pub(super) struct Prepared {
    pub(super) record: B256,
    pub(super) chart: B256,
    pub(super) kind: Kind,
    pub(super) stored: Stored,
}

impl Client {
    /// Adds a record. The ciphertext and the wrap are in the vault before the ledger names them.
    ///
    /// # Errors
    /// `Document` for one that is not taken, before anything is sent; `NoPublishedKey` of the patient; `Refused`; those of
    /// [`Client::send`] and [`Client::put_blob`].
    pub async fn add_record(&self, new: NewRecord<'_>) -> Result<AddedRecord, Error> {
        let prepared = prepare(self, new).await?;
        let receipt = prepared.register(self).await?;
        let Stored {
            commitment,
            content_id,
            wrap_id,
            ciphertext_bytes,
            ..
        } = prepared.stored;
        Ok(AddedRecord {
            record: prepared.record,
            commitment,
            content_id,
            wrap_id,
            ciphertext_bytes,
            transaction: receipt.transaction_hash,
            height: receipt.block_number.unwrap_or_default(),
        })
    }
}

impl Prepared {
    async fn register(&self, client: &Client) -> Result<TransactionReceipt, Error> {
        let Stored {
            commitment,
            content_id,
            wrap_id,
            ..
        } = self.stored;
        match self.stored.seal {
            Some((salt, sealed_key)) => {
                let call = registerSealedCall {
                    record: self.record,
                    chart: self.chart,
                    commitment,
                    contentId: content_id,
                    wrapId: wrap_id,
                    kind: self.kind.code(),
                    salt,
                    sealedKey: sealed_key,
                };
                client.send(RECORDS, &call).await
            }
            None => {
                let call = registerCall {
                    record: self.record,
                    chart: self.chart,
                    commitment,
                    contentId: content_id,
                    wrapId: wrap_id,
                    kind: self.kind.code(),
                    protection: Protection::Direct.code(),
                };
                client.send(RECORDS, &call).await
            }
        }
    }
}

/// Checks and encrypts a document and puts it into the vault.
pub(super) async fn prepare(client: &Client, new: NewRecord<'_>) -> Result<Prepared, Error> {
    check_document(new.document)?;
    let patient = match new.patient {
        Some(patient) => patient,
        None => client.chart(new.chart).await?.controller,
    };
    let record = B256::new(random());
    let version = (record, FIRST_VERSION);
    let stored = encrypt_for(client, patient, version, new.protection, new.document).await?;
    Ok(Prepared {
        record,
        chart: new.chart,
        kind: new.kind,
        stored,
    })
}

/// Encrypts a document under a fresh key, wraps that key to the patient, seals it where that is wanted, and puts all into the vault.
pub(crate) async fn encrypt_for(
    client: &Client,
    patient: Address,
    (record, version): (B256, u32),
    protection: Protection,
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
    let seal = match protection {
        Protection::Sealed => Some(seal_for(client, patient, (record, version), &secret).await?),
        Protection::Direct => None,
    };
    Ok(Stored {
        commitment: secret.commitment().0.into(),
        content_id: content_id.into(),
        wrap_id: wrap_id.into(),
        ciphertext_bytes,
        seal: seal.map(|seal| (seal.salt, seal.sealed_key)),
    })
}
