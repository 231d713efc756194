//! Bodies of requests about packs.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error},
};

use crate::{
    door::{Call, Problem, ProblemKind},
    repository::Form,
};

/// The most bytes of a body.
const MOST: usize = 16 << 10;

/// The most bytes of a scan.
pub(super) const SCAN: usize = 4 << 10;

/// A scan.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Scan {
    #[serde(deserialize_with = "scan")]
    pub(super) scan: String,
}

/// A scan, and how the pack is to leave.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exit {
    #[serde(deserialize_with = "scan")]
    pub(super) scan: String,
    #[serde(rename = "as")]
    pub(super) kind: String,
}

fn scan<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    match (1..=SCAN).contains(&text.len()) {
        true => Ok(text),
        false => Err(D::Error::custom("a scan has 1 to 4096 bytes")),
    }
}

/// Reads the body. What it says is not repeated in a refusal.
///
/// # Errors
/// A body that is not read, or not what is expected.
pub(super) async fn read<T: DeserializeOwned>(
    call: &mut Call,
    expected: &'static str,
) -> Result<T, Problem> {
    let (form, bytes) = call.read_body(MOST).await?;
    if form != Form::Json {
        let detail = "requests about packs are read in JSON";
        return Err(ProblemKind::UnsupportedMediaType.because(detail));
    }
    let refused = |_| ProblemKind::RequestInvalid.because(expected);
    serde_json::from_slice(&bytes).map_err(refused)
}
