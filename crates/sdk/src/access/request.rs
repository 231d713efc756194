//! Asks for access, under a one-time key whose private half stays with this client.

use crate::{
    Client, Error,
    account::{OneTimeKey, RequestKeys},
    client::event,
    random,
};
use alloy_primitives::B256;
use sha2::{Digest, Sha256};
use theriac_contracts::{
    addresses::ACCESS,
    codes::{Kinds, Purpose, RequestStatus},
    interfaces::IAccess,
};
use theriac_envelope::{ContentId, PrivateKey, Suite};
use zeroize::Zeroizing;

const REASON: &[u8] = b"theriac/access/reason/v1";

/// A request to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewRequest<'a> {
    /// The chart.
    pub chart: B256,
    /// One record, or `None` for the chart's records of these kinds.
    pub record: Option<B256>,
    /// Why, as HL7 codes it.
    pub purpose: Purpose,
    /// The kinds of record; empty for one record.
    pub kinds: Kinds,
    /// Why, in words: only a salted commitment leaves this client.
    pub reason: &'a str,
    /// Unix seconds at which request and grant end.
    pub expiry: u64,
}

/// A request that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Requested {
    /// Its identifier; a grant keeps it.
    pub request: B256,
    /// What the patient's rules said: pending, admitted or denied.
    pub status: RequestStatus,
    /// The content id of the one-time public key.
    pub key: B256,
    /// The transaction.
    pub transaction: B256,
    /// The height of its block.
    pub height: u64,
}

impl Client {
    /// Asks for access. The one-time key is in `keys` and its public half in the vault before the ledger names it.
    /// A denial by rule is an answer, not an error.
    ///
    /// # Errors
    /// `Refused`; `RequestKey`; those of [`Client::send`] and [`Client::put_blob`].
    pub async fn request_access(
        &self,
        new: NewRequest<'_>,
        keys: &RequestKeys,
    ) -> Result<Requested, Error> {
        let private = PrivateKey::generate(Suite::XWing, &mut rand::rng());
        let salt = random();
        let ContentId(key) = private.public_key().id();
        let kept = OneTimeKey {
            seed: Zeroizing::new(*private.expose_seed()),
            salt,
            reason: new.reason.to_owned(),
        };
        keys.put(self.account()?, key.into(), &kept)?;
        self.put_blob(private.public_key().encode()).await?;
        let call = IAccess::requestCall {
            chart: new.chart,
            record: new.record.unwrap_or_default(),
            purpose: new.purpose.code(),
            kinds: new.kinds.0,
            reason: commit_to_reason(&salt, new.reason),
            key: key.into(),
            expiry: new.expiry,
        };
        let receipt = self.send(ACCESS, &call).await?;
        let event: IAccess::Requested = event(&receipt, ACCESS)?;
        let status =
            RequestStatus::from_code(event.status).ok_or(Error::MalformedAnswer("status"))?;
        let (transaction, height) = (
            receipt.transaction_hash,
            receipt.block_number.unwrap_or_default(),
        );
        Ok(Requested {
            request: event.request,
            status,
            key: key.into(),
            transaction,
            height,
        })
    }
}

/// `SHA-256("theriac/access/reason/v1" || salt || reason)`.
pub(crate) fn commit_to_reason(salt: &[u8; 32], reason: &str) -> B256 {
    let hash = Sha256::new()
        .chain_update(REASON)
        .chain_update(salt)
        .chain_update(reason.as_bytes())
        .finalize();
    B256::from_slice(&hash)
}
