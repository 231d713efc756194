//! The `Range` header of a request and the `Content-Range` of an answer (RFC 9110, section 14).

use std::ops::Range;

use hyper::{
    HeaderMap, StatusCode,
    header::{CONTENT_RANGE, HeaderValue, RANGE},
};
use jsonrpsee::server::{HttpBody, HttpResponse};

use super::respond;
use crate::Wanted;

/// What is wanted. A header that is not exactly one range of bytes is passed over, as if it were not there.
pub(super) fn wanted(headers: &HeaderMap) -> Wanted {
    let range = headers.get(RANGE).and_then(|value| value.to_str().ok());
    range.and_then(parse).unwrap_or(Wanted::All)
}

fn parse(value: &str) -> Option<Wanted> {
    let (first, last) = value.strip_prefix("bytes=")?.split_once('-')?;
    let number = |digits: &str| -> Option<u64> {
        let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
        is_number.then(|| digits.parse().ok()).flatten()
    };
    match (first, last) {
        ("", last) => Some(Wanted::Last(number(last)?)),
        (first, "") => Some(Wanted::From {
            first: number(first)?,
            last: None,
        }),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            let last_byte = Some(last);
            (first <= last).then_some(Wanted::From {
                first,
                last: last_byte,
            })
        }
    }
}

/// Which bytes of how many come.
pub(super) fn content_range(range: &Range<u64>, length: u64) -> HeaderValue {
    let text = format!("bytes {}-{}/{length}", range.start, range.end - 1);
    HeaderValue::from_str(&text).expect("digits are a header value")
}

/// No byte of the range is there.
pub(super) fn unsatisfiable(length: u64) -> HttpResponse {
    let status = StatusCode::RANGE_NOT_SATISFIABLE;
    let mut response = respond(status, "text/plain", HttpBody::empty());
    let text = format!("bytes */{length}");
    let value = HeaderValue::from_str(&text).expect("digits are a header value");
    response.headers_mut().insert(CONTENT_RANGE, value);
    response
}
