//! Times that may be known to a month or a day only.

use crate::epcis::time::Instant;
use serde::Serialize;

const DAY: i64 = 86_400;
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A time as it was written, and the seconds since 1970 between which it lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct When {
    /// As it was written.
    pub text: String,
    /// Its first second.
    #[serde(skip)]
    earliest: i64,
    /// The second after its last.
    #[serde(skip)]
    latest: i64,
}

impl When {
    /// Reads `2006-11`, `2006-11-03`, `November 2006`, `November 3, 2006` or a time with zone (RFC 3339).
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (earliest, latest) = numbers(text).or_else(|| words(text)).or_else(|| {
            let seconds = Instant::parse(text)?.to_millis().div_euclid(1_000);
            Some((seconds, seconds + 1))
        })?;
        Some(Self {
            text: text.to_owned(),
            earliest,
            latest,
        })
    }

    /// The time of a block or clock, in milliseconds since 1970.
    pub fn at_millis(millis: i64) -> Self {
        let seconds = millis.div_euclid(1_000);
        Self {
            text: Instant::from_millis(millis).to_text(),
            earliest: seconds,
            latest: seconds + 1,
        }
    }

    /// Whether this is before the other; `None` where that cannot be said, as for a day within a month.
    pub fn is_before(&self, other: &Self) -> Option<bool> {
        if self.latest <= other.earliest {
            return Some(true);
        }
        (self.earliest >= other.latest).then_some(false)
    }
}

fn numbers(text: &str) -> Option<(i64, i64)> {
    let is_date = text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte == b'-');
    let parts: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    if !is_date || !matches!(lengths[..], [4, 2] | [4, 2, 2]) {
        return None;
    }
    let mut parts = parts.iter().map(|part| part.parse::<i64>());
    let year = parts.next()?.ok()?;
    let month = parts.next()?.ok()?;
    let day = parts.next().transpose().ok()?;
    span(year, month, day)
}

fn words(text: &str) -> Option<(i64, i64)> {
    let lower = text.to_lowercase();
    let parts: Vec<&str> = lower
        .split([' ', ','])
        .filter(|part| !part.is_empty())
        .collect();
    let (month, day, year) = match parts[..] {
        [month, year] => (month, None, year),
        [month, day, year] => (month, Some(day.parse().ok()?), year),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| *name == month)?;
    if year.len() != 4 {
        return None;
    }
    span(year.parse().ok()?, i64::try_from(month).ok()? + 1, day)
}

fn span(year: i64, month: i64, day: Option<i64>) -> Option<(i64, i64)> {
    if !(1..=12).contains(&month) {
        return None;
    }
    let first = days_from_1970(year, month, 1);
    let next = match month {
        12 => days_from_1970(year + 1, 1, 1),
        _ => days_from_1970(year, month + 1, 1),
    };
    let Some(day) = day else {
        return Some((first * DAY, next * DAY));
    };
    let at = first + day - 1;
    (day >= 1 && at < next).then_some((at * DAY, (at + 1) * DAY))
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, `days_from_civil`).
fn days_from_1970(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let shifted = (month + 9) % 12;
    let of_year = (153 * shifted + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_compared_as_far_as_they_are_known() {
        let before = |a: &str, b: &str| {
            let when = |text| When::parse(text).unwrap_or_else(|| panic!("{text}"));
            when(a).is_before(&when(b))
        };
        assert_eq!(before("2006-11", "2008-09-29"), Some(true));
        assert_eq!(before("2015-09", "2015-09-15"), None);
        assert_eq!(before("2015-09-14", "2015-09-15"), Some(true));
        assert_eq!(before("2015-09-15", "2015-09-15"), None);
        assert_eq!(before("2015-10-01", "2015-09"), Some(false));
        assert_eq!(before("March 2007", "December 31, 2013"), Some(true));
        assert_eq!(before("2020-02-29T23:59:59Z", "2020-03-01"), Some(true));
        for text in ["2006", "2006-13", "2006-02-30", "Marsh 2007", "13", ""] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }

    #[test]
    fn days_are_counted_as_others_count_them() {
        assert_eq!(days_from_1970(1970, 1, 1), 0);
        assert_eq!(days_from_1970(2000, 3, 1), 11_017);
        assert_eq!(days_from_1970(2026, 11, 30), 20_787);
        assert_eq!(days_from_1970(1969, 12, 31), -1);
    }
}
