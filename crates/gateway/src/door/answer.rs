//! What a handler answers.

use super::headers;
use axum::{
    body::Body,
    http::{HeaderName, StatusCode, header},
    response::Response,
};

/// An answer before the door adds what all answers say.
pub(crate) struct Answer(pub(crate) Response);

impl Answer {
    /// A body.
    pub(crate) fn new(content_type: &str, body: impl Into<Body>) -> Self {
        Self(Response::new(body.into())).with(header::CONTENT_TYPE.as_str(), content_type)
    }

    /// With another status.
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        *self.0.status_mut() = status;
        self
    }

    /// With a header.
    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a name of ours");
        self.0.headers_mut().insert(name, headers::value(text));
        self
    }
}

/// An answer without a body.
pub(crate) fn empty() -> Answer {
    Answer(Response::new(Body::empty())).status(StatusCode::NO_CONTENT)
}
