//! What a buyer reports.

use super::{Contact, Maybe, Resolution};
use serde::{Deserialize, Serialize};

/// A report of one case; a later one of the same case takes its place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExceptionReport {
    /// This message.
    pub message_uuid: String,
    /// The case.
    pub exception_case_uuid: String,
    /// When it was sent, in seconds since 1970.
    pub timestamp: i64,
    /// The purchase order.
    pub po_number: String,
    /// Who sent it.
    pub sender_information: Contact,
    /// What does not agree.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub exceptions: Maybe<Exceptions>,
    /// What else does not, in words.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub other_errors: Maybe<Vec<String>>,
    /// Whether the case is closed.
    pub case_resolved: bool,
}

/// What does not agree, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exceptions {
    /// Product without data.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub missing_product_data: Maybe<Vec<MissingProductData>>,
    /// Data without product.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub missing_product: Maybe<Vec<MissingProduct>>,
    /// Product and data that differ.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub data_misalignment: Maybe<Vec<DataMisalignment>>,
    /// More than ordered.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub overages: Maybe<Vec<CountError>>,
    /// Less than ordered.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub underages: Maybe<Vec<CountError>>,
    /// Wrong master data.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub master_data_errors: Maybe<MasterDataErrors>,
}

/// Where the buyer saw a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ObservationSource {
    /// It was scanned.
    Scan,
    /// On the packing slip.
    #[serde(rename = "Packing Slip")]
    PackingSlip,
    /// In the advance ship notice.
    #[serde(rename = "ASN")]
    ShipNotice,
    /// Elsewhere.
    Other,
}

/// Product without data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct MissingProductData {
    pub exception_item_uuid: String,
    pub product_gtin: String,
    pub observation_source: ObservationSource,
    pub resolution_request: Resolution,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub product_serial: Maybe<String>,
}

/// Data without product.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct MissingProduct {
    pub exception_item_uuid: String,
    pub file_id: String,
    pub product_gtin: String,
    pub product_serial: String,
    pub resolution_request: Resolution,
}

/// Product and data that differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct DataMisalignment {
    pub exception_item_uuid: String,
    pub received_product_gtin: String,
    pub received_product_lot: String,
    pub received_product_expiry: String,
    pub received_product_serial: Option<String>,
    pub product_data_gtin: String,
    pub product_data_lot: String,
    pub product_data_expiry: String,
    pub product_data_serial: Option<String>,
    pub resolution_request: Resolution,
}

/// More or less than was ordered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct CountError {
    pub exception_item_uuid: String,
    pub gtin: String,
    pub quantity_ordered: i64,
    pub quantity_received: i64,
    pub resolution_request: Resolution,
}

/// Wrong master data.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MasterDataErrors {
    /// Of locations.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub gln_errors: Maybe<Vec<GlnError>>,
    /// Of products.
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub gtin_errors: Maybe<Vec<GtinError>>,
}

/// A wrong Global Location Number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct GlnError {
    pub exception_item_uuid: String,
    pub invalid_gln: String,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub proposed_gln: Maybe<String>,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub resolution_request: Maybe<Resolution>,
}

/// A wrong Global Trade Item Number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each holds the member of its name")]
pub struct GtinError {
    pub exception_item_uuid: String,
    pub invalid_gtin: String,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub proposed_gtin: Maybe<String>,
    #[serde(default, skip_serializing_if = "Maybe::is_absent")]
    pub resolution_request: Maybe<Resolution>,
}
