//! Dates and times with a zone, as XML Schema's `dateTimeStamp` and RFC 3339 have them.

use std::fmt::Write;

/// An instant: nanoseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i128);

const SECOND: i128 = 1_000_000_000;
const MILLISECOND: i128 = 1_000_000;

impl Instant {
    /// Reads `2023-01-18T11:04:03.1415+01:00`. Four digits of year, any number of digits after the point (those past the
    /// ninth do not count), and a zone, which must be there.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() > 64 || !text.is_ascii() {
            return None;
        }
        let (date, rest) = (bytes.get(..10)?, bytes.get(10..)?);
        let (clock, rest) = (rest.get(..9)?, rest.get(9..)?);
        let punctuated = date[4] == b'-' && date[7] == b'-' && clock[3] == b':' && clock[6] == b':';
        if !punctuated || clock[0] != b'T' {
            return None;
        }
        let days = days(
            number(&date[..4])?,
            number(&date[5..7])?,
            number(&date[8..])?,
        )?;
        let (hour, minute) = (number(&clock[1..3])?, number(&clock[4..6])?);
        let second = number(&clock[7..])?;
        if hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let (nanos, zone) = fraction(rest)?;
        let offset = offset_minutes(zone)?;
        let seconds = days * 86_400 + (hour * 60 + minute) * 60 + second - offset * 60;
        Some(Self(i128::from(seconds) * SECOND + i128::from(nanos)))
    }

    /// So many milliseconds since 1970.
    pub fn from_millis(millis: i64) -> Self {
        Self(i128::from(millis) * MILLISECOND)
    }

    /// Milliseconds since 1970, rounded half up.
    pub fn to_millis(self) -> i64 {
        let millis = (self.0 + MILLISECOND / 2).div_euclid(MILLISECOND);
        i64::try_from(millis).expect("a year of four digits fits")
    }

    /// `2023-01-18T10:04:03.142Z`: UTC, three digits, rounded half up.
    pub fn to_text(self) -> String {
        let millis = self.to_millis();
        let (days, of_day) = (millis.div_euclid(86_400_000), millis.rem_euclid(86_400_000));
        let (year, month, day) = date(days);
        let (seconds, millis) = (of_day / 1000, of_day % 1000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let mut text = String::with_capacity(24);
        let _ = write!(
            text,
            "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{millis:03}Z"
        );
        text
    }
}

/// Whether `text` is an offset from UTC as EPCIS writes it: a sign, hours and minutes, at most 14 hours.
pub fn is_offset(text: &str) -> bool {
    text.len() == 6 && offset_minutes(text.as_bytes()).is_some()
}

fn number(digits: &[u8]) -> Option<i64> {
    digits.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}

fn days_in(year: i64, month: i64) -> i64 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 31,
    }
}

/// Days from 1970-01-01 in the proleptic Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> Option<i64> {
    if !(1..=12).contains(&month) || day < 1 || day > days_in(year, month) {
        return None;
    }
    let shifted = if month > 2 { year } else { year - 1 };
    let era = shifted.div_euclid(400);
    let year_of_era = shifted.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

/// The date that is `days` after 1970-01-01.
fn date(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

/// Nanoseconds, and what follows the digits.
fn fraction(rest: &[u8]) -> Option<(u32, &[u8])> {
    let Some(digits) = rest.strip_prefix(b".") else {
        return Some((0, rest));
    };
    let count = digits
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let nanos = digits[..count]
        .iter()
        .chain(std::iter::repeat(&b'0'))
        .take(9)
        .fold(0, |sum, byte| sum * 10 + u32::from(byte - b'0'));
    (count > 0).then(|| (nanos, &digits[count..]))
}

fn offset_minutes(zone: &[u8]) -> Option<i64> {
    let (sign, digits) = match zone {
        b"Z" => return Some(0),
        [b'+', digits @ ..] => (1, digits),
        [b'-', digits @ ..] => (-1, digits),
        _ => return None,
    };
    if digits.len() != 5 || digits[2] != b':' {
        return None;
    }
    let (hours, minutes) = (number(&digits[..2])?, number(&digits[3..])?);
    let total = hours * 60 + minutes;
    (minutes < 60 && total <= 14 * 60).then_some(sign * total)
}
