//! Blobs over HTTP: `PUT` and `GET` at `/vault/{id}`, for enrolled callers.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use alloy_primitives::{Address, B256};
use futures::{StreamExt, TryStreamExt};
use http_body_util::{BodyDataStream, LengthLimitError, Limited, StreamBody};
use hyper::{
    Method, Request, StatusCode,
    body::{Body, Frame, Incoming},
    header::{CONTENT_LENGTH, HeaderValue},
};
use jsonrpsee::{
    server::{HttpBody, HttpResponse},
    types::{ErrorCode, ErrorObjectOwned},
};
use serde_json::json;

use super::{refused, respond};
use crate::{
    Blob, ByteStream, Refusal, Vault, VaultError,
    answer::RpcError,
    read::{Caller, Visit},
    service::Service,
};

/// What a blob takes from the caller's rate, in cost units.
const COST: u32 = 10;

/// Serves a blob's route.
pub(super) async fn serve(
    service: &Service,
    visit: &Visit,
    caller: Caller,
    id: B256,
    request: Request<Incoming>,
) -> HttpResponse {
    let Some(vault) = &service.vault else {
        return refused(Refusal::RouteUnknown);
    };
    let account = match admit(service, visit, caller).await {
        Ok(account) => account,
        Err(RpcError::Refused(refusal)) => return refused(refusal),
        Err(error) => return failed(StatusCode::INTERNAL_SERVER_ERROR, error.into()),
    };
    match *request.method() {
        Method::PUT => put(service, vault.as_ref(), (account, id), request.into_body()).await,
        Method::GET => match vault.get(account, id).await {
            Ok(blob) => give(blob),
            Err(error) => vault_error(&error),
        },
        _ => respond(
            StatusCode::METHOD_NOT_ALLOWED,
            "text/plain",
            HttpBody::empty(),
        ),
    }
}

async fn admit(service: &Service, visit: &Visit, caller: Caller) -> Result<Address, RpcError> {
    service.spend(visit, caller, COST)?;
    service.require_enrolled(caller).await?;
    Ok(caller.account().ok_or(Refusal::LoginRequired)?)
}

async fn put(
    service: &Service,
    vault: &dyn Vault,
    (account, id): (Address, B256),
    body: Incoming,
) -> HttpResponse {
    let limits = &service.config.limits;
    if body.size_hint().lower() > limits.blob_bytes {
        return refused(Refusal::BlobTooLarge);
    }
    let too_large = Arc::new(AtomicBool::new(false));
    let stream = bounded(body, limits.blob_bytes, too_large.clone());
    let stored = tokio::time::timeout(limits.blob_time, vault.put(account, id, stream)).await;
    match stored {
        _ if too_large.load(Ordering::Relaxed) => refused(Refusal::BlobTooLarge),
        Ok(Ok(())) => respond(StatusCode::CREATED, "text/plain", HttpBody::empty()),
        Ok(Err(error)) => vault_error(&error),
        Err(_) => refused(Refusal::TookTooLong),
    }
}

/// The body as a stream that breaks off, and says so in `too_large`, beyond `limit` bytes.
fn bounded(body: Incoming, limit: u64, too_large: Arc<AtomicBool>) -> ByteStream {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    BodyDataStream::new(Limited::new(body, limit))
        .map_err(move |error| {
            if error.is::<LengthLimitError>() {
                too_large.store(true, Ordering::Relaxed);
            }
            io::Error::other(error)
        })
        .boxed()
}

fn give(blob: Blob) -> HttpResponse {
    let body = HttpBody::new(StreamBody::new(blob.body.map_ok(Frame::data)));
    let mut response = respond(StatusCode::OK, "application/octet-stream", body);
    let length = HeaderValue::from(blob.length);
    response.headers_mut().insert(CONTENT_LENGTH, length);
    response
}

fn vault_error(error: &VaultError) -> HttpResponse {
    let (status, name) = match error {
        VaultError::NotFound => (StatusCode::NOT_FOUND, "BlobUnknown"),
        VaultError::IdMismatch => (StatusCode::UNPROCESSABLE_ENTITY, "BlobIdMismatch"),
        VaultError::Broken => (StatusCode::BAD_REQUEST, "BlobBroken"),
        VaultError::Full => (StatusCode::INSUFFICIENT_STORAGE, "VaultFull"),
        VaultError::Erased => (StatusCode::GONE, "BlobErased"),
        VaultError::NotDurable => (StatusCode::SERVICE_UNAVAILABLE, "BlobNotDurable"),
        VaultError::Failure(cause) => {
            tracing::error!(?cause, "the vault could not answer");
            let error = ErrorObjectOwned::from(ErrorCode::InternalError);
            return failed(StatusCode::INTERNAL_SERVER_ERROR, error);
        }
    };
    let data = Some(json!({ "name": name }));
    failed(
        status,
        ErrorObjectOwned::owned(-32000, error.to_string(), data),
    )
}

fn failed(status: StatusCode, error: ErrorObjectOwned) -> HttpResponse {
    let body = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    respond(status, "application/json", HttpBody::from(body))
}
