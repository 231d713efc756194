//! A vault in memory. A blob's id is its Keccak-256.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, keccak256};
use async_trait::async_trait;
use futures::{StreamExt, TryStreamExt, stream};
use parking_lot::Mutex;
use theriac_rpc::{Blob, ByteStream, Vault, VaultError};

#[derive(Default)]
pub(crate) struct MemoryVault {
    blobs: Mutex<BTreeMap<B256, Vec<u8>>>,
}

#[async_trait]
impl Vault for MemoryVault {
    async fn put(&self, _caller: Address, id: B256, body: ByteStream) -> Result<(), VaultError> {
        let parts: Vec<_> = body.try_collect().await.map_err(|_| VaultError::Broken)?;
        let bytes = parts.concat();
        if keccak256(&bytes) != id {
            return Err(VaultError::IdMismatch);
        }
        self.blobs.lock().insert(id, bytes);
        Ok(())
    }

    async fn get(&self, _caller: Address, id: B256) -> Result<Blob, VaultError> {
        let bytes = self
            .blobs
            .lock()
            .get(&id)
            .cloned()
            .ok_or(VaultError::NotFound)?;
        let length = bytes.len() as u64;
        let parts: Vec<_> = bytes
            .chunks(1_000)
            .map(|part| Ok(part.to_vec().into()))
            .collect();
        Ok(Blob {
            length,
            body: stream::iter(parts).boxed(),
        })
    }
}
