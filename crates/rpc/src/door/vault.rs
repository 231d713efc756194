//! Blobs over HTTP: `PUT`, `GET` and `HEAD` at `/vault/{id}`, for enrolled callers. Bytes stream in and out.

mod bounded;
mod range;

use alloy_primitives::{Address, B256};
use futures::TryStreamExt;
use http_body_util::StreamBody;
use hyper::{
    Method, Request, StatusCode,
    body::{Body, Frame, Incoming},
    header::{ACCEPT_RANGES, CONTENT_LENGTH, CONTENT_RANGE, HeaderValue},
};
use jsonrpsee::{
    server::{HttpBody, HttpResponse},
    types::{ErrorCode, ErrorObjectOwned},
};
use serde_json::json;

use super::{refused, respond};
use crate::{
    Blob, Refusal, Vault, VaultError, Wanted,
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
    let wanted = range::wanted(request.headers());
    let method = request.method().clone();
    match method {
        Method::PUT => put(service, vault.as_ref(), (account, id), request.into_body()).await,
        Method::GET | Method::HEAD => match vault.get(account, id, wanted).await {
            Ok(blob) => give(blob, wanted, method == Method::HEAD),
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
    let (stream, fault) = bounded::bounded(body, limits);
    let stored = vault.put(account, id, stream).await;
    match (fault.get(), stored) {
        (Some(refusal), _) => refused(*refusal),
        (None, Ok(())) => respond(StatusCode::CREATED, "text/plain", HttpBody::empty()),
        (None, Err(error)) => vault_error(&error),
    }
}

/// All of a blob, or the part that was asked for. To HEAD the headers alone.
fn give(blob: Blob, wanted: Wanted, is_head: bool) -> HttpResponse {
    let Blob {
        length,
        range,
        body,
    } = blob;
    let status = match wanted {
        Wanted::All => StatusCode::OK,
        Wanted::From { .. } | Wanted::Last(_) => StatusCode::PARTIAL_CONTENT,
    };
    let body = match is_head {
        true => HttpBody::empty(),
        false => HttpBody::new(StreamBody::new(body.map_ok(Frame::data))),
    };
    let mut response = respond(status, "application/octet-stream", body);
    let headers = response.headers_mut();
    headers.insert(CONTENT_LENGTH, (range.end - range.start).into());
    headers.insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    if status == StatusCode::PARTIAL_CONTENT {
        headers.insert(CONTENT_RANGE, range::content_range(&range, length));
    }
    response
}

fn vault_error(error: &VaultError) -> HttpResponse {
    let (status, name) = match error {
        VaultError::OutOfRange { length } => return range::unsatisfiable(*length),
        VaultError::CatchingUp => (StatusCode::SERVICE_UNAVAILABLE, "VaultCatchingUp"),
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
