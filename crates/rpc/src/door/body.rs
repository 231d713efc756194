//! The body of a JSON-RPC request, before JSON-RPC reads it.

use http_body_util::{BodyExt, Full, Limited};
use hyper::{
    Method, Request,
    body::{Bytes, Incoming},
};
use jsonrpsee::server::HttpBody;
use serde::{Deserialize, de::IgnoredAny};

use crate::Refusal;

/// What makes an object a request.
#[derive(Deserialize)]
struct Shape {
    method: Option<IgnoredAny>,
}

/// Reads the body of a POST; anything else, such as an upgrade, is passed on as it is.
///
/// # Errors
/// [`Refusal::BodyTooLarge`]; [`Refusal::NotARequest`] for JSON of another shape, which would else be called
/// unparsable.
pub(super) async fn read(
    limit: usize,
    request: Request<Incoming>,
) -> Result<Request<HttpBody>, Refusal> {
    if request.method() != Method::POST {
        return Ok(request.map(HttpBody::new));
    }
    let (parts, body) = request.into_parts();
    // A body that broke off counts as too large: nobody is there to read the difference.
    let collected = Limited::new(body, limit).collect().await;
    let bytes = collected.map_err(|_| Refusal::BodyTooLarge)?.to_bytes();
    check(&bytes)?;
    Ok(Request::from_parts(parts, HttpBody::new(Full::new(bytes))))
}

/// A batch is checked call by call, later.
fn check(bytes: &Bytes) -> Result<(), Refusal> {
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return Ok(());
    }
    match serde_json::from_slice::<Shape>(bytes) {
        Ok(Shape { method: None }) => Err(Refusal::NotARequest),
        // What is no JSON at all is answered with -32700 by JSON-RPC itself.
        Ok(Shape { method: Some(_) }) | Err(_) => Ok(()),
    }
}
