//! The vault behind the RPC port.

use alloy_primitives::{Address, B256};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};
use futures::{StreamExt as _, stream};
use theriac_rpc::{Blob, ByteStream, Vault, VaultError};
use theriac_vault::{ContentId, Mailbox, StoreError, VaultError as Failure};

/// Puts and gets through this node's vault.
pub(super) struct VaultDoor {
    pub(super) vault: Mailbox,
    pub(super) blob_bytes: u64,
}

#[async_trait]
impl Vault for VaultDoor {
    async fn put(&self, _caller: Address, id: B256, body: ByteStream) -> Result<(), VaultError> {
        let bytes = self.collect(body).await?;
        let put = self.vault.put(Some(ContentId(id.0)), bytes).await;
        put.map(|_| ()).map_err(told)
    }

    async fn get(&self, _caller: Address, id: B256) -> Result<Blob, VaultError> {
        let bytes = self.vault.get(ContentId(id.0)).await.map_err(told)?;
        Ok(Blob {
            length: bytes.len() as u64,
            body: stream::once(async move { Ok(bytes) }).boxed(),
        })
    }
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
        Failure::Store(StoreError::TooLarge { .. }) => VaultError::Broken,
        failure => VaultError::Failure(Box::new(failure)),
    }
}

impl VaultDoor {
    async fn collect(&self, mut body: ByteStream) -> Result<Bytes, VaultError> {
        let mut bytes = BytesMut::new();
        while let Some(part) = body.next().await {
            let part = part.map_err(|_| VaultError::Broken)?;
            if (bytes.len() + part.len()) as u64 > self.blob_bytes {
                return Err(VaultError::Broken);
            }
            bytes.extend_from_slice(&part);
        }
        Ok(bytes.freeze())
    }
}
