//! The headers of EPCIS.

use super::negotiate::Served;
use crate::config::Limits;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// The versions of EPCIS that are read and written.
pub(crate) const EPCIS: Served = ("1.2.0", "2.0.0");
/// The versions of the vocabulary.
pub(crate) const CBV: Served = ("1.2.0", "2.0.0");

/// All but the characters that a path segment may hold (RFC 3986, section 3.3).
const SEGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'/')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A header's value; what it cannot hold is left out.
pub(crate) fn value(text: &str) -> HeaderValue {
    let clean: String = text
        .chars()
        .filter(|letter| (' '..='~').contains(letter))
        .collect();
    HeaderValue::from_str(&clean).expect("printable ASCII is a header's value")
}

/// A path of these segments.
pub(crate) fn location(segments: &[&str]) -> String {
    let encoded = segments.iter().map(|segment| {
        let encoded = utf8_percent_encode(segment, SEGMENT);
        format!("/{encoded}")
    });
    encoded.collect()
}

/// What every answer says.
pub(crate) fn add_versions(headers: &mut HeaderMap) {
    let mut add = |name: &'static str, text: &'static str| {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name of ours");
        headers
            .entry(name)
            .or_insert_with(|| HeaderValue::from_static(text));
    };
    add("gs1-epcis-version", EPCIS.1);
    add("gs1-cbv-version", CBV.1);
}

/// What an answer to `OPTIONS` says of the gateway, by header.
pub(crate) fn discovery() -> [(&'static str, &'static str); 8] {
    [
        ("gs1-epcis-min", EPCIS.0),
        ("gs1-epcis-max", EPCIS.1),
        ("gs1-cbv-min", CBV.0),
        ("gs1-cbv-max", CBV.1),
        (
            "gs1-epc-format",
            "No_Preference, Always_GS1_Digital_Link, Never_Translates",
        ),
        (
            "gs1-cbv-xml-format",
            "No_Preference, Always_Web_URI, Always_URN, Never_Translates",
        ),
        ("gs1-extensions", "cbvmda=urn:epcglobal:cbv:mda"),
        (
            "gs1-vendor-version",
            concat!("theriac-", env!("CARGO_PKG_VERSION")),
        ),
    ]
}

/// How large a document may be.
pub(crate) fn add_capture_limits(headers: &mut HeaderMap, limits: &Limits) {
    let events = HeaderValue::from(limits.document_events);
    headers.insert("gs1-epcis-capture-limit", events);
    let bytes = HeaderValue::from(limits.document_bytes);
    headers.insert("gs1-epcis-capture-file-size-limit", bytes);
}
