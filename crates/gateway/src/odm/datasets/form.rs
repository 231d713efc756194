//! The three forms of Dataset-JSON as media types.

use theriac_standards::dataset::Form;

/// What is served; the first where the client does not say.
pub(crate) const SERVED: [&str; 3] = [JSON, LINES, ZLIB];
/// What is read. The standard compresses with zlib, and published files with gzip.
pub(crate) const READ: [&str; 4] = [JSON, LINES, ZLIB, "application/gzip"];

const JSON: &str = "application/json";
const LINES: &str = "application/x-ndjson";
const ZLIB: &str = "application/zlib";

/// The form of a type that is served.
pub(super) fn of(content_type: &str) -> Form {
    match content_type {
        LINES => Form::NdJson,
        ZLIB => Form::Dsjc,
        _ => Form::Json,
    }
}
