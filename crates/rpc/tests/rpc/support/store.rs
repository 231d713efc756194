//! A vault in memory. A blob's id is its Keccak-256.

use std::collections::BTreeMap;

use alloy_primitives::{Address, B256, keccak256};
use async_trait::async_trait;
use futures::{StreamExt, TryStreamExt, stream};
use parking_lot::Mutex;
use serde_json::{Value, json};
use theriac_rpc::{Blob, ByteStream, Vault, VaultError, Wanted};

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

    async fn erasure(&self, record: B256) -> Result<Option<Value>, VaultError> {
        Ok((record == super::RECORD).then(|| json!({ "record": record })))
    }

    async fn status(&self) -> Result<Value, VaultError> {
        Ok(json!({ "blobs": self.blobs.lock().len() }))
    }

    async fn scrub(&self) -> Result<(), VaultError> {
        Ok(())
    }

    async fn get(&self, _caller: Address, id: B256, wanted: Wanted) -> Result<Blob, VaultError> {
        let bytes = self
            .blobs
            .lock()
            .get(&id)
            .cloned()
            .ok_or(VaultError::NotFound)?;
        let length = bytes.len() as u64;
        let range = match wanted {
            Wanted::All => 0..length,
            Wanted::From { first, last } => first..last.map_or(length, |last| length.min(last + 1)),
            Wanted::Last(count) => length.saturating_sub(count)..length,
        };
        if range.is_empty() {
            return Err(VaultError::OutOfRange { length });
        }
        let parts: Vec<_> = bytes[range.start as usize..range.end as usize]
            .chunks(1_000)
            .map(|part| Ok(part.to_vec().into()))
            .collect();
        Ok(Blob {
            length,
            range,
            body: stream::iter(parts).boxed(),
        })
    }
}
