//! What a seller answers.

use super::{Contact, Maybe, Resolution};
use serde::{Deserialize, Serialize};

/// The answer to a report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExceptionResponse {
    /// This message.
    pub message_uuid: String,
    /// The case.
    pub exception_case_uuid: String,
    /// When it was sent, in seconds since 1970.
    pub timestamp: i64,
    /// Who sent it.
    pub sender_information: Contact,
    /// The purchase order.
    pub po_number: String,
    /// The answers.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub response_items: Maybe<Vec<ResponseItem>>,
    /// What else there is to say.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub additional_notes: Maybe<String>,
}

/// Whether the seller does what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ResolutionResponse {
    /// Yes.
    Accept,
    /// No.
    Reject,
}

/// How the seller will be in touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FollowUp {
    /// In writing.
    Email,
    /// By voice.
    Phone,
}

/// The answer to one item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct ResponseItem {
    pub exception_item_uuid: String,
    pub resolution_response: ResolutionResponse,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub comments: Maybe<String>,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub alternative_resolution: Maybe<AlternativeResolution>,
}

/// What the seller offers instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct AlternativeResolution {
    pub alternative_resolution: Option<Resolution>,
    pub follow_up: Option<FollowUp>,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub follow_up_details: Maybe<String>,
}
