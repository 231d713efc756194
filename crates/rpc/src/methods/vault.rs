//! The vault beside its blobs: receipts for erasing, how it is doing, scrubs.

use std::sync::Arc;

use alloy_primitives::B256;
use serde_json::{Value, json};

use super::{Call, proof::check_record};
use crate::{
    ChainFailure, Refusal, Vault, VaultError,
    answer::{Answer, RpcError, answer},
    params::{Argument, field},
};

/// Of a record that the caller may not read: not found, as of one that is not there.
pub(super) async fn erasure(mut call: Call) -> Answer {
    let Subject(record) = call.arguments.required("subject")?;
    call.arguments.check_finished()?;
    check_record(&call, record).await?;
    answer(&vault(&call)?.erasure(record).await.map_err(failed)?)
}

/// How the vault is doing.
pub(super) async fn status(call: Call) -> Answer {
    call.arguments.check_finished()?;
    answer(&vault(&call)?.status().await.map_err(failed)?)
}

/// Begins a scrub.
pub(super) async fn scrub(call: Call) -> Answer {
    call.arguments.check_finished()?;
    vault(&call)?.scrub().await.map_err(failed)?;
    answer(&json!(true))
}

fn vault(call: &Call) -> Result<Arc<dyn Vault>, RpcError> {
    Ok(call.service.vault.clone().ok_or(Refusal::NotFound)?)
}

fn failed(error: VaultError) -> RpcError {
    ChainFailure::new(error).into()
}

/// `{ record }`.
struct Subject(B256);

impl Argument for Subject {
    fn read(value: &Value) -> Result<Self, String> {
        let fields = value.as_object().ok_or("not an object")?;
        let record = field(fields, "record")?.ok_or("record: missing")?;
        Ok(Self(record))
    }
}
