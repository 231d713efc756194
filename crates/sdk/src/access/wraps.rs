//! Wraps the secrets of records to the key of a reader, bound to one grant, purpose and expiry.

use crate::{Client, Error, records::Record};
use alloy_primitives::B256;
use theriac_contracts::codes::{Kind, Kinds, Protection, RecordStatus};
use theriac_envelope::{ContentId, Purpose, WrapContext, WrapEntry, WrapSet, wrap};

/// For whom and for what wraps are made.
pub(super) struct Terms {
    pub(super) chart: B256,
    /// One record, or zero for all of these kinds.
    pub(super) record: B256,
    pub(super) kinds: Kinds,
    pub(super) grant: B256,
    /// The code of the purpose.
    pub(super) purpose: &'static str,
    pub(super) expiry: u64,
    /// Content id of the reader's public key.
    pub(super) key: B256,
}

/// Unwraps the secrets of the records with direct protection under these terms, wraps them to the reader's key and puts the set into the vault.
/// Sealed records need no wrap: the keepers open them. Returns the set's content id and how many records the terms cover now.
///
/// # Errors
/// `Wrap` and `LedgerMismatch` where a secret does not open or is not that of the ledger; `Key`; those of the vault and of calls.
pub(super) async fn wrap_records(client: &Client, terms: &Terms) -> Result<(B256, usize), Error> {
    let reader = client.public_key(terms.key).await?;
    let purpose = Purpose::new(terms.purpose)?;
    let chain_id = client.chain_id().await?;
    let (mut entries, covered) = (Vec::new(), covered(client, terms).await?);
    let is_direct = |record: &&Record| record.protection == Protection::Direct.code();
    for record in covered.iter().filter(is_direct) {
        let secret = client.unwrap_own(record).await?;
        let context = WrapContext::to_controller(chain_id, record.id.0, record.version);
        let context = context.to_grantee(terms.grant.0, purpose, terms.expiry)?;
        let wrap = wrap(&secret, &reader, &context, &mut rand::rng())?;
        entries.push(WrapEntry {
            record: record.id.0,
            record_version: record.version,
            wrap,
        });
    }
    let ContentId(id) = client.put_blob(WrapSet::new(entries)?.encode()).await?;
    Ok((id.into(), covered.len()))
}

/// The current records that the terms cover.
async fn covered(client: &Client, terms: &Terms) -> Result<Vec<Record>, Error> {
    if !terms.record.is_zero() {
        return Ok(vec![client.record(terms.record).await?]);
    }
    let mut records = client.records(terms.chart).await?;
    let of_kind = |code| Kind::from_code(code).is_some_and(|kind| terms.kinds.covers(kind.bit()));
    records.retain(|record| record.status == RecordStatus::Current.code() && of_kind(record.kind));
    Ok(records)
}
