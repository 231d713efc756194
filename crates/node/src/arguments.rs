//! Values on the command line: identifiers, words of closed lists, and times.

use alloy_primitives::{Address, B256, Bytes};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::time::{SystemTime, UNIX_EPOCH};
use theriac_contracts::codes::{Kind, Kinds, OrganisationKind, Purpose, Purposes, Role};
use theriac_standards::gs1::epc::PrefixLength;

const DAY_SECONDS: u64 = 86_400;

/// An identifier: 32 bytes in hexadecimal, with or without `0x`.
pub(crate) fn id(text: &str) -> Result<B256, String> {
    text.parse()
        .map_err(|_| "expected 32 bytes: 0x and 64 hexadecimal digits".to_owned())
}

/// An account's address: 20 bytes in hexadecimal.
pub(crate) fn address(text: &str) -> Result<Address, String> {
    text.parse()
        .map_err(|_| "expected an address: 0x and 40 hexadecimal digits".to_owned())
}

/// Bytes in hexadecimal, with or without `0x`.
pub(crate) fn bytes(text: &str) -> Result<Bytes, String> {
    text.parse()
        .map_err(|_| "expected hexadecimal digits, two a byte".to_owned())
}

/// A role by its word.
pub(crate) fn role() -> impl TypedValueParser<Value = Role> {
    let words = PossibleValuesParser::new(Role::ALL.iter().map(|role| role.word()));
    words.map(|word| Role::from_word(&word).expect("only words of the list are taken"))
}

/// A purpose of use by its HL7 code.
pub(crate) fn purpose() -> impl TypedValueParser<Value = Purpose> {
    let words = PossibleValuesParser::new(Purpose::ALL.iter().map(|purpose| purpose.word()));
    words.map(|word| Purpose::from_word(&word).expect("only words of the list are taken"))
}

/// A kind of organisation by its word.
pub(crate) fn organisation_kind() -> impl TypedValueParser<Value = OrganisationKind> {
    let kinds = OrganisationKind::ALL.iter().map(|kind| kind.word());
    PossibleValuesParser::new(kinds)
        .map(|word| OrganisationKind::from_word(&word).expect("only words of the list are taken"))
}

/// A kind of record by its word.
pub(crate) fn kind() -> impl TypedValueParser<Value = Kind> {
    let words = PossibleValuesParser::new(Kind::ALL.iter().map(|kind| kind.word()));
    words.map(|word| Kind::from_word(&word).expect("only words of the list are taken"))
}

/// The kinds of a list.
pub(crate) fn kinds(kinds: &[Kind]) -> Kinds {
    kinds.iter().copied().collect()
}

/// The purposes of a list.
pub(crate) fn purposes(purposes: &[Purpose]) -> Purposes {
    purposes.iter().copied().collect()
}

/// A length of time: `30d`, `12h`, `30m` or seconds.
pub(crate) fn duration(text: &str) -> Result<u64, String> {
    let wrong = || "expected 30d, 12h, 30m, or seconds".to_owned();
    if let Ok(seconds) = text.parse() {
        return Ok(seconds);
    }
    match expiry(text) {
        Ok(Expiry::In(seconds)) => Ok(seconds),
        Ok(Expiry::At(_)) | Err(_) => Err(wrong()),
    }
}

/// A time to come, in Unix seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expiry {
    /// From now on, in seconds.
    In(u64),
    /// At this Unix second.
    At(u64),
}

impl Expiry {
    /// Unix seconds.
    pub(crate) fn seconds(self) -> u64 {
        match self {
            Self::In(seconds) => now_seconds().saturating_add(seconds),
            Self::At(seconds) => seconds,
        }
    }
}

/// Reads `90d`, `12h`, `30m`, a day `2027-01-31` (its end, UTC), or Unix seconds.
pub(crate) fn expiry(text: &str) -> Result<Expiry, String> {
    let wrong = || "expected 90d, 12h, 30m, a day such as 2027-01-31, or unix seconds".to_owned();
    if let Ok(seconds) = text.parse() {
        return Ok(Expiry::At(seconds));
    }
    if let Some(day) = day(text) {
        return Ok(Expiry::At((day + 1) * DAY_SECONDS));
    }
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        'd' => DAY_SECONDS,
        'h' => 3_600,
        'm' => 60,
        _ => return Err(wrong()),
    };
    let count: u64 = text
        .strip_suffix(unit)
        .and_then(|count| count.parse().ok())
        .ok_or_else(wrong)?;
    count.checked_mul(seconds).map(Expiry::In).ok_or_else(wrong)
}

/// `height:hash` of a block that is known to be final.
pub(crate) fn known_block(text: &str) -> Result<(u64, B256), String> {
    let wrong = || "expected HEIGHT:HASH, such as 1200:0x and 64 hexadecimal digits".to_owned();
    let (height, hash) = text.split_once(':').ok_or_else(wrong)?;
    Ok((
        height.parse().map_err(|_| wrong())?,
        id(hash).map_err(|_| wrong())?,
    ))
}

/// How many digits a GS1 company prefix has.
pub(crate) fn prefix_length(text: &str) -> Result<PrefixLength, String> {
    let digits = text.parse().ok();
    digits
        .and_then(|digits| PrefixLength::new(digits).ok())
        .ok_or_else(|| "expected a number from 6 to 12".to_owned())
}

/// A GS1 company prefix.
pub(crate) fn company_prefix(text: &str) -> Result<String, String> {
    let is_prefix = PrefixLength::new(text.len()).is_ok();
    match is_prefix && text.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Ok(text.to_owned()),
        false => Err("expected 6 to 12 digits".to_owned()),
    }
}

fn now_seconds() -> u64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map(|elapsed| elapsed.as_secs())
        .unwrap_or_default()
}

/// Days since 1970 of a date `yyyy-mm-dd`, by eras of 400 years that begin on 1 March of the year 0.
fn day(text: &str) -> Option<u64> {
    let mut parts = text.splitn(3, '-').map(|part| part.parse::<u64>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(1970..=9999).contains(&year)
        || !(1..=12).contains(&month)
        || day == 0
        || day > days_in(year, month)
    {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let from_march = (month + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + day - 1;
    let (era, of_era) = (year / 400, year % 400);
    Some(era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + day_of_year - 719_468)
}

fn days_in(year: u64, month: u64) -> u64 {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// A time in Unix milliseconds, as `2026-11-23T08:00:00Z`.
pub(crate) fn utc(time_ms: u64) -> String {
    let (days, seconds) = (time_ms / 1_000 / DAY_SECONDS, time_ms / 1_000 % DAY_SECONDS);
    let shifted = days + 719_468;
    let (era, of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 {
        from_march + 3
    } else {
        from_march - 9
    };
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expiry_is_a_duration_a_day_or_a_time() {
        assert_eq!(expiry("90d"), Ok(Expiry::In(90 * 86_400)));
        assert_eq!(expiry("12h"), Ok(Expiry::In(43_200)));
        assert_eq!(expiry("1795420800"), Ok(Expiry::At(1_795_420_800)));
        assert_eq!(expiry("2026-11-22"), Ok(Expiry::At(1_795_392_000)));
        for wrong in [
            "",
            "d",
            "90",
            "5y",
            "2026-13-01",
            "2026-02-29",
            "-5d",
            "1969-01-01",
            "99999999999999999999d",
        ] {
            assert_eq!(expiry(wrong).is_ok(), wrong == "90", "{wrong}");
        }
    }

    #[test]
    fn a_duration_is_no_day() {
        for (text, seconds) in [("7d", 604_800), ("1h", 3_600), ("90", 90)] {
            assert_eq!(duration(text), Ok(seconds));
        }
        for wrong in ["", "2027-01-31", "5y", "-1"] {
            assert!(duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_day_and_its_text_agree() {
        for text in [
            "1970-01-01",
            "2000-02-29",
            "2024-12-31",
            "2026-11-23",
            "9999-12-31",
        ] {
            assert_eq!(
                utc(day(text).unwrap() * 86_400_000),
                format!("{text}T00:00:00Z")
            );
        }
        assert_eq!(utc(1_795_420_800_123), "2026-11-23T08:00:00Z");
    }

    #[test]
    fn bytes_are_read_with_and_without_their_prefix() {
        for text in ["0x0aff", "0aff", "0AFF"] {
            assert_eq!(bytes(text), Ok(Bytes::from_static(&[10, 255])));
        }
        assert_eq!(bytes("0x"), Ok(Bytes::new()));
        for wrong in ["0x0", "0xgg", "0x 00"] {
            assert!(bytes(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_known_block_is_a_height_and_a_hash() {
        let hash = B256::repeat_byte(7);
        assert_eq!(known_block(&format!("12:{hash}")), Ok((12, hash)));
        for wrong in ["", "12", "12:", ":0x07", "x:0x07"] {
            assert!(known_block(wrong).is_err(), "{wrong}");
        }
    }
}
