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
        match self.vault.put(Some(ContentId(id.0)), bytes).await {
            Ok(_) => Ok(()),
            Err(Failure::ContentIdMismatch { .. }) => Err(VaultError::IdMismatch),
            Err(Failure::Store(StoreError::Full { .. })) => Err(VaultError::Full),
            Err(failure) => Err(VaultError::Failure(Box::new(failure))),
        }
    }

    async fn get(&self, _caller: Address, id: B256) -> Result<Blob, VaultError> {
        match self.vault.get(ContentId(id.0)).await {
            Ok(bytes) => Ok(Blob {
                length: bytes.len() as u64,
                body: stream::once(async move { Ok(bytes) }).boxed(),
            }),
            Err(Failure::NotFound { .. }) => Err(VaultError::NotFound),
            Err(failure) => Err(VaultError::Failure(Box::new(failure))),
        }
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
