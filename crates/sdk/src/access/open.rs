//! Opens a record under a grant: an entry on the ledger first, then fetched, checked and decrypted here. A sealed record opens
//! through its seal.

use super::Request;
use crate::{
    Client, Error,
    account::RequestKeys,
    records::{Document, decrypt},
};
use alloy_primitives::B256;
use theriac_contracts::{
    Refusal,
    addresses::ACCESS,
    codes::{Protection, Purpose, RequestStatus},
    interfaces::IAccess::openCall,
};
use theriac_envelope::{ContentId, PrivateKey, Suite, WrapContext, WrapSet, unwrap};

/// A record that was opened.
#[derive(Clone)]
pub struct Opened {
    /// The document and the ledger's entry of it.
    pub document: Document,
    /// The transaction that entered the opening into the chart's log.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Opens a record. That it will be admitted and that the key for it is at hand is checked before the opening is entered into the log.
    /// A sealed record is opened by the keepers, under a one-time key of its own.
    ///
    /// # Errors
    /// `Refused`: not granted, revoked, expired, not the grantee, not covered; `RequestKey` where this client has not the one-time key;
    /// `NotWrapped`; `LedgerMismatch`, `Wrap`, `Content` for what does not check; those of [`Client::open_sealed`], [`Client::send`] and
    /// [`Client::get_blob`].
    pub async fn open(
        &self,
        grant: B256,
        record: B256,
        keys: &RequestKeys,
    ) -> Result<Opened, Error> {
        let call = openCall { id: grant, record };
        match self.call(ACCESS, &call).await {
            Ok(_) => {}
            Err(Error::Refused(refusal)) if self.opens_by_seal(grant, record, refusal).await? => {
                return self.open_under(grant, record).await;
            }
            Err(error) => return Err(error),
        }
        let granted = self.access_request(grant).await?;
        let key = self.reading_key(granted.key, keys)?;
        let receipt = self.send(ACCESS, &call).await?;
        let document = self.unwrap_granted(&granted, record, &key).await?;
        let height = receipt.block_number.unwrap_or_default();
        Ok(Opened {
            document,
            transaction: receipt.transaction_hash,
            height,
        })
    }

    /// Whether what refuses is that the record is sealed, or that no wrap was given yet for what a rule has admitted.
    async fn opens_by_seal(
        &self,
        grant: B256,
        record: B256,
        refusal: Refusal,
    ) -> Result<bool, Error> {
        match refusal {
            Refusal::RecordIsSealed => Ok(true),
            Refusal::NotYetGranted => {
                let request = self.access_request(grant).await?;
                Ok(request.status == RequestStatus::Admitted.code()
                    && self.record(record).await?.protection == Protection::Sealed.code())
            }
            _ => Ok(false),
        }
    }

    async fn open_under(&self, grant: B256, record: B256) -> Result<Opened, Error> {
        let request = self.access_request(grant).await?;
        let purpose =
            Purpose::from_code(request.purpose).ok_or(Error::MalformedAnswer("purpose"))?;
        let mut opened = self
            .open_sealed(request.chart, &[record], purpose, Some(grant))
            .await?;
        let document = opened.documents.pop();
        Ok(Opened {
            document: document.ok_or(Error::MalformedAnswer("opening"))?,
            transaction: opened.transaction,
            height: opened.height,
        })
    }

    /// The private key of a request: its one-time key, or this account's own where it was granted unasked.
    fn reading_key(&self, key_id: B256, keys: &RequestKeys) -> Result<PrivateKey, Error> {
        let own = self.record_key()?;
        if own.public_key().id().0 == key_id.0 {
            return Ok(own);
        }
        let kept = keys.find(self.account()?, key_id)?;
        Ok(PrivateKey::from_seed(Suite::XWing, *kept.seed))
    }

    async fn unwrap_granted(
        &self,
        granted: &Request,
        record: B256,
        key: &PrivateKey,
    ) -> Result<Document, Error> {
        let entry = self.record(record).await?;
        let set = WrapSet::decode(&self.get_blob(ContentId(granted.wrap.0)).await?)?;
        let wrap = set
            .find(&record.0, entry.version)
            .ok_or(Error::NotWrapped)?;
        let purpose =
            Purpose::from_code(granted.purpose).ok_or(Error::MalformedAnswer("purpose"))?;
        let purpose = theriac_envelope::Purpose::new(purpose.word())?;
        let context = WrapContext::to_controller(self.chain_id().await?, record.0, entry.version);
        let context = context.to_grantee(granted.id.0, purpose, granted.expiry)?;
        let secret = unwrap(wrap, key, &context)?;
        decrypt(self, entry, &secret).await
    }
}
