//! Which web pages may call this server. Browsers let any page open a WebSocket to loopback, and name the
//! page's origin; other clients name none.

use hyper::{
    HeaderMap, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
        HeaderValue, ORIGIN, VARY,
    },
};
use jsonrpsee::server::{HttpBody, HttpResponse};

use crate::Refusal;

/// The origin of a request, if it names one.
///
/// # Errors
/// [`Refusal::OriginNotAllowed`] if it is not among those allowed.
pub(super) fn check(
    allowed: &[String],
    headers: &HeaderMap,
) -> Result<Option<HeaderValue>, Refusal> {
    let Some(origin) = headers.get(ORIGIN) else {
        return Ok(None);
    };
    match allowed
        .iter()
        .any(|allowed| allowed.as_bytes() == origin.as_bytes())
    {
        true => Ok(Some(origin.clone())),
        false => Err(Refusal::OriginNotAllowed),
    }
}

/// The answer to a browser that asks before it sends.
pub(super) fn preflight(origin: Option<&HeaderValue>, method: &Method) -> Option<HttpResponse> {
    let origin = origin.filter(|_| method == Method::OPTIONS)?;
    let mut response = HttpResponse::new(HttpBody::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let headers = response.headers_mut();
    headers.insert(
        ACCESS_CONTROL_ALLOW_METHODS,
        HeaderValue::from_static("GET, HEAD, POST, PUT"),
    );
    let allowed = HeaderValue::from_static("authorization, content-type, range");
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, allowed);
    Some(open(Some(origin.clone()), response))
}

/// Lets a page of an allowed origin see the response.
pub(super) fn open(origin: Option<HeaderValue>, mut response: HttpResponse) -> HttpResponse {
    if let Some(origin) = origin {
        let headers = response.headers_mut();
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(VARY, HeaderValue::from_static("origin"));
    }
    response
}
