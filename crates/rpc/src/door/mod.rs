//! What an HTTP request passes before JSON-RPC or the vault sees it: origin, token, route.

mod body;
mod origin;
mod route;
mod vault;

use std::{net::IpAddr, sync::Arc};

use hyper::{
    HeaderMap, Request, StatusCode, Uri,
    body::Incoming,
    header::{AUTHORIZATION, CONTENT_TYPE, UPGRADE},
};
use jsonrpsee::{
    core::BoxError,
    server::{HttpBody, HttpResponse},
    types::ErrorObjectOwned,
};
use serde_json::json;
use tower::{Service as TowerService, ServiceExt};

use crate::{Refusal, login::TokenId, read::Visit, service::Service};
use route::Route;

/// Serves one HTTP request of a connection from `from`.
pub(crate) async fn enter<S>(
    service: Arc<Service>,
    rpc: S,
    from: IpAddr,
    mut request: Request<Incoming>,
) -> Result<HttpResponse, BoxError>
where
    S: TowerService<Request<HttpBody>, Response = HttpResponse, Error = BoxError>,
{
    let origin = match origin::check(&service.config.origins, request.headers()) {
        Ok(origin) => origin,
        Err(refusal) => return Ok(refused(refusal)),
    };
    if let Some(preflight) = origin::preflight(origin.as_ref(), request.method()) {
        return Ok(preflight);
    }
    let (path_token, path) = route::split_token(request.uri().path());
    let visit = Visit {
        from,
        token: bearer(request.headers()).or(path_token).map(TokenId::of),
        is_socket: request.headers().contains_key(UPGRADE),
    };
    let route = Route::of(path);
    let caller = match service.identify(&visit) {
        Ok(caller) => caller,
        Err(refusal) => return Ok(refused(refusal)),
    };
    // Nothing behind the door sees a token, nor logs one.
    request.headers_mut().remove(AUTHORIZATION);
    *request.uri_mut() = Uri::from_static("/");
    let response = match route {
        Ok(Route::Rpc) => {
            request.extensions_mut().insert(visit);
            call(&service, rpc, request).await?
        }
        Ok(Route::Blob(id)) => vault::serve(&service, &visit, caller, id, request).await,
        Err(refusal) => refused(refusal),
    };
    Ok(origin::open(origin, response))
}

/// Lets JSON-RPC answer. A body that trickles in, or a batch of slow calls, has its end.
async fn call<S>(
    service: &Service,
    rpc: S,
    request: Request<Incoming>,
) -> Result<HttpResponse, BoxError>
where
    S: TowerService<Request<HttpBody>, Response = HttpResponse, Error = BoxError>,
{
    let limits = &service.config.limits;
    let longest = limits.header_time + limits.call_time * 4;
    let answered = tokio::time::timeout(longest, async {
        match body::read(limits.request_bytes as usize, request).await {
            Ok(request) => rpc.oneshot(request).await,
            Err(refusal) => Ok(refused(refusal)),
        }
    });
    answered
        .await
        .unwrap_or_else(|_| Ok(refused(Refusal::TookTooLong)))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// A refusal of the whole request, in the form of a JSON-RPC error.
fn refused(refusal: Refusal) -> HttpResponse {
    let error = ErrorObjectOwned::from(refusal);
    let body = json!({ "jsonrpc": "2.0", "id": null, "error": error }).to_string();
    let status = StatusCode::from_u16(refusal.http_status()).expect("the table has valid statuses");
    respond(status, "application/json", HttpBody::from(body))
}

fn respond(status: StatusCode, kind: &'static str, body: HttpBody) -> HttpResponse {
    let mut response = HttpResponse::new(body);
    *response.status_mut() = status;
    let kind = hyper::header::HeaderValue::from_static(kind);
    response.headers_mut().insert(CONTENT_TYPE, kind);
    response
}
