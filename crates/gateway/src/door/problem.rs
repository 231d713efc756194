//! Every refusal of the door, in one table, as a problem document (RFC 7807).

use super::{headers, negotiate::Syntax};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response,
};
use serde_json::json;

macro_rules! problems {
    ($($(#[$doc:meta])* $kind:ident = $status:literal, $exception:literal, $title:literal;)*) => {
        /// Why a request is refused.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum ProblemKind { $($(#[$doc])* $kind,)* }

        impl ProblemKind {
            /// All kinds.
            pub(crate) const ALL: &[Self] = &[$(Self::$kind,)*];

            /// The status of the answer.
            pub(crate) fn status(self) -> u16 {
                match self { $(Self::$kind => $status,)* }
            }

            /// The `type` of the problem.
            pub(crate) fn exception(self) -> &'static str {
                match self { $(Self::$kind => $exception,)* }
            }

            /// The `title`.
            pub(crate) fn title(self) -> &'static str {
                match self { $(Self::$kind => $title,)* }
            }

            /// A name that does not change.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($kind),)* }
            }
        }
    };
}

problems! {
    /// The document or event is not what EPCIS demands.
    Validation = 400, "epcisException:ValidationException", "Not a valid EPCIS document or event";
    /// The query is none.
    QueryValidation = 400, "epcisException:QueryValidationException", "Not a valid query";
    /// A parameter of the query cannot be so.
    QueryParameter = 400, "epcisException:QueryParameterException", "A parameter is not valid";
    /// The subscription cannot be so.
    SubscriptionControls = 400, "epcisException:SubscriptionControlsException", "Not a valid subscription";
    /// No token, or one that is not known.
    Unauthorized = 401, "epcisException:SecurityException", "A token is needed";
    /// A token without the right.
    Forbidden = 403, "epcisException:SecurityException", "The token does not give this right";
    /// Not there, or not for this caller.
    NotFound = 404, "epcisException:NoSuchNameException", "There is no such resource";
    /// The resource has no such method.
    MethodNotAllowed = 405, "epcisException:ImplementationException", "The resource does not have this method";
    /// Neither syntax nor version is one that is served.
    NotAcceptable = 406, "epcisException:NotAcceptableException", "Not available in this form";
    /// The request took too long to arrive.
    TimedOut = 408, "epcisException:ImplementationException", "The request took too long";
    /// The event or query is there already.
    AlreadyExists = 409, "epcisException:ResourceAlreadyExistsException", "There is one of this name already";
    /// More bytes or events than one capture may hold.
    CaptureLimit = 413, "epcisException:CaptureLimitExceededException", "The document is too large";
    /// More events than `maxEventCount` answer.
    QueryTooLarge = 413, "epcisException:QueryTooLargeException", "The answer is too large";
    /// The answer would take too long, or too much memory.
    QueryTooComplex = 413, "epcisException:QueryTooComplexException", "The query is too complex";
    /// The path and query are too long.
    UriTooLong = 414, "epcisException:URITooLongException", "The URI is too long";
    /// The body is in a syntax that is not read.
    UnsupportedMediaType = 415, "epcisException:UnsupportedMediaTypeException", "The body is of a type that is not read";
    /// The database failed.
    Internal = 500, "epcisException:ImplementationException", "The gateway failed";
    /// Too much at once.
    Busy = 503, "epcisException:ImplementationException", "The gateway has too much to do; try again later";
    /// This gateway has no book of packs.
    NoPacks = 404, "theriac:NoPacks", "This gateway has no book of packs";
    /// The request about packs is not one.
    RequestInvalid = 400, "theriac:RequestInvalid", "Not a valid request";
    /// The book does not have it.
    PackUnknown = 404, "theriac:PackUnknown", "It is not known here";
    /// A rule of packs, here or on the ledger, says no.
    PackRefused = 409, "theriac:PackRefused", "A rule says no";
    /// The scan cannot be read.
    ScanUnreadable = 422, "theriac:ScanUnreadable", "The scan cannot be read";
    /// The key of the request names another.
    RequestKeyUsed = 422, "theriac:RequestKeyUsed", "The key of the request names another";
    /// No such study, or not for this caller.
    StudyUnknown = 404, "theriac:StudyUnknown", "There is no such study here";
    /// A rule of trials, here or on the ledger, says no.
    TrialRefused = 409, "theriac:TrialRefused", "A rule says no";
    /// The body is no ODM that is read, or the data cannot be told in it.
    OdmFaulty = 400, "theriac:OdmFaulty", "Not valid ODM";
    /// No such dataset, or not for this caller.
    DatasetUnknown = 404, "theriac:DatasetUnknown", "There is no such dataset here";
    /// The body is no dataset that is read.
    DatasetFaulty = 400, "theriac:DatasetFaulty", "Not valid Dataset-JSON";
    /// More data than are taken or given at once.
    OdmTooLarge = 413, "theriac:OdmTooLarge", "Too much data at once";
    /// A node answered otherwise than it should.
    LedgerFailed = 502, "theriac:LedgerFailed", "The ledger failed";
    /// No node answers.
    LedgerAway = 503, "theriac:LedgerAway", "No node of the ledger answers";
}

/// A refusal with what may be said of it.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) kind: ProblemKind,
    pub(crate) detail: Option<String>,
    /// The methods that a resource has.
    pub(crate) allow: Option<String>,
    /// The code of a rule that says no, and what to do about it.
    pub(crate) code: Option<(&'static str, Option<&'static str>)>,
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self {
            kind,
            detail: None,
            allow: None,
            code: None,
        }
    }
}

impl From<crate::repository::StorageError> for Problem {
    fn from(error: crate::repository::StorageError) -> Self {
        // What failed is for the organisation's log, not for a partner.
        tracing::error!(
            error = &error as &dyn std::error::Error,
            "the repository failed"
        );
        ProblemKind::Internal.into()
    }
}

impl ProblemKind {
    /// With more about it.
    pub(crate) fn because(self, detail: impl ToString) -> Problem {
        Problem {
            kind: self,
            detail: Some(detail.to_string()),
            allow: None,
            code: None,
        }
    }
}

impl Problem {
    /// With the stable code of the rule that says no.
    pub(crate) fn coded(mut self, code: &'static str, hint: Option<&'static str>) -> Self {
        self.code = Some((code, hint));
        self
    }

    /// The members of the problem document.
    pub(crate) fn to_json(&self) -> serde_json::Value {
        let mut problem = json!({
            "type": self.kind.exception(),
            "title": self.kind.title(),
            "status": self.kind.status(),
        });
        if let Some(detail) = &self.detail {
            problem["detail"] = json!(detail);
        }
        if let Some((code, hint)) = self.code {
            problem["code"] = json!(code);
            problem["hint"] = json!(hint);
        }
        problem
    }

    fn to_xml(&self) -> String {
        let kind = self.kind;
        let detail = self.detail.iter();
        let detail = detail.map(|text| format!("<detail>{}</detail>", escaped(text)));
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<epcis:EPCISException \
             xmlns:epcis=\"urn:epcglobal:epcis:xsd:2\"><type>{}</type><title>{}</title>\
             <status>{}</status>{}</epcis:EPCISException>",
            kind.exception(),
            escaped(kind.title()),
            kind.status(),
            detail.collect::<String>(),
        )
    }

    /// The answer, in the syntax that the client prefers.
    pub(crate) fn into_response(self, syntax: Syntax) -> Response {
        let (content_type, body) = match syntax {
            Syntax::Json => ("application/problem+json", self.to_json().to_string()),
            Syntax::Xml => ("application/problem+xml", self.to_xml()),
        };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() =
            StatusCode::from_u16(self.kind.status()).expect("the table has valid statuses");
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
        if self.kind == ProblemKind::Unauthorized {
            let challenge = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, challenge);
        }
        if self.kind.status() == 503 {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if let Some(allow) = self.allow {
            headers.insert(header::ALLOW, headers::value(&allow));
        }
        response
    }
}

/// Text of XML.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\t' | '\n' => escaped.push(letter),
            control if control.is_control() => escaped.push('\u{fffd}'),
            plain => escaped.push(plain),
        }
    }
    escaped
}
