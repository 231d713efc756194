//! The vault behind the RPC port.

use alloy_primitives::{Address, B256};
use async_trait::async_trait;
use futures::{StreamExt as _, stream};
use std::io;
use theriac_ledger::block::PublicKey;
use theriac_rpc::{Blob, ByteStream, Vault, VaultError, Wanted};
use theriac_vault::{ContentId, Mailbox, StoreError, VaultError as Failure};

/// Puts and gets through this node's vault.
pub(super) struct VaultDoor {
    pub(super) vault: Mailbox<PublicKey>,
}

#[async_trait]
impl Vault for VaultDoor {
    async fn put(&self, _caller: Address, id: B256, body: ByteStream) -> Result<(), VaultError> {
        let put = self.vault.put_stream(ContentId(id.0), body).await;
        put.map(|_| ()).map_err(told)
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
