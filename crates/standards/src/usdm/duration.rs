//! Durations of ISO 8601.

use serde::Serialize;

const DAY: i64 = 86_400;

/// A length of time in seconds. A month counts as 30.4375 days and a year as 365.25, so that twelve months are a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Duration {
    /// Seconds.
    pub seconds: i64,
}

impl Duration {
    /// No time.
    pub const ZERO: Self = Self { seconds: 0 };

    /// Reads `P2W`, `P1DT12H`, `PT30M`, `P1Y6M`: whole numbers, units in their order, at least one.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('P')?;
        let (date, time) = match rest.split_once('T') {
            Some((_, "")) => return None,
            Some((date, time)) => (date, time),
            None => (rest, ""),
        };
        if date.is_empty() && time.is_empty() {
            return None;
        }
        let date = sum(
            date,
            &[
                ('Y', 365 * DAY + DAY / 4),
                ('M', 2_629_800),
                ('W', 7 * DAY),
                ('D', DAY),
            ],
        )?;
        let time = sum(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
        let seconds = date.checked_add(time)?;
        Some(Self { seconds })
    }

    /// The time in days.
    pub fn days(self) -> f64 {
        self.seconds as f64 / DAY as f64
    }
}

fn sum(text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut units = units.iter();
    let mut total = 0i64;
    let mut digits = String::new();
    for letter in text.chars() {
        if letter.is_ascii_digit() && digits.len() < 9 {
            digits.push(letter);
            continue;
        }
        let (_, seconds) = units.find(|(unit, _)| *unit == letter)?;
        let number: i64 = digits.parse().ok()?;
        total = total.checked_add(number.checked_mul(*seconds)?)?;
        digits.clear();
    }
    digits.is_empty().then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_in_seconds() {
        for (text, seconds) in [
            ("P2W", Some(14 * DAY)),
            ("P1D", Some(DAY)),
            ("PT0M", Some(0)),
            ("PT4H", Some(14_400)),
            ("P1DT12H30M5S", Some(DAY + 45_005)),
            ("P12M", Some(365 * DAY + DAY / 4)),
            ("P1Y", Some(365 * DAY + DAY / 4)),
            ("P", None),
            ("PT", None),
            ("P1DT", None),
            ("P1", None),
            ("P1D2W", None),
            ("P1D2D", None),
            ("P-1D", None),
            ("2 weeks", None),
            ("P9999999999D", None),
            ("", None),
        ] {
            assert_eq!(
                Duration::parse(text).map(|one| one.seconds),
                seconds,
                "{text}"
            );
        }
    }
}
