//! The wall clock, in milliseconds since 1970, and times as text.

use jiff::{Timestamp, tz::TimeZone};

/// Now.
pub(crate) fn now() -> i64 {
    Timestamp::now().as_millisecond()
}

/// `2023-01-18T10:04:03.142Z`. Times beyond the year 9999 are told as its end.
pub(crate) fn text(millis: i64) -> String {
    let timestamp = Timestamp::from_millisecond(millis).unwrap_or(Timestamp::MAX);
    let time = timestamp.to_zoned(TimeZone::UTC);
    time.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Milliseconds of a time with a zone, rounded half up.
pub(crate) fn millis(text: &str) -> Option<i64> {
    theriac_standards::epcis::time::Instant::parse(text).map(|instant| instant.to_millis())
}
