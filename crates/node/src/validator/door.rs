//! The vault behind the RPC port.

use super::orders::Orders;
use alloy_primitives::{Address, B256, Bytes, U64};
use async_trait::async_trait;
use commonware_codec::Encode as _;
use futures::{StreamExt as _, future, stream};
use serde_json::{Value, json};
use std::{io, sync::Arc};
use theriac_ledger::block::PublicKey;
use theriac_rpc::{Blob, ByteStream, Vault, VaultError, Wanted};
use theriac_vault::{ContentId, ErasureReceipt, Mailbox, StoreError, VaultError as Failure};

/// Puts and gets through this node's vault.
pub(super) struct VaultDoor {
    pub(super) vault: Mailbox<PublicKey>,
    pub(super) orders: Arc<Orders>,
}

#[async_trait]
impl Vault for VaultDoor {
    async fn put(&self, _caller: Address, id: B256, body: ByteStream) -> Result<(), VaultError> {
        let put = self.vault.put_stream(ContentId(id.0), body).await;
        put.map(|_| ()).map_err(told)
    }

    async fn erasure(&self, record: B256) -> Result<Option<Value>, VaultError> {
        let failure = |error: anyhow::Error| VaultError::Failure(error.into());
        let Some(order) = self.orders.of(record).map_err(failure)? else {
            return Ok(None);
        };
        // At the same time, since a member that is away is waited for with each.
        let asked = order.blobs.iter().map(|blob| {
            let (vault, id) = (self.vault.clone(), ContentId(blob.0));
            async move { vault.receipts(id).await }
        });
        let given = future::try_join_all(asked).await.map_err(told)?;
        let receipts: Vec<_> = given.iter().flatten().map(receipt).collect();
        let status = self.vault.status().await.map_err(told)?;
        Ok(Some(json!({
            "record": order.record,
            "chart": order.chart,
            "by": order.by,
            "height": U64::from(order.height),
            "blobs": order.blobs,
            "members": U64::from(status.members),
            "receipts": receipts,
        })))
    }

    async fn status(&self) -> Result<Value, VaultError> {
        let status = self.vault.status().await.map_err(told)?;
        let (usage, total) = (status.usage, status.total);
        let number = |number: u64| U64::from(number);
        Ok(json!({
            "blobs": number(usage.blobs),
            "shards": number(usage.shards),
            "bytes": number(usage.bytes),
            "reservedBytes": number(usage.reserved_bytes),
            "epoch": number(status.epoch),
            "members": number(status.members),
            "needed": number(status.needed),
            "scrubs": number(status.scrubs),
            "scrubbedAt": number(status.scrubbed_at),
            "checked": number(total.checked),
            "checkedBytes": number(total.checked_bytes),
            "damaged": number(total.damaged),
            "missing": number(total.missing),
            "repaired": number(total.repaired),
            "restoredBytes": number(total.restored_bytes),
            "failed": number(total.failed),
            "moved": number(total.moved),
        }))
    }

    async fn scrub(&self) -> Result<(), VaultError> {
        self.vault.begin_scrub().await.map_err(told)
    }

    async fn get(&self, _caller: Address, id: B256, wanted: Wanted) -> Result<Blob, VaultError> {
        let wanted = match wanted {
            Wanted::All => theriac_vault::Wanted::All,
            Wanted::From { first, last } => theriac_vault::Wanted::From { first, last },
            Wanted::Last(count) => theriac_vault::Wanted::Last(count),
        };
        let blob = self.vault.read(ContentId(id.0), wanted).await;
        let blob = blob.map_err(told)?;
        let parts = stream::unfold(blob.body, |mut body| async move {
            let part = body.recv().await?;
            Some((part.map_err(io::Error::other), body))
        });
        Ok(Blob {
            length: blob.content.length,
            range: blob.range,
            body: parts.boxed(),
        })
    }
}

fn receipt(receipt: &ErasureReceipt<PublicKey>) -> Value {
    json!({
        "member": B256::from_slice(&receipt.member.encode()),
        "blob": B256::from(receipt.id.0),
        "time": U64::from(receipt.time),
        "signature": Bytes::copy_from_slice(&receipt.signature),
    })
}

/// What a client is told of a failure.
fn told(failure: Failure) -> VaultError {
    match failure {
        Failure::NotFound { .. } => VaultError::NotFound,
        Failure::NotDurable { .. } => VaultError::NotDurable,
        Failure::ContentIdMismatch { .. } | Failure::Store(StoreError::Mismatch) => {
            VaultError::IdMismatch
        }
        Failure::Store(StoreError::Full { .. }) => VaultError::Full,
        Failure::Store(StoreError::Erased) => VaultError::Erased,
        Failure::Broken | Failure::Store(StoreError::TooLarge { .. }) => VaultError::Broken,
        Failure::OutOfRange { length } => VaultError::OutOfRange { length },
        Failure::CatchingUp => VaultError::CatchingUp,
        failure => VaultError::Failure(Box::new(failure)),
    }
}
