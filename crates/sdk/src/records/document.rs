//! The least that a FHIR document must be before it is encrypted: bounded, JSON, an object with a resource type.

use serde::{Deserialize, de::IgnoredAny};
use std::fmt;

/// The largest document, in bytes.
pub const MAX_DOCUMENT_BYTES: usize = 32 << 20;
/// The deepest nesting of arrays and objects.
pub const MAX_DEPTH: usize = 64;

/// Why a document is not taken, in the order of the checks. Nothing of its content is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocumentRefusal {
    /// Larger than [`MAX_DOCUMENT_BYTES`]; its length in bytes.
    DocumentTooLarge(usize),
    /// Nested deeper than [`MAX_DEPTH`].
    DocumentTooDeep,
    /// Not UTF-8, in which JSON is written.
    NotUtf8,
    /// Not JSON; where it stops being so.
    NotJson {
        /// Line, from 1.
        line: usize,
        /// Column, from 1.
        column: usize,
    },
    /// JSON, but not an object.
    NotAnObject,
    /// An object without a text member `resourceType`.
    NoResourceType,
}

impl DocumentRefusal {
    /// The stable code, a fact in one word.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DocumentTooLarge(_) => "DocumentTooLarge",
            Self::DocumentTooDeep => "DocumentTooDeep",
            Self::NotUtf8 => "DocumentNotUtf8",
            Self::NotJson { .. } => "DocumentNotJson",
            Self::NotAnObject => "DocumentNotAnObject",
            Self::NoResourceType => "DocumentWithoutResourceType",
        }
    }
}

impl fmt::Display for DocumentRefusal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DocumentTooLarge(bytes) => {
                write!(
                    formatter,
                    "the document has {bytes} bytes, at most {MAX_DOCUMENT_BYTES} are taken"
                )
            }
            Self::DocumentTooDeep => write!(
                formatter,
                "the document is nested deeper than {MAX_DEPTH} levels"
            ),
            Self::NotUtf8 => formatter.write_str("the document is not utf-8 text"),
            Self::NotJson { line, column } => {
                write!(
                    formatter,
                    "the document is not json: line {line}, column {column}"
                )
            }
            Self::NotAnObject => formatter.write_str("the document is json, but not an object"),
            Self::NoResourceType => formatter
                .write_str("the document has no resourceType, so it is not a fhir resource"),
        }
    }
}

impl std::error::Error for DocumentRefusal {}

/// Checks a document and returns its resource type. The bytes themselves are recorded as they are.
///
/// # Errors
/// The refusals above, in their order.
pub fn check_document(bytes: &[u8]) -> Result<String, DocumentRefusal> {
    if bytes.len() > MAX_DOCUMENT_BYTES {
        return Err(DocumentRefusal::DocumentTooLarge(bytes.len()));
    }
    if depth(bytes) > MAX_DEPTH {
        return Err(DocumentRefusal::DocumentTooDeep);
    }
    let text = std::str::from_utf8(bytes).map_err(|_| DocumentRefusal::NotUtf8)?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| malformed(&error))?;
    if !text.trim_start().starts_with('{') {
        return Err(DocumentRefusal::NotAnObject);
    }
    let resource: Result<Resource, _> = serde_json::from_str(text);
    let kind = resource
        .ok()
        .map(|resource| resource.resource_type)
        .filter(|kind| !kind.is_empty());
    kind.ok_or(DocumentRefusal::NoResourceType)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Resource {
    resource_type: String,
}

fn malformed(error: &serde_json::Error) -> DocumentRefusal {
    DocumentRefusal::NotJson {
        line: error.line(),
        column: error.column(),
    }
}

/// The deepest nesting, found without parsing, so that a hostile document costs one pass.
fn depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_text, mut escaped) = (0_usize, 0, false, false);
    for byte in bytes {
        match (in_text, byte) {
            (true, _) if escaped => escaped = false,
            (true, b'\\') => escaped = true,
            (_, b'"') => in_text = !in_text,
            (false, b'{' | b'[') => depth += 1,
            (false, b'}' | b']') => depth = depth.saturating_sub(1),
            (true | false, _) => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_resource_gives_its_type() {
        assert_eq!(
            check_document(br#"{"resourceType":"Patient","a":[{"b":1.50}]}"#),
            Ok("Patient".to_owned())
        );
    }

    #[test]
    fn each_malformed_document_has_its_own_refusal() {
        let deep = format!(
            r#"{{"resourceType":"Bundle","a":{}{}}}"#,
            "[".repeat(64),
            "]".repeat(64)
        );
        let rows: [(&[u8], DocumentRefusal); 9] = [
            (b"{\"resourceType\":\"\xff\"}", DocumentRefusal::NotUtf8),
            (deep.as_bytes(), DocumentRefusal::DocumentTooDeep),
            (b"", DocumentRefusal::NotJson { line: 1, column: 0 }),
            (
                b"{\"resourceType\":\n",
                DocumentRefusal::NotJson { line: 2, column: 0 },
            ),
            (
                b"{} trailing",
                DocumentRefusal::NotJson { line: 1, column: 4 },
            ),
            (b"[]", DocumentRefusal::NotAnObject),
            (b"\"Patient\"", DocumentRefusal::NotAnObject),
            (br#"{"resourceType":7}"#, DocumentRefusal::NoResourceType),
            (br#"{"resourceType":""}"#, DocumentRefusal::NoResourceType),
        ];
        for (document, refusal) in rows {
            assert_eq!(check_document(document), Err(refusal));
        }
    }

    #[test]
    fn nesting_at_the_limit_and_brackets_in_text_are_taken() {
        let limit = format!(
            r#"{{"resourceType":"Bundle","a":{}{}}}"#,
            "[".repeat(63),
            "]".repeat(63)
        );
        assert!(check_document(limit.as_bytes()).is_ok());
        let text = format!(r#"{{"resourceType":"Bundle","a":"\"{}"}}"#, "[".repeat(100));
        assert!(check_document(text.as_bytes()).is_ok());
    }

    #[test]
    fn a_document_over_the_limit_is_refused_before_it_is_read() {
        let large = vec![b' '; MAX_DOCUMENT_BYTES + 1];
        assert_eq!(
            check_document(&large),
            Err(DocumentRefusal::DocumentTooLarge(MAX_DOCUMENT_BYTES + 1))
        );
    }
}
