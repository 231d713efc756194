//! Dates and times as exact as they are written.

use super::{Fault, FhirError, node::Node};
use crate::epcis::time::Instant;

/// A `dateTime`: a year, a month, a day, or an instant with its zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct When {
    text: String,
    first_ms: i64,
    end_ms: i64,
}

/// A `Period`; both ends belong to it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// Its beginning.
    pub start: Option<When>,
    /// Its end.
    pub end: Option<When>,
}

impl When {
    /// Reads `2026`, `2026-11`, `2026-11-23` or `2026-11-23T08:00:00+01:00`. What has no zone is in UTC.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, end) = match text.len() {
            4 => (day(&format!("{text}-01-01"))?, day(&next_year(text)?)?),
            7 => (day(&format!("{text}-01"))?, day(&next_month(text)?)?),
            10 => (day(text)?, day(text)? + DAY_MS),
            _ => {
                let instant = Instant::parse(text)?.to_millis();
                (instant, instant)
            }
        };
        Some(Self {
            text: text.to_owned(),
            first_ms: first,
            end_ms: end,
        })
    }

    pub(super) fn read(node: &Node<'_>) -> Result<Self, FhirError> {
        let fault = || node.fault(Fault::Expected("a date, or a time with its zone"));
        Self::parse(node.text()?).ok_or_else(fault)
    }

    /// Unix milliseconds at which it begins.
    pub fn first_ms(&self) -> i64 {
        self.first_ms
    }

    /// Unix milliseconds at which it is over: an instant at once, a day at the next one.
    pub fn end_ms(&self) -> i64 {
        self.end_ms
    }

    /// As it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl Period {
    pub(super) fn read(node: &Node<'_>) -> Result<Self, FhirError> {
        node.object()?;
        let end_of = |name| {
            let member = node.member(name);
            member.map(|member| When::read(&member)).transpose()
        };
        Ok(Self {
            start: end_of("start")?,
            end: end_of("end")?,
        })
    }
}

const DAY_MS: i64 = 86_400_000;

fn day(text: &str) -> Option<i64> {
    Some(Instant::parse(&format!("{text}T00:00:00Z"))?.to_millis())
}

fn next_year(text: &str) -> Option<String> {
    let year: u16 = text.parse().ok()?;
    Some(format!("{:04}-01-01", year + 1))
}

fn next_month(text: &str) -> Option<String> {
    let (year, month) = text.split_once('-')?;
    match month.parse().ok()? {
        12 => next_year(year),
        month @ 1..12 => Some(format!("{year}-{:02}-01", month + 1_u8)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_as_exact_as_it_is_written() {
        let hour = |text: &str| Instant::parse(text).unwrap().to_millis();
        for (text, first, end) in [
            ("2026", "2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("2026-12", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z"),
            ("2026-02", "2026-02-01T00:00:00Z", "2026-03-01T00:00:00Z"),
            ("2024-02-29", "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"),
            (
                "2026-11-23T08:00:00+01:00",
                "2026-11-23T07:00:00Z",
                "2026-11-23T07:00:00Z",
            ),
        ] {
            let when = When::parse(text).unwrap();
            assert_eq!((when.first_ms(), when.end_ms()), (hour(first), hour(end)));
            assert_eq!(when.as_str(), text);
        }
    }

    #[test]
    fn what_is_no_time_is_none() {
        let wrong = [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-02-30",
            "2026-1-1",
            "+026",
            "2026-11-23T08:00:00",
            "2026/11/23",
            "9999-12x",
        ];
        for text in wrong {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
